import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import { silentLog } from "../../../src/core/log.ts";
import { connect } from "../../../src/platforms/discord/connection.ts";
import { startDiscordDouble } from "../../doubles/discord/server.ts";
import { connectionSettings } from "./connection-settings.ts";
import { watchOutages, type Outages } from "./outages.ts";
import type { RunningBot } from "./running-bot.ts";

/** Close codes after which a client may come back. */
const closeCodes = [1_000, 1_001, 4_000, 4_001, 4_002, 4_003, 4_005, 4_007, 4_008, 4_009];

describe("Discord is away for a while", () => {
  let outages: Outages;
  let bot: RunningBot;
  before(async () => {
    outages = await watchOutages();
    bot = outages.bot;
  });
  after(async () => {
    await bot.close();
    console.log(`outages of Discord: ${outages.summary()}`);
  });

  for (const [seconds, keepSessions] of [
    [1, true],
    [1, false],
    [5, false],
    [12, true],
  ] as const)
    test(`after ${seconds} s without Discord (sessions ${keepSessions ? "kept" : "lost"}) questions of before, during and after are answered once`, async () => {
      const { discord } = bot;
      const earlier = outages.question();
      await discord.down();
      const during = outages.question();
      await sleep(seconds * 500);
      if (seconds >= 12) assert.equal(bot.connection.state().kind, "retrying");
      await sleep(seconds * 500);
      const back = discord.gateway.connected();
      await discord.up({ keepSessions });
      await back;
      await outages.answeredOnce([earlier, during, outages.question()]);
    });

  test("five dropped sockets in half a minute cost no answer", async () => {
    const asked = [];
    for (let round = 0; round < 5; round += 1) {
      const back = bot.discord.gateway.connected();
      asked.push(outages.question());
      bot.discord.gateway.cut();
      asked.push(outages.question());
      await back;
    }
    await outages.answeredOnce(asked);
  });

  for (const code of closeCodes)
    test(`a gateway that closes with ${code} is come back to, and nothing asked is lost`, async () => {
      const back = bot.discord.gateway.connected();
      bot.discord.gateway.drop(code);
      const asked = outages.question();
      await back;
      await outages.answeredOnce([asked]);
    });
});

describe("a client that is given up", () => {
  test("hears nothing and opens no socket, however often it is replaced", async () => {
    const discord = await startDiscordDouble();
    const ann = discord.person("Ann");
    const channel = discord.channel(discord.guild("Mill", [ann]), "general");
    const heard: string[] = [];
    let clients = 0;
    let ready = Promise.withResolvers<void>();
    const connection = connect(connectionSettings(discord), silentLog, {
      patience: 700,
      prepare(client) {
        const own = (clients += 1);
        client.on("messageCreate", ({ id }) => heard.push(`${own}:${id}`));
      },
      ready: async () => ready.resolve(),
    });
    await ready.promise;
    await discord.down();
    await sleep(6_000);
    assert.ok(clients >= 1);
    ready = Promise.withResolvers<void>();
    await discord.up();
    await ready.promise;
    await sleep(2_000);
    assert.equal(discord.gateway.open, 1);
    ann.says(channel, `<@${discord.bot.id}> hello`);
    await sleep(300);
    assert.equal(heard.length, 1);
    assert.ok(clients >= 2, "the first client was given up");
    await connection.stop();
    assert.equal(discord.gateway.open, 0);
    await discord.close();
  });

  test("stopping while Discord is away, or while it accepts and says nothing, takes no time", async () => {
    for (const fault of ["down", "mute"] as const) {
      const discord = await startDiscordDouble();
      const ready = Promise.withResolvers<void>();
      const connection = connect(connectionSettings(discord), silentLog, {
        prepare: () => {},
        ready: async () => ready.resolve(),
      });
      await ready.promise;
      if (fault === "down") await discord.down();
      else discord.gateway.mute();
      await sleep(800);
      const started = performance.now();
      await connection.stop();
      assert.ok(performance.now() - started < 5_000, fault);
      // A paused socket of the double notices nothing; what the client holds is what counts.
      if (fault === "mute") await discord.close();
    }
  });
});
