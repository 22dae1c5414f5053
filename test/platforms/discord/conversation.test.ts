import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startOpenAiDouble, type OpenAiDouble } from "../../doubles/openai/server.ts";
import { buttonsOf, type Person } from "../../doubles/discord/person.ts";
import type { Channel, StoredMessage } from "../../doubles/discord/world.ts";
import { runBot, type RunningBot } from "./running-bot.ts";

describe("conversation in Discord", () => {
  let server: OpenAiDouble;
  let bot: RunningBot;
  let pieces: readonly string[] = ["Hel", "lo."];
  before(async () => {
    server = await startOpenAiDouble(() => pieces);
    bot = await runBot({
      APPRENTICE_MODEL_PROVIDER: "openai-compatible",
      APPRENTICE_MODEL_TAUGHT_ONLY: "never",
      APPRENTICE_MODEL_URL: server.url,
      APPRENTICE_MODEL_NAME: "echo",
      APPRENTICE_MODEL_SEES: "true",
    });
  });
  after(async () => {
    await bot.close();
    await server.close();
  });

  const place = () => {
    const { discord } = bot;
    const [ann, ben] = ["Ann", "Ben"].map((name) => discord.person(name)) as [Person, Person];
    const guild = discord.guild("Mill", [ann, ben]);
    const channel = discord.channel(guild, "general");
    const self = `<@${discord.bot.id}>`;
    return { discord, guild, channel, ann, ben, self, workspace: `discord:${guild.id}` };
  };
  const isFinal = (message: StoredMessage): boolean =>
    buttonsOf(message).some(({ emoji }) => (emoji as { name: string })?.name === "👍");
  const said = (channel: Channel): string[] =>
    bot.discord
      .messages(channel)
      .filter(({ author }) => author.id === bot.discord.bot.id)
      .map(({ content }) => content);
  const lastAsked = (): string => {
    const { content } = server.requests.at(-1)!.messages.at(-1)!;
    return typeof content === "string" ? content : JSON.stringify(content);
  };

  test("it speaks when spoken to: name, role, reply, private chat, listening room; else never", async () => {
    const { discord, guild, channel, ann, ben, self } = place();
    ben.says(channel, "Nice weather.");
    ben.says(channel, "@everyone party!");
    const robot = discord.person("Robot", { bot: true });
    discord.join(guild, robot);
    robot.says(channel, `${self} hello fellow bot`);
    const answer = await ben.asks(channel, `${self}, is it warm inside?`);
    assert.equal(answer.content, "Hello.");
    assert.deepEqual(said(channel), ["Hello."]);
    const replied = await ben.asks(channel, "and again?", { replyTo: answer });
    assert.equal(replied.content, "Hello.");
    const role = [...guild.roles.values()].find(({ name }) => name === "Bot")!;
    assert.equal((await ben.asks(channel, `<@&${role.id}> and you?`)).content, "Hello.");
    assert.equal((await ben.asks(discord.privateChat(ben), "just us?")).content, "Hello.");
    assert.match((await ann.asks(channel, "!listen on")).content, /./);
    assert.equal((await ben.asks(channel, "still there?")).content, "Hello.");
    await ann.asks(channel, "!listen off");
    ben.says(channel, "now?");
    assert.match((await ann.asks(channel, "!hi")).content, /Hi/);
    assert.equal(said(channel).filter((text) => text === "Hello.").length, 4);
  });

  test("commands come by prefix, by the workspace's own prefix, and after the bot's name", async () => {
    const { channel, guild, ann, self } = place();
    assert.match((await ann.asks(channel, "!hi")).content, /Hi/);
    assert.match((await ann.asks(channel, "!HI")).content, /Hi/);
    // Discord offers the bot's role beside the bot when somebody types its name.
    const role = [...guild.roles.values()].find(({ name }) => name === "Bot")!;
    assert.match((await ann.asks(channel, `<@&${role.id}> !hi`)).content, /Hi/);
    assert.match((await ann.asks(channel, `<@&${role.id}> status`)).content, /Discord: connected/);
    assert.match((await ann.asks(channel, `${self} status`)).content, /Discord: connected as/);
    await ann.asks(channel, "!settings prefix=?");
    ann.says(channel, "!hi");
    assert.match((await ann.asks(channel, "?hi")).content, /Hi/);
    assert.match((await ann.asks(channel, "?hy")).content, /\?hi/);
  });

  test("an answer grows by edits within the pace, and its end always comes, with the teach row", async () => {
    const { discord, channel, ann, self } = place();
    pieces = Array.from({ length: 30 }, (_, at) => `word${at} `);
    server.fail({ kind: "slow-stream", wait: 20 });
    const first = await ann.asks(channel, `${self} tell me a long story`);
    const final = await discord.until(channel, isFinal);
    assert.equal(final.id, first.id);
    assert.equal(final.content, pieces.join("").trim());
    const edits = discord.rest.requests.filter(
      ({ method, path }) => method === "PATCH" && path.endsWith(first.id),
    );
    assert.ok(edits.length >= 1 && edits.length <= 3, String(edits.length));
    pieces = ["Hel", "lo."];
  });

  test("the first piece of an answer is seen at once, however many answers the channel had just now", async () => {
    const { discord, channel, ann, self } = place();
    pieces = Array.from({ length: 12 }, (_, at) => `piece${at} `);
    for (let round = 0; round < 7; round++) {
      server.fail({ kind: "slow-stream", wait: 10 });
      const asked = ann.says(channel, `${self} story ${round}?`);
      const first = await discord.until(channel, ({ replyTo }) => replyTo === asked.id);
      assert.ok(!isFinal(first), `round ${round}`);
      await discord.until(channel, ({ id, content }) => id === first.id && content.endsWith("11"));
    }
    pieces = ["Hel", "lo."];
  });

  test("a gateway that closes in the middle of an answer takes nothing of it", async () => {
    const { discord, channel, ann, self } = place();
    pieces = Array.from({ length: 20 }, (_, at) => `part${at} `);
    server.fail({ kind: "slow-stream", wait: 20 });
    const first = await ann.asks(channel, `${self} and now a longer one`);
    const back = discord.gateway.connected();
    discord.gateway.drop(4_000);
    const final = await discord.until(channel, isFinal);
    assert.equal(final.id, first.id);
    assert.equal(final.content, pieces.join("").trim());
    await back;
    pieces = ["Hel", "lo."];
  });

  test("stop ends an answer where it is; again gives another one", async () => {
    const { discord, channel, ann, self } = place();
    pieces = Array.from({ length: 200 }, (_, at) => `w${at} `);
    server.fail({ kind: "slow-stream", wait: 20 });
    const left = server.left();
    const draft = await ann.asks(channel, `${self} count for me`);
    const { reply } = ann.clicks(draft, "Stop");
    await reply();
    await left;
    const stopped = await discord.until(channel, isFinal);
    assert.ok(stopped.content.startsWith("w0") && !stopped.content.includes("w199"));
    pieces = ["Another ", "one."];
    const again = await ann.clicks(stopped, "🔄").reply();
    assert.equal(again.content, "Another one.");
    pieces = ["Hel", "lo."];
  });

  test("a reply chain between people is shown to the model; files are read with the question", async () => {
    const { channel, ann, ben, self } = place();
    const one = ann.says(channel, "The press is broken.");
    const two = ben.says(channel, "Which part of it?", { replyTo: one });
    const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
    await ann.asks(channel, `${self} what do you think?`, {
      replyTo: two,
      files: [
        { name: "manual.txt", bytes: Buffer.from("Oil it monthly."), contentType: "image/png" },
        { name: "press.png", bytes: png },
      ],
    });
    const asked = lastAsked();
    assert.match(asked, /> Ann: The press is broken\./);
    assert.match(asked, /> Ben: Which part of it\?/);
    assert.match(asked, /Oil it monthly\./);
    assert.match(asked, /image_url.*data:image\/png;base64/);
    assert.deepEqual(server.complaints, []);
  });

  test("forwards, embeds, polls, starters of threads and the names behind numbers reach the model", async () => {
    const { discord, channel, ann, ben, self } = place();
    const elsewhere = discord.channel(place().guild, "news");
    const notes = {
      name: "notes.txt",
      bytes: Buffer.from("The press is red."),
      contentType: "text/plain",
    };
    const original = ben.says(elsewhere, "The press moves to Mondays.", { files: [notes] });
    const forward = ben.says(channel, "", { forwards: original });
    await ann.asks(channel, `${self} what does that mean?`, { replyTo: forward });
    assert.match(lastAsked(), /> Ben: The press moves to Mondays\./);
    assert.match(lastAsked(), /The press is red\./);

    const embed = ben.says(channel, "", {
      embeds: [
        {
          title: "Hours",
          description: "Ten to six",
          fields: [{ name: "Sunday", value: "closed" }],
        },
      ],
    });
    // A bare mention as a reply asks about what it replies to.
    await ann.asks(channel, self, { replyTo: embed });
    assert.match(lastAsked(), /Hours\nTen to six\nSunday: closed/);

    const poll = ben.says(channel, "", {
      poll: { question: "When?", answers: ["Monday", "Friday"] },
    });
    await ann.asks(channel, `${self} which is better?`, { replyTo: poll });
    assert.match(lastAsked(), /When\?[\s\S]*- Monday[\s\S]*- Friday/);

    await ann.asks(channel, `${self} who is <@${ben.user.id}> in <#${elsewhere.id}>?`);
    assert.match(lastAsked(), /who is @Ben in #news\?/);

    const thread = discord.thread(channel, "Broken press", ben);
    await ann.asks(thread, `${self} what is this about?`);
    assert.deepEqual(server.complaints, []);
  });

  test("each conversation gets a thread where the workspace wants that, and goes on in it unasked", async () => {
    const { discord, channel, ann, ben, self } = place();
    await ann.asks(channel, "!settings threads=yes");
    const question = ben.says(channel, `${self} how does the press work?`);
    const thread = await discord.world.happenings.wait(
      ({ name, about }) =>
        name === "THREAD_CREATE" && about === question.id
          ? discord.world.channels.get(about)
          : undefined,
      { since: 0, what: "a thread" },
    );
    assert.match(thread.name, /how does the press work/);
    await discord.until(thread, isFinal);
    const more = await ben.asks(thread, "and who repairs it?");
    assert.equal(more.content, "Hello.");
    assert.match(JSON.stringify(server.requests.at(-1)), /how does the press work/);
    assert.match((await ann.asks(channel, "!hi")).content, /Hi/);
  });

  test("what is edited reads anew in the history, what is deleted is gone from it and from the queue", async () => {
    const { discord, channel, ben, ann, self, workspace } = place();
    const secret = ben.says(channel, `${self} my code is 4711, remember?`);
    const plain = ben.says(channel, `${self} the meeting is on Monday, ok?`);
    await discord.until(channel, (message) => message.replyTo === plain.id && isFinal(message));
    const lesson = ben.says(channel, "!teach door? => Blue.");
    await discord.until(channel, (message) => message.replyTo === lesson.id);
    assert.equal((await bot.app.review.count(workspace)).pending, 1);
    ben.deletes(secret);
    ben.deletes(lesson);
    ben.edits(plain, `${self} the meeting is on Tuesday, ok?`);
    // The events come in order: what is asked after them is answered after them.
    await ann.asks(channel, `${self} what else is planned?`);
    const seen = JSON.stringify(server.requests.at(-1));
    assert.doesNotMatch(seen, /4711/);
    assert.match(seen, /Tuesday/);
    assert.doesNotMatch(seen, /Monday/);
    assert.equal((await bot.app.review.count(workspace)).pending, 0);
  });

  test("a very long answer comes in parts that fit, code blocks and all, and pings nobody", async () => {
    const { discord, channel, ann, ben, self } = place();
    const code = Array.from({ length: 300 }, (_, at) => `line ${at} of the listing`).join("\n");
    pieces = [`<@${ben.user.id}> @everyone look:\n\n\`\`\`js\n${code}\n\`\`\`\nDone.`];
    ann.says(channel, `${self} show me the listing`);
    await discord.until(channel, isFinal);
    const parts = discord.messages(channel).filter(({ author }) => author.bot);
    assert.ok(parts.length >= 4);
    for (const { content, pings } of parts) {
      assert.ok(content.length <= 2_000);
      assert.equal((content.match(/```/g) ?? []).length % 2, 0);
      assert.deepEqual(pings, []);
    }
    pieces = ["Hel", "lo."];
  });

  test("in a private chat everybody teaches their own copy, and no guild hears of it", async () => {
    const { discord, channel, ben, ann, self } = place();
    const chat = discord.privateChat(ben);
    await ben.asks(chat, "!teach my cat? => Muriel.");
    assert.equal((await ben.asks(chat, "my cat?")).content, "Muriel.");
    assert.equal((await ben.asks(channel, `${self} my cat?`)).content, "Hello.");
    assert.equal((await ann.asks(discord.privateChat(ann), "my cat?")).content, "Hello.");
  });

  test("nothing that was sent or answered was wrong", () => {
    assert.deepEqual(bot.discord.complaints, []);
  });
});
