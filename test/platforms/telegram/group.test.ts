import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { buttonsOf } from "../../doubles/telegram/people.ts";
import { runTelegram, type RunningTelegram } from "./running-telegram.ts";

describe("a group", () => {
  let bot: RunningTelegram;
  before(async () => {
    bot = await runTelegram({ double: { privacyMode: false } });
  });
  after(() => bot.close());

  /** A group of three, one of them an administrator. */
  const community = (more: object = {}) => {
    const { double } = bot;
    const olga = double.person("Ольга", { language: "ru" });
    const boris = double.person("Boris", { language: "en" });
    const robot = double.person("Other bot", { isBot: true });
    const members = [olga, boris, robot];
    const chat = double.group({ title: "Mill", members, admins: [olga], ...more });
    return { olga, boris, robot, chat };
  };
  const name = "@apprentice_bot";

  test("it answers when it is named, replied to, or called, and keeps out otherwise", async () => {
    const { double } = bot;
    const { olga, boris, robot, chat } = community();
    olga.writes(chat, "/teach When is the market? => On Saturdays.");
    await double.reads(chat, /Запомнил/);
    for (const [who, text] of [
      [boris, "When is the market?"],
      [robot, `${name} When is the market?`],
      [boris, "/weather@other_bot today"],
      [boris, "/weather today"],
    ] as const)
      who.writes(chat, text);
    const asked = boris.writes(chat, `${name} When is the market?`);
    const answer = await double.reads(chat);
    assert.equal(answer.text, "On Saturdays.");
    assert.equal(answer.reply_to_message?.message_id, asked.message_id);
    boris.writes(chat, "when is the market", { replyTo: answer });
    assert.equal((await double.reads(chat)).text, "On Saturdays.");
    boris.writes(chat, `/ask${name} when is the market?`);
    assert.equal((await double.reads(chat)).text, "On Saturdays.");
    const question = olga.writes(chat, "when is the market?");
    boris.writes(chat, name, { replyTo: question });
    assert.equal((await double.reads(chat)).text, "On Saturdays.");
  });

  test("where it listens, it answers everything, and stickers are left alone", async () => {
    const { double } = bot;
    const { olga, boris, chat } = community();
    olga.writes(chat, "/teach salt? => In the cupboard.");
    await double.reads(chat, /Запомнил/);
    boris.writes(chat, "/listen on");
    const refused = await double.reads(chat, /admin/);
    assert.match(refused.text!, /Only an? admin/);
    olga.writes(chat, "/listen on");
    await double.reads(chat, /каждое сообщение|слушаю|отвечаю/i);
    boris.writes(chat, "salt?");
    assert.equal((await double.reads(chat)).text, "In the cupboard.");
  });

  test("what members teach waits for an administrator, who settles it with a tap", async () => {
    const { double } = bot;
    const { olga, boris, chat } = community();
    boris.writes(chat, `${name} Where is the boat?`);
    const unknown = await double.reads(chat, /do not know/);
    boris.writes(chat, "/correct At the pier.", { replyTo: unknown });
    await double.reads(chat, /waits for a trainer's review/);
    boris.writes(chat, "/review");
    await double.reads(chat, /Only a trainer/);
    olga.writes(chat, "/review");
    await double.reads(chat, /Проверки ждёт 1/);
    const item = await double.reads(chat, /Where is the boat\?/);
    assert.equal(buttonsOf(item).length, 3);
    boris.presses(item, buttonsOf(item)[0]!.text);
    const notice = await double.sees("notice", ({ alert }) => alert);
    assert.match(notice.text, /Only a trainer/);
    olga.presses(item, "✅");
    await double.reads(chat, /Одобрено|Принято/);
    boris.writes(chat, `${name} where is the boat?`);
    assert.equal((await double.reads(chat)).text, "At the pier.");
  });

  test("an administrator edits what waits by replying with better words", async () => {
    const { double } = bot;
    const { olga, boris, chat } = community();
    boris.writes(chat, "/teach Where is the key? => In the lock.");
    await double.reads(chat, /waits/);
    olga.writes(chat, "/review");
    await double.reads(chat, /Проверки ждёт 1/);
    const item = await double.reads(chat, /Where is the key\?/);
    olga.presses(item, buttonsOf(item)[1]!.text);
    const asking = await double.reads(chat, /Ответьте на это сообщение/);
    olga.writes(chat, "Under the mat.", { replyTo: asking });
    await double.reads(chat, /вашими словами|Under the mat/);
    boris.writes(chat, `${name} where is the key?`);
    assert.equal((await double.reads(chat)).text, "Under the mat.");
  });

  test("a thumb under an answer is a rating, seen by a reaction of the bot", async () => {
    const { double, app } = bot;
    const { olga, boris, chat } = community({ botIs: "administrator" });
    olga.writes(chat, "/teach tide? => At noon.");
    await double.reads(chat, /Запомнил/);
    boris.writes(chat, `${name} tide?`);
    const answer = await double.reads(chat, /At noon/);
    boris.reacts(answer, "👍");
    const { emoji } = await double.sees("reaction");
    assert.deepEqual(emoji, ["✍"]);
    const rows = await app.database.query.selectFrom("feedback").selectAll().execute();
    assert.deepEqual(
      rows.map(({ person, rating }) => [person, rating]),
      [[`telegram:${boris.user.id}`, 1]],
    );
    boris.reacts(boris.writes(chat, "nice day"), "👎");
    boris.writes(chat, `${name} tide?`);
    assert.equal((await double.reads(chat)).text, "At noon.");
  });

  test("a thumb that is taken away takes the rating back", async () => {
    const { double, app } = bot;
    const { olga, boris, chat } = community();
    olga.writes(chat, "/teach ebb? => At six.");
    await double.reads(chat, /Запомнил/);
    boris.writes(chat, `${name} ebb?`);
    const answer = await double.reads(chat, /At six/);
    boris.reacts(answer, "👎");
    await double.sees("reaction", ({ emoji }) => emoji.length > 0);
    boris.reacts(answer, "", "👎");
    await double.sees("reaction", ({ emoji }) => emoji.length === 0);
    const rated = await app.database.query
      .selectFrom("feedback")
      .innerJoin("action", "action.id", "feedback.action_id")
      .select(["rating", "undone_at"])
      .where("feedback.workspace", "=", `telegram:${chat.id}`)
      .execute();
    assert.deepEqual(
      rated.map(({ rating, undone_at: undone }) => [rating, undone !== null]),
      [[-1, true]],
    );
  });

  test("a lesson that is forwarded is not taught in the name of whoever forwards it", async () => {
    const { double, app } = bot;
    const { olga, chat } = community();
    olga.writes(chat, "/teach Who rules? => Boris.", { forwardedFrom: "Boris" });
    olga.writes(chat, "/ask Who rules?");
    await double.reads(chat, /не знаю|do not know/i);
    const taught = await app.examples.list({ workspace: `telegram:${chat.id}`, limit: 5 });
    assert.equal(taught.length, 0);
  });

  test("nobody exports or forgets in the name of an anonymous administrator", async () => {
    const { double } = bot;
    const { olga, chat } = community();
    for (const act of ["export", "forget --yes"]) {
      olga.writes(chat, `/mydata ${act}`, { anonymously: true });
      await double.reads(chat, /cannot tell who you are|не знаю, кто вы/);
    }
  });

  test("whoever presses Forget under somebody else's question loses nothing", async () => {
    const { double, app } = bot;
    const { olga, boris, chat } = community();
    olga.writes(chat, "/teach Is it hers? => Yes, Olga's.");
    await double.reads(chat, /Запомнил/);
    boris.writes(chat, "/mydata forget");
    const asked = await double.reads(chat, /\?/);
    olga.presses(asked, "Forget");
    await double.sees("notice", ({ text }) => /для того, кто её вызвал|whoever asked/.test(text));
    const taught = await app.examples.list({ workspace: `telegram:${chat.id}`, limit: 5 });
    assert.equal(taught.length, 1);
  });

  test("only whoever was asked answers, and an answer may begin with a slash", async () => {
    const { double } = bot;
    const { olga, boris, chat } = community();
    boris.writes(chat, `${name} where are the settings?`);
    const unknown = await double.reads(chat, /do not know/);
    boris.presses(unknown, "Teach");
    const asks = await double.reads(chat, /Reply/i);
    olga.writes(chat, "lunch?", { replyTo: asks });
    await double.reads(chat, /не знаю|do not know/i);
    boris.writes(chat, "/etc/club.conf", { replyTo: asks });
    await double.reads(chat, /review|Learned/);
  });

  test("what is kept about somebody is given to them alone", async () => {
    const { double } = bot;
    const { boris, chat } = community();
    boris.writes(chat, `${name} anything about me?`);
    await double.reads(chat, /do not know/);
    boris.writes(chat, "/mydata");
    boris.presses(await double.reads(chat, /answers: 1;/), "Export");
    await double.reads(chat, /sent it to you privately/);
    const { message } = await double.sees(
      "message",
      (sent) => sent.message.document?.["file_name"] === "mydata.json",
    );
    assert.equal(message.chat.id, boris.user.id);
    boris.blocks();
    boris.writes(chat, "/mydata export");
    await double.reads(chat, /only in private/);
  });

  test("topics of a forum are rooms of one community", async () => {
    const { double } = bot;
    const { olga, boris, chat } = community({ topics: [11, 12] });
    olga.writes(chat, `/teach${name} bell? => It rings at six.`, { topic: 11 });
    assert.equal((await double.reads(chat, /Запомнил/)).message_thread_id, 11);
    boris.writes(chat, `${name} bell?`, { topic: 12 });
    const answer = await double.reads(chat, /six/);
    assert.equal(answer.message_thread_id, 12);
    boris.writes(chat, `/why${name}`, { topic: 11 });
    await double.reads(chat, /cannot find that answer/);
  });

  test("two groups know nothing of each other", async () => {
    const { double } = bot;
    const one = community();
    const other = community();
    one.olga.writes(one.chat, "/teach secret? => In the first group only.");
    await double.reads(one.chat, /Запомнил/);
    other.boris.writes(other.chat, `${name} secret?`);
    assert.match((await double.reads(other.chat)).text!, /do not know/);
  });

  test("an edited question is followed in the history, not answered again", async () => {
    const { double, app } = bot;
    const { boris, chat } = community();
    const asked = boris.writes(chat, `${name} first words?`);
    await double.reads(chat, /do not know/);
    boris.edits(asked, `${name} second words?`);
    boris.writes(chat, `${name} third words?`);
    await double.reads(chat, /do not know/);
    const turns = await app.turns.list(`telegram:${chat.id}`, `telegram:${chat.id}/main`, {
      limit: 9,
    });
    assert.deepEqual(
      turns.map(({ prompt }) => prompt),
      ["second words?", "third words?"],
    );
  });

  test("what is known follows a group that becomes a supergroup", async () => {
    const { double, app } = bot;
    const { olga, boris, chat } = community({ type: "group" });
    olga.writes(chat, "/teach ferry? => Every hour.");
    await double.reads(chat, /Запомнил/);
    olga.writes(chat, "/listen on");
    await double.reads(chat);
    const larger = double.migrate(chat);
    boris.writes(larger, "ferry?");
    assert.equal((await double.reads(larger)).text, "Every hour.");
    assert.ok(!(await app.workspaces.list()).includes(`telegram:${chat.id}`));
    olga.writes(larger, "/correct Every half hour.");
    await double.reads(larger, /Запомнил/);
    await bot.restart();
    boris.writes(larger, "ferry?");
    assert.equal((await double.reads(larger)).text, "Every half hour.");
  });
});
