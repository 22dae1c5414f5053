import assert from "node:assert/strict";
import { test } from "node:test";
import { runApp } from "./running-app.ts";

test("what was taught, corrected and undone is the same after a restart", async () => {
  const bot = await runApp();
  try {
    await bot.ask("!teach When do you open? => At nine.");
    await bot.ask("!teach Где вы находитесь? => На старой мельнице 🏭");
    await bot.ask("When do you open?");
    await bot.ask("!correct At ten.");
    await bot.ask("!teach How much is a ticket? => Five euros.");
    await bot.ask("!undo");
    const answers = async () => [
      await bot.ask("when do you open"),
      await bot.ask("Где вы находитесь?"),
      await bot.ask("How much is a ticket?"),
    ];
    const before = await answers();
    assert.deepEqual(before.slice(0, 2), ["At ten.", "На старой мельнице 🏭"]);
    assert.match(before[2]!, /do not know/i);
    await bot.restart();
    assert.deepEqual(await answers(), before);
    await bot.ask("!undo");
    assert.equal(await bot.ask("When do you open?"), "At nine.");
  } finally {
    await bot.close();
  }
});
