import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import { silentLog } from "../../../src/core/log.ts";
import { connect } from "../../../src/platforms/discord/connection.ts";
import type { Channel, StoredMessage } from "../../doubles/discord/world.ts";
import { startDiscordDouble } from "../../doubles/discord/server.ts";
import type { Person } from "../../doubles/discord/person.ts";
import { connectionSettings } from "./connection-settings.ts";
import { runBot, type RunningBot } from "./running-bot.ts";

const figures = { rounds: 0, asked: 0, answeredOnce: 0, mostSockets: 0 };

/** Close codes after which a client may come back. */
const closeCodes = [1_000, 1_001, 4_000, 4_001, 4_002, 4_003, 4_005, 4_007, 4_008, 4_009];

describe("Discord is away for a while", () => {
  let bot: RunningBot;
  let channel: Channel;
  let ben: Person;
  before(async () => {
    bot = await runBot();
    const { discord } = bot;
    const ann = discord.person("Ann");
    ben = discord.person("Ben");
    channel = discord.channel(discord.guild("Mill", [ann, ben]), "general");
    await ann.asks(channel, "!teach ping? => pong");
  });
  after(async () => {
    await bot.close();
    const { rounds, asked, answeredOnce, mostSockets } = figures;
    console.log(
      `outages of Discord: ${rounds} rounds, ${answeredOnce} of ${asked} questions answered once, ` +
        `${mostSockets} socket${mostSockets === 1 ? "" : "s"} at most afterwards`,
    );
  });

  const question = (): StoredMessage => ben.says(channel, `<@${bot.discord.bot.id}> ping?`);
  const answersTo = ({ id }: StoredMessage): StoredMessage[] =>
    bot.discord.messages(channel).filter(({ replyTo }) => replyTo === id);

  async function answeredOnce(asked: readonly StoredMessage[]): Promise<void> {
    await Promise.all(
      asked.map(({ id }) => bot.discord.until(channel, ({ replyTo }) => replyTo === id)),
    );
    // A late second answer would come with the session's catching up.
    assert.equal((await ben.asks(channel, `<@${bot.discord.bot.id}> ping?`)).content, "pong");
    figures.rounds += 1;
    figures.asked += asked.length;
    for (const each of asked) {
      assert.deepEqual(
        answersTo(each).map(({ content }) => content),
        ["pong"],
      );
      figures.answeredOnce += 1;
    }
    figures.mostSockets = Math.max(figures.mostSockets, bot.discord.gateway.open);
    assert.equal(bot.discord.gateway.open, 1, "one socket");
    assert.equal(bot.connection.state().kind, "connected");
  }

  for (const [seconds, keepSessions] of [
    [1, true],
    [1, false],
    [5, false],
    [12, true],
  ] as const)
    test(`after ${seconds} s without Discord (sessions ${keepSessions ? "kept" : "lost"}) questions of before, during and after are answered once`, async () => {
      const { discord } = bot;
      const earlier = question();
      await discord.down();
      const during = question();
      await sleep(seconds * 500);
      if (seconds >= 12) assert.equal(bot.connection.state().kind, "retrying");
      await sleep(seconds * 500);
      const back = discord.gateway.connected();
      await discord.up({ keepSessions });
      await back;
      await answeredOnce([earlier, during, question()]);
    });

  test("five dropped sockets in half a minute cost no answer", async () => {
    const asked: StoredMessage[] = [];
    for (let round = 0; round < 5; round += 1) {
      const back = bot.discord.gateway.connected();
      asked.push(question());
      bot.discord.gateway.cut();
      asked.push(question());
      await back;
    }
    await answeredOnce(asked);
  });

  for (const code of closeCodes)
    test(`a gateway that closes with ${code} is come back to, and nothing asked is lost`, async () => {
      const back = bot.discord.gateway.connected();
      bot.discord.gateway.drop(code);
      const asked = question();
      await back;
      await answeredOnce([asked]);
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
