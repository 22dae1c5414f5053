import assert from "node:assert/strict";
import { test } from "node:test";
import { longStory, openRoom } from "./simulated-room.ts";

const sayings = [
  "Покажи последний результат обучения",
  "Какая сегодня погода?",
  "What is new on the server?",
  "Исправь, дважды два — четыре",
  "Сохрани набор под именем лето",
  "Who wrote last in the chat?",
  "Спасибо, всё верно!",
  "Начни обучение",
];

test("40 turns are exact both ways, in both languages", async (context) => {
  const room = await openRoom(context);
  for (let turn = 0; turn < 40; turn++) {
    const text = `${sayings[turn % sayings.length]!} ${turn}`;
    await room.say("ann", text);
    await room.untilQuiet();
    assert.equal(room.all("transcript").at(-1)?.text, text);
    assert.equal(room.heard(), `Ты сказал: ${text}`);
  }
});

test("40 interruptions at any moment leave exactly what was heard", async (context) => {
  for (let round = 0; round < 40; round++) {
    const room = await openRoom(context);
    await room.say("ann", "расскажи");
    await room.clock.pass(500 + round * 37);
    const begun = room.clock.now();
    await room.say("ann", "стоп хватит");
    const last = Math.max(...room.played) - begun;
    const [prefix] = room.all("heard-prefix");
    assert.equal(prefix?.text.trim(), room.heard().trim(), `round ${round}`);
    assert.equal(room.all("interrupted").length, 1, `round ${round}`);
    assert.ok(last <= 160, `round ${round}: the last frame after ${last} ms`);
  }
});

test("of 40 coughs at least 38 are none: the bot goes on, and all of it is heard", async (context) => {
  let whole = 0;
  for (let round = 0; round < 40; round++) {
    const room = await openRoom(context);
    await room.say("ann", "расскажи");
    await room.clock.pass(500 + round * 41);
    await room.cough("ann", 150 + round * 10);
    await room.untilQuiet();
    if (room.heard() === longStory && room.all("interrupted").length === 0) whole += 1;
  }
  context.diagnostic(`${whole} of 40`);
  assert.ok(whole >= 38, `${whole} of 40`);
});
