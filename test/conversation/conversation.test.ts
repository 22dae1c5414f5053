import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { newId } from "../../src/core/ids.ts";
import { received, shownFor } from "../received.ts";
import { runApp, type RunningApp } from "../running-app.ts";
import { fixtureRows } from "./fixture-rows.ts";

describe("a conversation", () => {
  let bot: RunningApp;
  let room = "";
  before(async () => {
    bot = await runApp({ APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "1000" });
    const rows = fixtureRows<{ en: string; ru: string; answers: { en: string; ru: string } }>(
      "mill.jsonl",
    );
    const lessons = rows.flatMap(({ en, ru, answers }) => [
      [en, answers.en],
      [ru, answers.ru],
    ]);
    for (const [question, answer] of lessons) await bot.ask(`!teach "${question}" "${answer}"`);
  });
  after(() => bot.close());
  beforeEach(() => {
    room = `web:${newId()}`;
  });
  const shown = (text: string, more: Parameters<typeof received>[1] = {}) =>
    shownFor(bot, received(text, { room, ...more }));
  const texts = async (text: string, more: Parameters<typeof received>[1] = {}) =>
    (await shown(text, more)).map((reply) => reply.text);
  const turns = () => bot.app.turns.list("web:local", room, { limit: 10, unanswered: true });

  test("goes on from question to question", async () => {
    await texts("When are you open?");
    assert.match((await texts("and on Sunday?"))[0]!, /On Sundays from noon to six\.$/);
    assert.match((await texts("and on public holidays?"))[0]!, /Closed on all public holidays\.$/);
    const [, second] = await turns();
    assert.deepEqual(
      [second?.prompt, second?.said],
      ["When are you open on Sunday?", "and on Sunday?"],
    );
  });

  test("tells what it understood when it does not know that, and is taught that", async () => {
    await texts("Где можно припарковаться?");
    const [text] = await texts("а на Марсе?");
    assert.match(text!, /^Вы спрашиваете: Где можно припарковаться: на Марсе\?\n\nЭтого я пока/);
    const person = { id: "web:Ann", name: "Ann", role: "admin" } as const;
    await shown("!correct В кратере.", { person });
    await texts("Где можно припарковаться?");
    assert.match((await texts("а на Марсе?"))[0]!, /В кратере\.$/);
  });

  test("what is deleted leaves the questions that were completed with its words", async () => {
    const secret = received("Where do I park my Zeppelin?", { room });
    await shownFor(bot, secret);
    await texts("and on Mars?");
    assert.match((await turns())[1]!.prompt, /Zeppelin.*on Mars/);
    await bot.app.follow.deleted("web:local", secret.id);
    assert.deepEqual(
      (await turns()).map(({ prompt, said }) => [prompt, said]),
      [
        ["", undefined],
        ["and on Mars?", undefined],
      ],
    );
  });

  test("is of one person: what others asked in between is not gone on with", async () => {
    await texts("Can I bring my cat?");
    const other = { id: "web:Eve", name: "Eve", role: "member" } as const;
    await texts("How much is a day pass?", { person: other });
    assert.match((await texts("what about dogs"))[0]!, /Dogs on a leash are welcome\.$/);
  });

  test("two questions in one message are answered in order, each with its turn and buttons", async () => {
    const message = received("When are you open and where do I park?", { room });
    const replies = await shownFor(bot, message);
    assert.deepEqual(
      replies.map((reply) => [reply.text, reply.known]),
      [
        ["Every day from ten to ten.", true],
        ["Behind the mill, free for two hours.", true],
      ],
    );
    const ids = replies.map(({ turnId }) => turnId);
    assert.equal(new Set(ids).size, 2);
    assert.deepEqual(
      (await turns()).map(({ id, prompt }) => [id, prompt]),
      [
        [ids[0], "When are you open"],
        [ids[1], "where do I park?"],
      ],
    );
    assert.deepEqual(await shownFor(bot, message), []);
    await bot.app.follow.deleted("web:local", message.id);
    assert.deepEqual(
      (await turns()).map(({ prompt, answer }) => [prompt, answer]),
      [
        ["", null],
        ["", null],
      ],
    );
  });

  test("the second question may lean on the first, and one that nobody taught is said to be unknown", async () => {
    assert.deepEqual(await texts("Do you have a sauna and how much does it cost?"), [
      "Yes, in the cellar.",
      "You mean: How much does the sauna cost?\n\nThe sauna is five euros.",
    ]);
    const [first, second] = await texts("Where do I park and who is the mayor of Tallinn?");
    assert.equal(first, "Behind the mill, free for two hours.");
    assert.match(second!, /do not know/);
  });

  test("the web page gets both answers, with the question of the second", async () => {
    const events = await bot.say("Где можно припарковаться и сколько стоит дневной билет?", {
      room,
    });
    const answers = events.flatMap((event) => (event.kind === "done" ? [event.answer] : []));
    assert.deepEqual(
      answers.map(({ text, question }) => [text, question]),
      [
        ["За мельницей, два часа бесплатно.", "Где можно припарковаться"],
        ["Дневной билет стоит двенадцать евро.", "сколько стоит дневной билет?"],
      ],
    );
  });

  test("a long message is kept as the question in it, and what was understood is told", async () => {
    const [text] = await texts(
      "Hello, I was at your place yesterday with two friends and we had a great time, really lovely people. My phone had no signal at all though. What might the Wi-Fi password be? It would help next time.",
    );
    assert.equal(text, "You mean: What is the Wi-Fi password?\n\nThe password is mill1820.");
    assert.equal((await turns())[0]?.prompt, "What might the Wi-Fi password be?");
  });
});
