import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { buttonsOf } from "../../doubles/telegram/people.ts";
import { runTelegram, type RunningTelegram } from "./running-telegram.ts";

describe("a private chat", () => {
  let bot: RunningTelegram;
  before(async () => {
    bot = await runTelegram();
  });
  after(() => bot.close());

  test("greets, learns, answers, and is corrected with a tap", async () => {
    const { double } = bot;
    const anna = double.person("Анна", { language: "ru" });
    const chat = anna.privately;
    anna.writes(chat, "/start");
    await double.reads(chat, /Привет!.*\/teach/s);
    anna.writes(chat, "Когда вы открыты?");
    const unknown = await double.reads(chat, /не знаю/);
    assert.deepEqual(
      buttonsOf(unknown).map(({ text }) => text),
      ["✏️ Научить"],
    );
    anna.presses(unknown, "Научить");
    const asking = await double.reads(chat, /Ответьте на это сообщение/);
    anna.writes(chat, "Каждый день с **девяти**.", { replyTo: asking });
    const receipt = await double.reads(chat, /Запомнил/);
    assert.deepEqual(
      buttonsOf(receipt).map(({ text }) => text),
      ["↩️ Отменить", "Можно обучать модели"],
    );
    anna.presses(receipt, "Можно обучать");
    const agreed = await double.sees("notice", ({ text }) => text !== "");
    assert.match(agreed.text, /можно обучать и модели/);
    const [example] = await bot.app.examples.list({ workspace: `telegram:${chat.id}`, limit: 1 });
    assert.deepEqual(
      [example?.origin, example?.consent?.textVersion],
      ["telegram.private", "chat-1"],
    );
    anna.writes(chat, "когда вы открыты");
    const answer = await double.reads(chat, /^Каждый день с девяти\.$/);
    assert.deepEqual(answer.entities, [{ type: "bold", offset: 14, length: 6 }]);
    anna.presses(answer, "👍");
    const notice = await double.sees("notice", ({ text }) => text !== "");
    assert.match(notice.text, /Спасибо/);
    anna.presses(receipt, "Отменить");
    await double.reads(chat, /Отменено/);
    anna.writes(chat, "Когда вы открыты?");
    await double.reads(chat, /не знаю/);
  });
});
