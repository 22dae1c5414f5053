import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { buttonsOf, type Person } from "../../doubles/discord/person.ts";
import { refusals } from "../../doubles/discord/refusal.ts";
import { startDiscordDouble } from "../../doubles/discord/server.ts";
import { readConfig } from "../../../src/config.ts";
import { discordSettings } from "../../../src/discord-settings.ts";
import { connect } from "../../../src/platforms/discord/connection.ts";
import { silentLog } from "../../../src/core/log.ts";
import { connectionSettings } from "./connection-settings.ts";
import { runBot, type RunningBot } from "./running-bot.ts";

describe("Discord at its worst", () => {
  let bot: RunningBot;
  before(async () => {
    bot = await runBot();
  });
  after(() => bot.close());
  // What goes wrong is ordered; nothing else may be wrong.
  afterEach(() => assert.deepEqual(bot.discord.complaints, []));

  const place = async () => {
    const { discord } = bot;
    const [ann, ben] = ["Ann", "Ben"].map((name) => discord.person(name)) as [Person, Person];
    const guild = discord.guild("Mill", [ann, ben]);
    const channel = discord.channel(guild, "general");
    await ann.asks(channel, "!teach ping? => pong");
    const self = `<@${discord.bot.id}>`;
    const ownMessages = () =>
      discord.messages(channel).filter(({ author }) => author.id === discord.bot.id);
    return { discord, guild, channel, ann, ben, self, ownMessages };
  };
  const posts = (path: string) =>
    bot.discord.rest.requests.filter((each) => each.method === "POST" && each.path === path);

  test("a session that breaks is resumed, and what was said meanwhile is answered once", async () => {
    const { discord, channel, ben, self, ownMessages } = await place();
    const resumed = discord.gateway.connected();
    discord.gateway.drop(4_000);
    const asked = ben.says(channel, `${self} ping?`);
    assert.equal(await resumed, "resumed");
    await discord.until(channel, ({ replyTo }) => replyTo === asked.id);
    discord.repeat(asked);
    assert.equal((await ben.asks(channel, `${self} ping?`)).content, "pong");
    assert.equal(ownMessages().filter(({ content }) => content === "pong").length, 2);
  });

  test("it reconnects when Discord asks for it", async () => {
    const { discord, channel, ben, self } = await place();
    const back = discord.gateway.connected();
    discord.gateway.askToReconnect();
    assert.equal(await back, "resumed");
    assert.equal((await ben.asks(channel, `${self} ping?`)).content, "pong");
  });

  test("rate limits of a route and of everything are waited for, and nothing is lost or doubled", async () => {
    const { discord, channel, ben, self, ownMessages } = await place();
    const path = new RegExp(`^/channels/${channel.id}/messages$`);
    discord.rest.limit({ method: "POST", path, limit: 3, within: 250 });
    discord.rest.fail({ method: "POST", path, kind: "limit", seconds: 0.05, global: true });
    const before = ownMessages().length;
    const questions = Array.from({ length: 6 }, () => ben.says(channel, `${self} ping?`));
    await Promise.all(
      questions.map(({ id }) => discord.until(channel, ({ replyTo }) => replyTo === id)),
    );
    assert.equal(ownMessages().length - before, 6);
    assert.ok(discord.rest.requests.some(({ status }) => status === 429));
  });

  test("a server error or a broken connection is tried again, with the same nonce", async () => {
    const { discord, channel, ben, self, ownMessages } = await place();
    const path = new RegExp(`^/channels/${channel.id}/messages$`);
    const before = ownMessages().length;
    discord.rest.fail(
      { method: "POST", path, kind: "status", status: 502 },
      { method: "POST", path, kind: "cut" },
    );
    assert.equal((await ben.asks(channel, `${self} ping?`)).content, "pong");
    const nonces = posts(`/channels/${channel.id}/messages`)
      .slice(-3)
      .map(({ body }) => body["nonce"]);
    assert.equal(new Set(nonces).size, 1);
    assert.equal(ownMessages().length - before, 1);
  });

  test("a question that vanishes before its answer is answered without a reference", async () => {
    const { discord, channel, ben, self } = await place();
    const path = new RegExp(`^/channels/${channel.id}/messages$`);
    discord.rest.fail({
      method: "POST",
      path,
      kind: "refusal",
      refusal: refusals.unknownReference(),
    });
    const answer = await ben.asks(channel, `${self} ping?`);
    assert.equal(answer.content, "pong");
    assert.equal(answer.replyTo, undefined);
  });

  test("a channel that vanishes takes its answer with it, and nothing else", async () => {
    const { discord, guild, channel, ben, self } = await place();
    const doomed = discord.channel(guild, "doomed");
    ben.says(doomed, `${self} ping?`);
    discord.removeChannel(doomed);
    assert.equal((await ben.asks(channel, `${self} ping?`)).content, "pong");
  });

  test("a missing permission is told to whoever asked: which, where, and who can give it", async () => {
    const { discord, channel, ann, ben, self } = await place();
    const chat = discord.privateChat(ben);
    discord.deny(channel, ["SendMessages"]);
    const since = discord.messages(chat).length;
    ben.says(channel, `${self} ping?`);
    const told = await discord.until(chat, () => discord.messages(chat).length > since);
    assert.match(told.content, /#general.*Send Messages.*manages the server/);
    discord.deny(channel, ["AttachFiles"]);
    const refused = await ann.asks(channel, '!test [{"prompt": "ping?", "answer": "pong"}]');
    assert.match(refused.content, /Attach Files/);
    assert.equal(refused.files.length, 0);
    discord.deny(channel, ["ReadMessageHistory"]);
    assert.equal((await ben.asks(channel, `${self} ping?`)).content, "pong");
    const thread = discord.thread(channel, "talk", ben);
    discord.deny(channel, ["SendMessagesInThreads"]);
    const before = discord.messages(chat).length;
    ben.says(thread, `${self} ping?`);
    await discord.until(chat, () => discord.messages(chat).length > before);
    assert.match(discord.messages(chat).at(-1)!.content, /#talk.*Send Messages in Threads/);
    discord.deny(channel, ["AddReactions"]);
    const answer = await ben.asks(channel, `${self} ping?`);
    ben.reacts(answer, "👎");
    assert.match((await ben.asks(channel, "!feedback bad", { replyTo: answer })).content, /Thank/);
    discord.deny(channel, ["CreatePublicThreads"]);
    await ann.asks(channel, "!settings threads=yes");
    assert.equal((await ben.asks(channel, `${self} ping?`)).content, "pong");
    discord.deny(channel, []);
  });

  test("an interaction whose token ran out is answered in the channel, a personal one in private", async () => {
    const { discord, channel, ann, ben } = await place();
    const path = /^\/webhooks\//;
    discord.rest.fail({ method: "PATCH", path, kind: "refusal", refusal: refusals.oldToken() });
    ben.slash(channel, "ask", { question: "ping?" });
    const inChannel = await discord.until(channel, ({ content }) => content === "pong");
    assert.equal(inChannel.onlyFor, undefined);
    discord.rest.fail({ method: "PATCH", path, kind: "refusal", refusal: refusals.oldToken() });
    const chat = discord.privateChat(ann);
    ann.slash(channel, "status");
    assert.match(
      (await discord.until(chat, ({ content }) => content.includes("Apprentice"))).content,
      /Storage/,
    );
  });

  test("a closed private chat, an empty room, an unknown interaction: the bot works on", async () => {
    const { discord, channel, ben, self } = await place();
    ben.user.open = false;
    ben.says(discord.privateChat(ben), "hello?");
    const path = /^\/interactions\//;
    const refusal = refusals.unknownInteraction();
    discord.rest.fail({ method: "POST", path, kind: "refusal", refusal, times: 2 });
    ben.slash(channel, "hi");
    ben.user.open = true;
    assert.equal((await ben.asks(channel, `${self} ping?`)).content, "pong");
  });

  test("an attachment that lies about its size or is gone is told, and teaches nothing", async () => {
    const { discord, guild, channel, ann } = await place();
    const lesson = { name: "lessons.csv", bytes: Buffer.from("prompt,answer\na?,b\n") };
    const asked = ann.says(channel, "!teach", { files: [lesson] });
    await discord.until(channel, ({ replyTo }) => replyTo === asked.id);
    const gone = { name: "gone.csv", bytes: Buffer.from("prompt,answer\nc?,d\n") };
    const broken = ann.says(channel, "!teach", { files: [gone] });
    discord.world.files.clear();
    const missing = await discord.until(channel, ({ replyTo }) => replyTo === broken.id);
    assert.match(missing.content, /gone\.csv.*404/);
    const liar = {
      name: "lessons.csv",
      bytes: Buffer.from("\u0000\u0001\u0002"),
      contentType: "text/csv",
    };
    const told = await ann.asks(channel, "!teach", { files: [liar] });
    assert.match(told.content, /lessons\.csv/);
    assert.equal((await bot.app.examples.count(`discord:${guild.id}`)).active, 2);
  });

  test("after a restart of the connection everything works, and no command is registered twice", async () => {
    const { discord, channel, ben, self } = await place();
    const puts = () =>
      discord.rest.requests
        .filter(({ method }) => method === "PUT")
        .filter(({ path }) => path.endsWith("/commands")).length;
    const before = puts();
    await bot.reconnect();
    assert.equal((await ben.asks(channel, `${self} ping?`)).content, "pong");
    assert.equal(puts(), before);
  });

  test("what was asked before the process ended is answered after the next start, once", async () => {
    const { discord, guild, channel, ann, ben, self } = await place();
    await bot.connection.stop();
    const asked = [1, 2, 3].map(() => ben.says(channel, `${self} ping?`));
    const begun = asked.map(({ id }) =>
      bot.app.turns.begin({
        workspace: `discord:${guild.id}`,
        room: `discord:${channel.id}`,
        person: `discord:${ben.user.id}`,
        personName: "Ben",
        messageId: `discord:${id}`,
        prompt: "ping?",
        language: "en",
        modelVersion: "recall@1",
      }),
    );
    const [, unsent, sent] = await Promise.all(begun);
    const finished = {
      answer: "pong",
      known: true,
      tier: "exact",
      score: 1,
      exampleIds: [],
      modelVersion: "recall@1",
    } as const;
    await bot.app.turns.finish(unsent!.id, finished);
    await bot.app.turns.finish(sent!.id, finished);
    await bot.app.turns.sent(sent!.id, ["123"]);
    await bot.reconnect();
    for (const { id } of asked.slice(0, 2))
      await discord.until(channel, ({ replyTo, content }) => replyTo === id && content === "pong");
    await bot.reconnect();
    assert.equal((await ann.asks(channel, `${self} ping?`)).content, "pong");
    const answered = discord.messages(channel).flatMap(({ replyTo }) => replyTo ?? []);
    assert.deepEqual(
      asked.map(({ id }) => answered.filter((replied) => replied === id).length),
      [1, 1, 0],
    );
  });

  test("what was said to it while no process ran is answered after the start, each once", async () => {
    const { discord, guild, channel, ann, ben, self } = await place();
    const quiet = discord.channel(guild, "quiet");
    const listening = discord.channel(guild, "listening");
    const chat = discord.privateChat(ben);
    await ann.asks(listening, "!listen on");
    await ben.asks(chat, "!teach ping? => pong alone");
    await bot.connection.stop();
    const asked = [
      ben.says(channel, `${self} ping?`),
      ben.says(listening, "ping?"),
      ben.says(chat, "ping?"),
      ann.says(channel, "!teach late? => still learned"),
    ];
    ben.says(quiet, "nobody asked the bot");
    await bot.reconnect();
    for (const { id, channelId } of asked) {
      const there = discord.world.channels.get(channelId)!;
      await discord.until(there, ({ replyTo }) => replyTo === id);
    }
    // A trainer's command after a start is a trainer's.
    assert.equal((await ben.asks(channel, `${self} late?`)).content, "still learned");
    await bot.reconnect();
    assert.equal((await ben.asks(channel, `${self} ping?`)).content, "pong");
    const answered = [channel, listening, chat, quiet].flatMap((each) =>
      discord.messages(each).flatMap(({ replyTo }) => replyTo ?? []),
    );
    for (const { id } of asked)
      assert.equal(answered.filter((replied) => replied === id).length, 1, id);
    assert.equal(
      discord.messages(quiet).filter(({ author }) => author.id === discord.bot.id).length,
      0,
    );
  });

  test("whoever left meanwhile is no trainer, whatever they were", async () => {
    const { discord, guild, channel, ann, ben, self } = await place();
    const eva = discord.person("Eva");
    discord.join(guild, eva);
    discord.give(guild, eva, discord.role(guild, "Chief", ["ManageGuild"]));
    await bot.connection.stop();
    const lesson = eva.says(channel, "!teach who rules? => Eva");
    discord.leave(guild, eva);
    await bot.reconnect();
    const receipt = await discord.until(channel, ({ replyTo }) => replyTo === lesson.id);
    assert.match(receipt.content, /review/);
    assert.match((await ben.asks(channel, `${self} who rules?`)).content, /do not know/);
    assert.match((await ann.asks(channel, "!teach who rules? => Ann")).content, /now answer “Ann”/);
  });

  test("where nobody can write any more, whoever asked is told in private, once", async () => {
    const { discord, channel, ben, self, ownMessages } = await place();
    const path = new RegExp(`^/channels/${channel.id}/messages$`);
    for (const [refusal, words] of [
      [refusals.threadLocked(), /is locked/],
      [refusals.bareForbidden(), /I lack the permission/],
      [refusals.unknownChannel(), /no longer exists/],
    ] as const) {
      const before = ownMessages().length;
      discord.rest.fail({ method: "POST", path, kind: "refusal", refusal });
      const chat = discord.privateChat(ben);
      const known = discord.messages(chat).length;
      ben.says(channel, `${self} ping?`);
      const told = await discord.until(
        chat,
        (message) => discord.messages(chat).indexOf(message) >= known,
      );
      assert.equal(discord.messages(chat).length, known + 1);
      assert.match(told.content, words);
      assert.equal(ownMessages().length, before);
    }
  });

  test("a private answer that fails in passing is not blamed on the person's settings", async () => {
    const { discord, channel, ben } = await place();
    const chat = discord.privateChat(ben);
    const path = new RegExp(`^/channels/${chat.id}/messages$`);
    discord.rest.fail({
      method: "POST",
      path,
      kind: "refusal",
      refusal: refusals.invalid(["something else"]),
    });
    const answer = await ben.asks(channel, "!mydata");
    assert.match(answer.content, /could not send you the answer in private just now/);
  });

  test("news reach a private chat that the client does not hold after a restart", async () => {
    const { discord, channel, ben, self } = await place();
    const chat = discord.privateChat(ben);
    await bot.reconnect();
    await ben.asks(channel, `${self} ping?`);
    const way = bot.connection.reach(`discord:${chat.id}`);
    await way!.send({ text: "The training has ended." });
    assert.ok(discord.messages(chat).some(({ content }) => content === "The training has ended."));
    await assert.rejects(bot.connection.reach("discord:1")!.send({ text: "Hello?" }), {
      code: "discord-gone",
    });
  });

  test("how far back it reads is the operator's choice", async () => {
    const { discord, channel, ben, self } = await place();
    await bot.connection.stop();
    const old = ben.says(channel, `${self} ping?`);
    await bot.reconnect({ catchUp: 0 });
    assert.equal((await ben.asks(channel, `${self} ping?`)).content, "pong");
    assert.ok(!discord.messages(channel).some(({ replyTo }) => replyTo === old.id));
  });

  test("buttons of before the restart still work after it", async () => {
    const { channel, ann, ben, self } = await place();
    const answer = await ben.asks(channel, `${self} ping?`);
    assert.equal(buttonsOf(answer).length, 5);
    await bot.reconnect();
    assert.match((await ann.clicks(answer, "❓").reply()).content, /ping/);
  });
});

describe("Discord by another clock", () => {
  test("hours ahead or behind, everything is answered once, and tokens live as long as they do", async () => {
    const bot = await runBot();
    const { discord } = bot;
    const [ann, ben] = [discord.person("Ann"), discord.person("Ben")];
    const channel = discord.channel(discord.guild("Mill", [ann, ben]), "general");
    const self = `<@${discord.bot.id}>`;
    await ann.asks(channel, "!teach ping? => pong");
    for (const hours of [5, -10]) {
      discord.clock.pass(hours * 60 * 60_000);
      assert.equal((await ben.asks(channel, `${self} ping?`)).content, "pong");
      assert.equal(
        (await ben.slash(channel, "ask", { question: "ping?" }).reply()).content,
        "pong",
      );
      const answer = await ben.asks(channel, `${self} ping?`);
      assert.match((await ann.clicks(answer, "❓").reply()).content, /ping/);
    }
    assert.deepEqual(discord.complaints, []);
    await bot.close();
  });
});

describe("connecting to Discord", () => {
  const states = async (
    prepare: (discord: Awaited<ReturnType<typeof startDiscordDouble>>) => {
      token?: string;
      apiUrl?: string;
    },
    wanted: string,
  ) => {
    const discord = await startDiscordDouble();
    const given = prepare(discord);
    const told = Promise.withResolvers<void>();
    const log = { ...silentLog, error: () => told.resolve(), warn: () => told.resolve() };
    const connection = connect(
      connectionSettings(discord, { messageContent: true, ...given }),
      log,
      {
        prepare: () => {},
        ready: async () => {},
      },
    );
    await told.promise;
    const state = connection.state();
    assert.equal(state.kind, wanted);
    await connection.stop();
    await discord.close();
    return state;
  };

  test("a refused token is said once and not tried again", async () => {
    const state = await states(() => ({ token: "wrong.token.here" }), "refused");
    assert.equal(state.kind === "refused" && state.error.code, "discord-token-refused");
  });

  test("a server that is not there is tried again, and said so meanwhile", async () => {
    const state = await states(() => ({ apiUrl: "http://127.0.0.1:9/api" }), "retrying");
    assert.equal(state.kind === "retrying" && state.error.code, "discord-unreachable");
  });

  test("a process takes the shards that are its own", async () => {
    const discord = await startDiscordDouble();
    const ready = Promise.withResolvers<void>();
    const environment = {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: `${discord.apiUrl}/v10/`,
      APPRENTICE_DISCORD_SHARD_COUNT: "12",
      APPRENTICE_DISCORD_SHARDS: "7",
    };
    const settings = discordSettings(readConfig("/nowhere", environment).config)!;
    const connection = connect(settings, silentLog, {
      prepare: () => {},
      ready: async () => ready.resolve(),
    });
    await ready.promise;
    assert.deepEqual(discord.gateway.identified?.shard, [7, 12]);
    await connection.stop();
    await discord.close();
    const ranges = readConfig("/nowhere", { ...environment, APPRENTICE_DISCORD_SHARDS: "0-2,8" });
    assert.deepEqual(discordSettings(ranges.config)!.shards, [0, 1, 2, 8]);
  });

  test("without the Message Content intent it starts all the same", async () => {
    const discord = await startDiscordDouble();
    discord.world.allowed.messageContent = false;
    const ready = Promise.withResolvers<void>();
    const connection = connect(
      connectionSettings(discord, { apiUrl: discord.world.origin, messageContent: true }),
      silentLog,
      { prepare: () => {}, ready: async () => ready.resolve() },
    );
    await ready.promise;
    const state = connection.state();
    assert.equal(state.kind === "connected" && state.messageContent, false);
    await connection.stop();
    await discord.close();
  });
});
