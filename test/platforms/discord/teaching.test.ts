import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { buttonsOf, type Person } from "../../doubles/discord/person.ts";
import type { StoredMessage } from "../../doubles/discord/world.ts";
import { runBot, type RunningBot } from "./running-bot.ts";

describe("teaching in Discord", () => {
  let bot: RunningBot;
  before(async () => {
    bot = await runBot({
      APPRENTICE_DISCORD_TRAINERROLES: "",
      APPRENTICE_DISCORD_TRAINER_ROLES: "Librarian",
    });
  });
  after(() => bot.close());

  /** A guild of its own: Ann manages it, Tom is a trainer by role, Ben a member. */
  const place = () => {
    const { discord } = bot;
    const [ann, tom, ben] = ["Ann", "Tom", "Ben"].map((name) => discord.person(name)) as [
      Person,
      Person,
      Person,
    ];
    const guild = discord.guild("Library", [ann, tom, ben]);
    discord.give(guild, tom, discord.role(guild, "Librarian"));
    const channel = discord.channel(guild, "general");
    const ask = (person: Person, text: string): Promise<StoredMessage> =>
      person.asks(channel, `<@${discord.bot.id}> ${text}`);
    return { discord, guild, channel, ann, tom, ben, ask, workspace: `discord:${guild.id}` };
  };

  test("a correction by the button rules the very next answer, in its guild only", async () => {
    const here = place();
    const elsewhere = place();
    await here.tom.asks(here.channel, "!teach When do you open? => At nine.");
    const answer = await here.ask(here.ben, "when do you open?");
    assert.equal(answer.content, "At nine.");
    assert.deepEqual(answer.pings, []);
    const correcting = here.tom.clicks(answer, "✏️");
    const modal = await correcting.modal();
    assert.equal(modal.title, "Correct this answer");
    const filled = await here.tom.fills(correcting, { "The right answer": "At ten." });
    const receipt = await filled.reply();
    assert.match(receipt.content, /Learned.*At ten/);
    assert.equal((await here.ask(here.ben, "when do you open?")).content, "At ten.");
    assert.match((await elsewhere.ask(elsewhere.ben, "when do you open?")).content, /do not know/);
    const undone = await here.tom.clicks(receipt, "Undo").reply();
    assert.equal(undone.onlyFor, here.tom.user.id);
    assert.equal((await here.ask(here.ben, "when do you open?")).content, "At nine.");
  });

  test("the menu of a message corrects, rates, explains and teaches", async () => {
    const { tom, ben, channel, ask, discord, workspace } = place();
    await tom.asks(channel, "!teach Where are the keys? => On the shelf.");
    const answer = await ask(ben, "where are the keys?");
    const filled = await tom.fills(tom.menu("Correct this answer", answer), {
      "The right answer": "In the box.",
    });
    assert.match((await filled.reply()).content, /In the box/);
    assert.match((await ben.menu("Good answer", answer).reply()).content, /Thank you/);
    const bad = await ben.menu("Bad answer", answer).reply();
    assert.equal(bad.onlyFor, ben.user.id);
    const why = await ben.menu("Why this answer?", answer).reply();
    assert.match(why.content, /Where are the keys/i);
    const said = ben.says(channel, "The library cat is called Muriel.");
    const teaching = ben.menu("Teach from this message", said);
    const { components } = await teaching.modal();
    assert.match(JSON.stringify(components), /Muriel/);
    const taught = await ben.fills(teaching, {
      Question: "What is the cat called?",
      "May this train models?": true,
    });
    assert.match((await taught.reply()).content, /review/);
    const [example] = await bot.app.examples.list({ workspace, status: "pending", limit: 1 });
    assert.equal(example!.origin, "discord.interaction");
    assert.notEqual(example!.consent, null);
    // Not everything under the menu is an answer of the bot.
    assert.match(
      (await tom.menu("Correct this answer", said).reply()).content,
      /do not find|no answer|not find/i,
    );
    assert.deepEqual(discord.complaints, []);
  });

  test("consent counts only with the question in the teacher's own words", async () => {
    const { tom, ben, channel, ask, workspace } = place();
    await tom.asks(channel, "!teach Is there coffee? => Yes.");
    const answer = await ask(ben, "is there coffee?");
    const correct = async (values: Record<string, string | boolean>) =>
      (await tom.fills(tom.clicks(answer, "✏️"), values)).reply();
    await correct({ "The right answer": "No.", "May this train models?": true });
    const consents = async () =>
      (await bot.app.examples.list({ workspace, limit: 50 })).filter(
        ({ consent }) => consent !== null,
      );
    assert.deepEqual(await consents(), []);
    await correct({
      "The right answer": "On Mondays.",
      "The question in your own words": "On which days is coffee served?",
      "May this train models?": true,
    });
    assert.deepEqual(
      (await consents()).map(({ prompt }) => prompt),
      ["On which days is coffee served?"],
    );
  });

  test("a thumb as a reaction rates the answer and is confirmed", async () => {
    const { discord, tom, ben, channel, ask, workspace } = place();
    await tom.asks(channel, "!teach Is it warm? => Yes, always.");
    const answer = await ask(ben, "is it warm?");
    const since = discord.world.happenings.last;
    tom.reacts(answer, "👎🏽");
    await discord.world.happenings.wait(
      ({ name, about, detail }) =>
        name === "MESSAGE_REACTION_ADD" &&
        about === answer.id &&
        (detail as { emoji: string }).emoji === "✅"
          ? true
          : undefined,
      { since, what: "the confirmation" },
    );
    const ratings = async () => {
      const rows = await bot.app.database.query
        .selectFrom("feedback")
        .innerJoin("action", "action.id", "feedback.action_id")
        .select("rating")
        .where("feedback.workspace", "=", workspace)
        .where("action.undone_at", "is", null)
        .execute();
      return rows.map(({ rating }) => rating);
    };
    assert.deepEqual(await ratings(), [-1]);
    assert.equal((await ask(ben, "is it warm?")).content, "Yes, always.");
    // Taken away, the rating is gone, and the confirmation with it.
    const removed = discord.world.happenings.last;
    tom.unreacts(answer, "👍");
    tom.unreacts(answer, "👎🏽");
    await discord.world.happenings.wait(
      ({ name, about, detail }) =>
        name === "MESSAGE_REACTION_REMOVE" &&
        about === answer.id &&
        (detail as { emoji: string }).emoji === "✅"
          ? true
          : undefined,
      { since: removed, what: "the end of the confirmation" },
    );
    assert.equal((await ask(ben, "is it warm?")).content, "Yes, always.");
    const standing = await bot.app.examples.list({ workspace, status: "active", limit: 5 });
    assert.deepEqual(
      standing.map(({ label }) => label),
      ["positive"],
    );
    assert.deepEqual(await ratings(), []);
    // Thumbs under other people's messages are nobody's business.
    ben.reacts(ben.says(channel, "I like it"), "👍");
    assert.equal((await ask(ben, "anything else at all?")).pings.length, 0);
  });

  test("what it does not know can be taught on the spot", async () => {
    const { tom, ben, ask } = place();
    const answer = await ask(ben, "who feeds the cat?");
    assert.deepEqual(
      buttonsOf(answer).map(({ label }) => label),
      ["Teach me"],
    );
    const filled = await tom.fills(tom.clicks(answer, "Teach me"), {
      "The right answer": "The night watch.",
    });
    await filled.reply();
    assert.equal((await ask(ben, "who feeds the cat?")).content, "The night watch.");
  });

  test("members' lessons wait in a review thread, where trainers settle them", async () => {
    const { discord, tom, ben, channel, ask } = place();
    for (const [question, answer] of [
      ["lamp colour?", "Green."],
      ["door code?", "1234"],
      ["roof?", "Flat."],
    ])
      assert.match((await ben.asks(channel, `!teach ${question} => ${answer}`)).content, /review/);
    const review = await tom.slash(channel, "review").reply();
    assert.match(review.content, /3 items/);
    const inThread = (count: number) =>
      discord.world.happenings.wait(
        () => {
          const thread = [...discord.world.channels.values()].find(
            ({ parentId }) => parentId === channel.id,
          );
          const there = thread ? discord.messages(thread) : [];
          return there.length >= count ? there : undefined;
        },
        { since: 0, what: "the items in the thread" },
      );
    const items = await inThread(3);
    assert.deepEqual(
      buttonsOf(items[0]!).map(({ label }) => label),
      ["Approve", "Edit", "Reject"],
    );
    // Readers see the teacher's name, and nobody is pinged by that.
    assert.ok(items[0]!.content.includes(`<@${ben.user.id}> teaches`));
    assert.deepEqual(items[0]!.pings, []);
    const refused = await ben.clicks(items[0]!, "Approve").reply();
    assert.match(refused.content, /Only a trainer/i);
    assert.equal(refused.onlyFor, ben.user.id);
    assert.match((await tom.clicks(items[0]!, "Approve").reply()).content, /Approved/);
    const edited = await tom.fills(tom.clicks(items[1]!, "Edit"), {
      "The right answer": "Ask the desk.",
    });
    assert.match((await edited.reply()).content, /your words/);
    assert.match((await tom.clicks(items[2]!, "Reject").reply()).content, /Rejected/);
    assert.equal((await ask(ben, "lamp colour?")).content, "Green.");
    assert.equal((await ask(ben, "door code?")).content, "Ask the desk.");
    assert.match((await tom.clicks(items[0]!, "Approve").reply()).content, /settled|already/i);
  });

  test("a second review goes on in the thread that is open, with what is new alone", async () => {
    const { discord, tom, ben, channel } = place();
    const threads = () =>
      [...discord.world.channels.values()].filter(({ parentId }) => parentId === channel.id);
    const listed = (count: number) =>
      discord.world.happenings.wait(
        () => {
          const there = threads().flatMap((thread) => discord.messages(thread));
          return there.length >= count ? there : undefined;
        },
        { since: 0, what: `${count} items in a thread` },
      );
    await ben.asks(channel, "!teach lamp colour? => Green.");
    await tom.asks(channel, "!review");
    await listed(1);
    await ben.asks(channel, "!teach door code? => 1234");
    await tom.asks(channel, "!review");
    const items = await listed(2);
    assert.deepEqual(
      items.map(({ content }) => /“(.+?)”/.exec(content)?.[1]),
      ["lamp colour?", "door code?"],
    );
    const [thread] = threads();
    assert.equal(threads().length, 1);
    assert.ok(
      discord.messages(channel).some(({ content }) => content.includes(`<#${thread!.id}>`)),
    );
    // Known by what it is for, whatever it is called: nobody talks to the bot there.
    ben.says(thread!, "Who taught that?");
    assert.match((await tom.asks(thread!, "!hi")).content, /Hi/);
    assert.equal(discord.messages(thread!).filter(({ content }) => /know/.test(content)).length, 1);
  });

  test("files come by message, by slash command and by window", async () => {
    const { tom, channel, ask, ben } = place();
    const file = (name: string, text: string, contentType?: string) => ({
      name,
      bytes: Buffer.from(text),
      ...(contentType && { contentType }),
    });
    const csv = file(
      "уроки.csv",
      "prompt,answer\nwhat is the wifi called?,Mill\n",
      "application/octet-stream",
    );
    const message = tom.menu("Teach from this message", tom.says(channel, "see the file"));
    const taught = await tom.fills(message, {
      "The right answer": "",
      "Files with questions and answers": [csv],
    });
    assert.match((await taught.reply()).content, /Learned/);
    assert.equal((await ask(ben, "what is the wifi called?")).content, "Mill");
    const test = await tom
      .slash(channel, "test", {
        file: file("one.csv", "prompt,answer\nwhat is the wifi called?,Mill\n"),
        file2: file("two.jsonl", '{"prompt": "what is the wifi called?", "answer": "Mill"}\n'),
      })
      .reply();
    assert.match(test.content, /2 of 2|100/);
    assert.ok(test.files.length > 0);
  });

  test("a forged button, an old one, and somebody else's answer do nothing but say so", async () => {
    const { tom, ben, channel, ask } = place();
    await tom.asks(channel, "!teach Is it far? => No.");
    const answer = await ask(ben, "is it far?");
    const real = String(buttonsOf(answer)[0]!["custom_id"]);
    for (const id of [
      "",
      "x",
      "b",
      "undo",
      real.replace("good", "bad"),
      real.slice(0, -1),
      `w${real.slice(1)}`,
    ]) {
      const reply = await ben.forges(answer, id || "-").reply();
      assert.match(reply.content, /not mine|no longer/, id);
      assert.equal(reply.onlyFor, ben.user.id);
    }
    // A true button works wherever it is pressed, but only on the answers of its own guild.
    const other = place();
    const stolen = await other.ben.forges(await other.ask(other.ben, "hello there?"), real).reply();
    assert.match(stolen.content, /do not find|no answer|not find/i);
  });

  test("two people correct one answer at once: the first counts, the other is asked", async () => {
    const { ann, tom, ben, channel, ask } = place();
    await tom.asks(channel, "!teach Who has the key? => Nobody.");
    const answer = await ask(ben, "who has the key?");
    const fill = async (person: Person, text: string) =>
      (await person.fills(person.clicks(answer, "✏️"), { "The right answer": text })).reply();
    const receipts = await Promise.all([fill(ann, "Ann has it."), fill(tom, "Tom has it.")]);
    const said = receipts.map(({ content }) => content);
    assert.equal(said.filter((content) => content.startsWith("Learned")).length, 1);
    const asked = receipts.find(({ content }) => /was changed after you saw it/.test(content))!;
    assert.match((await ask(ben, "who has the key?")).content, /^(Ann|Tom) has it\.$/);
    const [now] = /“(?:Ann|Tom) has it\.”/.exec(asked.content)!;
    const other = now.includes("Ann") ? "Tom has it." : "Ann has it.";
    await (other.startsWith("Tom") ? tom : ann).clicks(asked, "Take mine").reply();
    assert.equal((await ask(ben, "who has the key?")).content, other);
  });

  test("a role that vanishes takes with it what its people might do", async () => {
    const { discord, guild, channel, tom } = place();
    assert.match((await tom.asks(channel, "!teach a mill? => Yes.")).content, /now answer “Yes\.”/);
    const role = [...guild.roles.values()].find(({ name }) => name === "Librarian")!;
    discord.removeRole(guild, role);
    assert.match((await tom.asks(channel, "!teach a press? => Yes.")).content, /review/);
    assert.match((await tom.slash(channel, "datasets").reply()).content, /Only a trainer/i);
  });

  test("a suggestion too long for a button's id still asks its question", async () => {
    const { tom, ben, channel, ask } = place();
    const long = `How do I ${"very ".repeat(30)}carefully return a borrowed book`;
    await tom.asks(channel, `!teach "${long}" "At the desk."`);
    const answer = await ask(ben, `How do I ${"very ".repeat(30)}loudly dance`);
    const suggestion = buttonsOf(answer).find(({ label }) => String(label).startsWith("How do I"));
    if (!suggestion) return assert.match(answer.content, /know|desk/);
    assert.ok(String(suggestion["custom_id"]).length <= 100);
    const reply = await ben.clicks(answer, String(suggestion["label"])).reply();
    assert.equal(reply.content, "At the desk.");
  });

  test("nothing that was sent or answered was wrong", () => {
    assert.deepEqual(bot.discord.complaints, []);
  });
});
