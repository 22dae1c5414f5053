import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { silentLog } from "../../../src/core/log.ts";
import { connect } from "../../../src/platforms/discord/connection.ts";
import { startDiscordDouble } from "../../doubles/discord/server.ts";
import { connectionSettings } from "./connection-settings.ts";
import { runBot, type RunningBot } from "./running-bot.ts";

// The client waits five seconds between two sessions, as Discord wants it.
describe("sessions of the gateway", () => {
  let bot: RunningBot;
  before(async () => {
    bot = await runBot();
  });
  after(() => bot.close());

  test("when the session is lost, the gap is read again", async () => {
    const { discord } = bot;
    const [ann, ben] = [discord.person("Ann"), discord.person("Ben")];
    const channel = discord.channel(discord.guild("Mill", [ann, ben]), "general");
    const self = `<@${discord.bot.id}>`;
    await ann.asks(channel, "!teach ping? => pong");
    const back = discord.gateway.connected();
    discord.gateway.forgetSessions();
    discord.gateway.drop(4_000);
    const asked = ben.says(channel, `${self} ping?`);
    assert.equal(await back, "identified");
    const answer = await discord.until(channel, ({ replyTo }) => replyTo === asked.id);
    assert.equal(answer.content, "pong");
  });

  test("a gateway that closes again and again is left alone for a while", async () => {
    const discord = await startDiscordDouble();
    discord.gateway.refuseWith(4_002);
    const told = Promise.withResolvers<void>();
    const log = { ...silentLog, warn: () => told.resolve() };
    const connection = connect(connectionSettings(discord), log, {
      prepare: () => {},
      ready: async () => {},
      patience: 1_000,
    });
    await told.promise;
    assert.equal(connection.state().kind, "retrying");
    await connection.stop();
    await discord.close();
  });
});
