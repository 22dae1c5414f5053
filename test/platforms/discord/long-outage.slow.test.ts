import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import { silentLog } from "../../../src/core/log.ts";
import { connect } from "../../../src/platforms/discord/connection.ts";
import { startDiscordDouble } from "../../doubles/discord/server.ts";
import { speedUpClock } from "../../fast-clock.ts";
import { connectionSettings } from "./connection-settings.ts";
import { watchOutages, type Outages } from "./outages.ts";

const second = 1_000;

describe("Discord is away for long", () => {
  let outages: Outages;
  before(async () => {
    outages = await watchOutages();
    // Minutes pass in seconds, for the bot, for its libraries and for this Discord alike.
    speedUpClock(30);
  });
  after(async () => {
    await outages.bot.close();
    console.log(`outages of Discord, by a fast clock: ${outages.summary()}`);
  });

  for (const [length, seconds, keepSessions] of [
    ["60 s", 60, true],
    ["60 s", 60, false],
    ["10 min", 600, false],
  ] as const)
    test(`after ${length} without Discord (sessions ${keepSessions ? "kept" : "lost"}) questions of before, during and after are answered once`, async () => {
      const { discord } = outages.bot;
      const earlier = outages.question();
      await discord.down();
      const during = outages.question();
      await sleep(seconds * second);
      assert.equal(outages.bot.connection.state().kind, "retrying");
      const back = discord.gateway.connected();
      await discord.up({ keepSessions });
      await back;
      await outages.answeredOnce([earlier, during, outages.question()]);
    });

  test("five sockets dropped over half a minute cost no answer", async () => {
    const asked = [];
    for (let round = 0; round < 5; round += 1) {
      const back = outages.bot.discord.gateway.connected();
      asked.push(outages.question());
      outages.bot.discord.gateway.cut();
      asked.push(outages.question());
      await back;
      await sleep(6 * second);
    }
    await outages.answeredOnce(asked);
  });

  test("a Discord that cannot be reached for the first minute is connected to when it comes", async () => {
    const discord = await startDiscordDouble();
    await discord.down();
    const ready = Promise.withResolvers<void>();
    const connection = connect(connectionSettings(discord), silentLog, {
      prepare: () => {},
      ready: async () => ready.resolve(),
    });
    await sleep(60 * second);
    assert.equal(connection.state().kind, "retrying");
    await discord.up();
    await ready.promise;
    await sleep(10 * second);
    assert.equal(discord.gateway.open, 1, "one socket");
    await connection.stop();
    assert.equal(discord.gateway.open, 0);
    await discord.close();
  });
});
