import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, test } from "node:test";
import { silentLog } from "../../../src/core/log.ts";
import { connect, type Connection } from "../../../src/platforms/discord/connection.ts";
import type { DiscordSettings } from "../../../src/platforms/discord/parts.ts";
import { say } from "../../../src/texts/say.ts";
import { startDiscordDouble, type DiscordDouble } from "../../doubles/discord/server.ts";
import { connectionSettings } from "./connection-settings.ts";

/** Close codes after which Discord wants no client back, and what people are told. */
const refusals = [
  [4_004, "discord-token-refused", /token/],
  [4_010, "discord-shards-refused", /shard.*4010/],
  [4_011, "discord-shards-refused", /shard.*4011/],
  [4_012, "discord-version-refused", /version.*4012/],
  [4_013, "discord-intents-refused", /events.*4013/],
  [4_014, "discord-intents-refused", /events.*4014/],
] as const;

/** Longer than the wait before a second attempt, in milliseconds. */
const secondAttempt = 2_500;

describe("a Discord that wants no client back", { concurrency: true }, () => {
  for (const [close, code, told] of refusals)
    for (const moment of ["at the start", "later"] as const)
      test(`a gateway that closes with ${close} ${moment} is told as ${code}, and is not tried again`, async () => {
        await using bot = await watched(
          moment === "at the start" ? (discord) => discord.gateway.refuseWith(close) : () => {},
          close === 4_011 ? { shardCount: 1 } : {},
        );
        if (moment === "later") {
          await bot.ready;
          bot.discord.gateway.drop(close);
        }
        await bot.refused;
        const opened = bot.opened();
        const state = bot.connection.state();
        assert.equal(state.kind === "refused" && state.error.code, code);
        if (state.kind === "refused")
          assert.match(say("en", `error.${state.error.code}`, state.error.values), told);
        await sleep(secondAttempt);
        assert.equal(bot.opened(), opened, "no further socket");
        assert.equal(bot.discord.gateway.open, 0);
        assert.deepEqual(bot.errors, [code], "said once");
      });

  test("a bot that has come into too many servers for its shards asks anew how many it needs", async () => {
    await using bot = await watched(() => {});
    await bot.ready;
    const again = bot.discord.gateway.connected();
    bot.discord.gateway.drop(4_011);
    assert.equal(await again, "identified");
    assert.deepEqual(bot.errors, []);
  });

  test("without the content of messages it comes back by itself when that is refused later", async () => {
    await using bot = await watched(() => {}, { messageContent: true });
    await bot.ready;
    bot.discord.world.allowed.messageContent = false;
    const again = bot.discord.gateway.connected();
    bot.discord.gateway.drop(4_014);
    await again;
    assert.deepEqual(bot.errors, []);
  });
});

type Watched = AsyncDisposable & {
  readonly discord: DiscordDouble;
  readonly connection: Connection;
  readonly ready: Promise<void>;
  readonly refused: Promise<void>;
  /** The codes of the errors in the log. */
  readonly errors: readonly unknown[];
  /** How many sockets were opened so far. */
  opened(): number;
};

async function watched(
  prepare: (discord: DiscordDouble) => void,
  changes: Partial<DiscordSettings> = {},
): Promise<Watched> {
  const discord = await startDiscordDouble();
  prepare(discord);
  let sockets = 0;
  discord.gateway.server.on("connection", () => (sockets += 1));
  const ready = Promise.withResolvers<void>();
  const refused = Promise.withResolvers<void>();
  const errors: unknown[] = [];
  const log = {
    ...silentLog,
    error(_: string, fields: { readonly code?: unknown } = {}) {
      errors.push(fields.code);
      refused.resolve();
    },
  };
  const connection = connect(connectionSettings(discord, changes), log, {
    prepare: () => {},
    ready: async () => ready.resolve(),
  });
  return {
    discord,
    connection,
    ready: ready.promise,
    refused: refused.promise,
    errors,
    opened: () => sockets,
    async [Symbol.asyncDispose]() {
      await connection.stop();
      await discord.close();
    },
  };
}
