import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { startDiscordDouble, type DiscordDouble } from "../test/doubles/discord/server.ts";
import { startOpenAiDouble } from "../test/doubles/openai/server.ts";
import type { Usage } from "./discord-usage.ts";
import type { BenchOptions } from "./run.ts";
import { latencies, median, rounded } from "./statistics.ts";

const perSecond = 200;
const manyGuilds = 5_000;
const channels = 20;
const warming = 800;

type Bot = "echo" | "echo-with-buttons" | "apprentice";

/**
 * Apprentice in a loopback Discord beside a bare discord.js echo bot, and one that sends as much with
 * each answer, in turns, each in a process of its own: CPU per answered message and latency at 200 messages a second, memory with 5,000 guilds, and
 * how soon the first piece of a language model's answer is seen.
 */
export async function run({ rounds = 2_000 }: BenchOptions): Promise<object> {
  const runs: Record<Bot, Measured[]> = { echo: [], "echo-with-buttons": [], apprentice: [] };
  for (let turn = 0; turn < 3; turn++)
    for (const name of ["echo", "echo-with-buttons", "apprentice"] as const)
      runs[name].push(await answering(name, rounds));
  const [echo, peer, apprentice] = [
    summary(runs.echo),
    summary(runs["echo-with-buttons"]),
    summary(runs.apprentice),
  ];
  const guilds = { echo: await caching("echo"), apprentice: await caching("apprentice") };
  return {
    what: `answers in a loopback Discord at ${perSecond} messages a second; milliseconds, megabytes`,
    rounds,
    apprentice,
    baseline: { name: "bare discord.js echo bot", ...echo },
    sameReply: { name: "echo bot that sends the same buttons", ...peer },
    cpuOverBaseline: rounded(apprentice.cpuPerMessage / echo.cpuPerMessage),
    cpuOverSameReply: rounded(apprentice.cpuPerMessage / peer.cpuPerMessage),
    addedP99: rounded(apprentice.latency.p99 - echo.latency.p99),
    memoryWithGuilds: {
      guilds: manyGuilds,
      ...guilds,
      added: rounded(guilds.apprentice - guilds.echo),
    },
    firstPieceSeen: await streaming(),
  };
}

type Measured = {
  readonly cpu: number;
  readonly times: readonly number[];
  readonly memory: number;
};

const summary = (runs: readonly Measured[]) => ({
  cpuPerMessage: rounded(median(runs.map(({ cpu }) => cpu))),
  latency: latencies(runs.flatMap(({ times }) => times)),
  memory: rounded(median(runs.map(({ memory }) => memory))),
});

async function answering(name: Bot, rounds: number): Promise<Measured> {
  const { discord, bot, close } = await start(name);
  const ann = discord.person("Ann");
  const guild = discord.guild("Bench", [ann]);
  const places = Array.from({ length: channels }, (_, at) => discord.channel(guild, `c${at}`));
  if (name === "apprentice")
    for (let at = 0; at < channels; at++)
      await ann.asks(places[0]!, `!teach question ${at}? => answer ${at}`);
  const sentAt = new Map<string, number>();
  const times: number[] = [];
  const say = (at: number): void => {
    const text = `<@${discord.bot.id}> question ${at % channels}?`;
    sentAt.set(ann.says(places[at % channels]!, text).id, performance.now());
  };
  const answered = (count: number) =>
    discord.world.happenings.wait(
      ({ name: happened, about, channelId }) => {
        const message =
          happened === "MESSAGE_CREATE" && discord.world.messages.get(channelId!)?.get(about);
        const asked =
          message && message.replyTo !== undefined ? sentAt.get(message.replyTo) : undefined;
        if (asked === undefined) return undefined;
        times.push(performance.now() - asked);
        sentAt.delete((message as { replyTo: string }).replyTo);
        return times.length >= count ? true : undefined;
      },
      { since: discord.world.happenings.last, what: `${count} answers`, patience: 120_000 },
    );
  // Nobody waits for an answer before the next message is due.
  const load = async (count: number): Promise<void> => {
    const all = answered(count);
    const startedAt = performance.now();
    for (let at = 0; at < count; at++) {
      const wait = startedAt + (at * 1_000) / perSecond - performance.now();
      if (wait > 0) await delay(wait);
      say(at);
    }
    await all;
  };
  // The first ones warm the compiler, and what was taught is retrained meanwhile: not counted.
  await load(warming);
  times.length = 0;
  const before = await usageOf(bot);
  await load(rounds);
  const after = await usageOf(bot);
  await close();
  return { cpu: (after.cpu - before.cpu) / rounds, times, memory: after.memory };
}

/** Megabytes with thousands of guilds known. */
async function caching(name: "echo" | "apprentice"): Promise<number> {
  const { bot, close } = await start(name, (discord) => {
    const owner = discord.person("Owner");
    for (let at = 0; at < manyGuilds; at++) {
      const guild = discord.guild(`Guild ${at}`, [owner]);
      for (const channel of ["general", "help", "off-topic"]) discord.channel(guild, channel);
    }
  });
  await delay(1_000);
  const { memory } = await usageOf(bot);
  await close();
  return rounded(memory);
}

/** Milliseconds from a model's first piece to the message that shows it. */
async function streaming(): Promise<object> {
  const wait = 40;
  let begun = 0;
  const model = await startOpenAiDouble(() => {
    begun = performance.now();
    return Array.from({ length: 20 }, (_, at) => `word${at} `);
  });
  const { discord, close } = await start("apprentice", () => {}, model.url);
  const ann = discord.person("Ann");
  const channel = discord.channel(discord.guild("Bench", [ann]), "general");
  const times: number[] = [];
  for (let round = 0; round < 20; round++) {
    model.fail({ kind: "slow-stream", wait });
    await ann.asks(channel, `<@${discord.bot.id}> tell me story ${round}`);
    times.push(performance.now() - begun - wait);
    const last = discord.messages(channel).at(-1)!;
    await discord.until(channel, ({ id, content }) => id === last.id && content.includes("word19"));
  }
  await close();
  await model.close();
  // The first answer after a start also loads the library of the model's provider.
  const [afterStart = 0, ...later] = times;
  return { afterStart: rounded(afterStart), ...latencies(later) };
}

async function start(name: Bot, prepare: (discord: DiscordDouble) => void = () => {}, model = "") {
  const discord = await startDiscordDouble({ judged: false });
  prepare(discord);
  const env = {
    ...process.env,
    BENCH_API: discord.apiUrl,
    BENCH_TOKEN: discord.token,
    BENCH_MODEL: model,
    BENCH_BUTTONS: name === "echo-with-buttons" ? "yes" : "",
  };
  const file = new URL(`./discord-${name === "apprentice" ? name : "echo"}.ts`, import.meta.url);
  const bot = fork(file, {
    env,
    execArgv: ["--expose-gc"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(bot, "message");
  return {
    discord,
    bot,
    async close() {
      bot.disconnect();
      await once(bot, "exit");
      await discord.close();
    },
  };
}

async function usageOf(bot: ChildProcess): Promise<Usage> {
  bot.send("usage");
  const [usage] = (await once(bot, "message")) as [Usage];
  return usage;
}
