import { silentLog } from "../src/core/log.ts";
import { defaultLinkTimes, VoiceLink } from "../src/platforms/discord/voice/voice-link.ts";
import { Signalling } from "../test/doubles/discord-voice/signalling.ts";
import { lessons } from "../test/platforms/discord/voice/lessons.ts";
import type { BenchOptions } from "./run.ts";
import { latencies, rounded } from "./statistics.ts";
import { BotWorld, endpoint } from "./voice/bot-world.ts";
import { People } from "./voice/people.ts";

const bot = "300000000000000001";
const guild = "400000000000000001";
/** A pause that no busy machine takes for the end, where only the words count; in milliseconds. */
const patient = 800;

/**
 * Voice rooms of Discord over the encrypted loopback server, with engines that carry text in real
 * sound; all times in milliseconds. The voice server and the people are a process of their own, so the
 * processor time is the bot's, its test engines included.
 */
export async function run({ rounds = 20 }: BenchOptions) {
  const latency = await withWorld({}, endpoint, async (world) => ({
    ...(await answers(world, rounds)),
    bargeIn: await bargeIns(world, rounds),
  }));
  return {
    what: "Discord voice over the encrypted loopback server, milliseconds",
    rounds,
    joinToReadyEncrypted: await joins(rounds),
    ...latency,
    ...(await exactness(2 * rounds)),
    joinsAfterFatalClose: { code: 4_017, requests: await joinsAfterRefusals(), goal: 5 },
    oneSession: await load(1),
    twentySessions: await load(20),
  };
}

/** From asking the gateway to being heard in a call with one person. */
async function joins(rounds: number) {
  const times: number[] = [];
  const people = await People.start();
  for (let round = -2; round < rounds; round++) {
    const channelId = `50000000000000${String(round + 10).padStart(4, "0")}`;
    await people.ask({ kind: "enter", channelId, userId: `6${channelId}` });
    const start = performance.now();
    const link = await openLink(people, channelId);
    if (round >= 0) times.push(performance.now() - start);
    link.close();
  }
  await people.close();
  return latencies(times);
}

const openLink = (people: People, channelId: string): Promise<VoiceLink> =>
  VoiceLink.open(
    {
      guildId: guild,
      botId: bot,
      adapterCreator: new Signalling(people, bot).adapterCreator(guild),
      heard: { frame() {}, takes: () => true },
      times: { ...defaultLinkTimes, firstWait: 1 },
      log: silentLog,
      closing: new AbortController().signal,
      ended() {},
    },
    channelId,
    true,
  );

async function joinsAfterRefusals(): Promise<number> {
  const people = await People.start();
  await people.ask({ kind: "refuse", code: 4_017 });
  await openLink(people, "500000000000000001").catch(() => {});
  const { count = 0 } = await people.ask({ kind: "identifications", userId: bot });
  await people.close();
  return count;
}

async function withWorld<Result>(
  options: Parameters<typeof BotWorld.open>[0],
  shortestPause: number,
  run: (world: BotWorld) => Promise<Result>,
): Promise<Result> {
  const world = await BotWorld.open(options, shortestPause);
  try {
    return await run(world);
  } finally {
    await world.close();
  }
}

/** From a person's last sound to the bot's first. */
async function answers(world: BotWorld, rounds: number) {
  const [text, answer] = ["Когда открыто?", "С десяти до шести."];
  const { userId } = await world.place([[text, answer]]);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { wait = Number.NaN } = await world.people.ask({
      kind: "question",
      userId,
      text,
      answer,
    });
    times.push(wait);
  }
  const added = latencies(times.map((time) => time - endpoint));
  return { voiceToVoice: latencies(times), voiceToVoiceMinusEndpoint: added };
}

const tale = Array.from({ length: 60 }, (_, index) => `w${index}`).join(" ");
const interrupting: readonly (readonly [string, string])[] = [
  ["Tell me", tale],
  ["Stop", "Quiet."],
];
const interruption = (until: string) =>
  ({ ask: "Tell me", until, stop: "Stop", answer: "Quiet." }) as const;

/** From an interrupter's first sound to the bot's last frame. */
async function bargeIns(world: BotWorld, rounds: number) {
  const { userId } = await world.place(interrupting);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const asked = { kind: "interruption", userId, interruption: interruption("w2") } as const;
    times.push((await world.people.ask(asked)).wait ?? Number.NaN);
  }
  return latencies(times);
}

/** What has to be exact: turns both ways, on a good and on a bad network; records; coughs. */
async function exactness(rounds: number) {
  const [good, bad, records, coughs] = await Promise.all([
    withWorld({}, patient, turns),
    withWorld({ faults: { reorder: 0.05, padding: 0.3 }, seed: 3 }, patient, turns),
    withWorld({}, endpoint, (world) => heardPrefixes(world, rounds)),
    withWorld({}, endpoint, (world) => falseInterruptions(world, rounds)),
  ]);
  return {
    exactTurns: good,
    exactTurnsReorderedAndPadded: bad,
    heardPrefixesExact: records,
    falseInterruptionsResumed: coughs,
  };
}

/** Questions understood and answers heard, word for word, in Russian and English. */
async function turns(world: BotWorld): Promise<string> {
  const place = await world.place(lessons);
  let exact = 0;
  for (const [text, answer] of lessons) {
    const { userId } = place;
    const { heard } = await world.people.ask({ kind: "question", userId, text, answer });
    const [kept] = await world.kept(place, 1);
    if (heard === answer && kept?.[0] === text) exact += 1;
  }
  return `${exact}/${lessons.length}`;
}

/** Interruptions after which the record is what the person decoded. */
async function heardPrefixes(world: BotWorld, rounds: number): Promise<string> {
  const place = await world.place(interrupting);
  const { userId } = place;
  let exact = 0;
  for (let round = 0; round < rounds; round++) {
    const asked = {
      kind: "interruption",
      userId,
      interruption: interruption(`w${round % 5}`),
    } as const;
    const { heard } = await world.people.ask(asked);
    const [told] = await world.kept(place, 2);
    if (told?.[1] === heard) exact += 1;
  }
  return `${exact}/${rounds}`;
}

async function falseInterruptions(world: BotWorld, rounds: number): Promise<string> {
  const answer = Array.from({ length: 9 }, (_, index) => `w${index}`).join(" ");
  const { userId } = await world.place([["Say it", answer]]);
  let whole = 0;
  for (let round = 0; round < rounds; round++) {
    const cough = { ask: "Say it", until: "w0", end: "w8" };
    const { heard } = await world.people.ask({ kind: "cough", userId, cough });
    if (heard === answer) whole += 1;
  }
  return `${whole}/${rounds}`;
}

/** Seconds that sessions talk without a pause. */
const talkSeconds = 20;

/** Sessions that talk all the time, each in a guild of its own: processor time, and how even the pace is. */
const load = (sessions: number) =>
  withWorld({}, endpoint, async (world) => {
    const userIds: string[] = [];
    for (let index = 0; index < sessions; index++) {
      const { userId } = await world.place([["How are you?", "Quite well, thank you very much."]]);
      userIds.push(userId);
    }
    world.gaps = [];
    const before = process.cpuUsage();
    const start = performance.now();
    const talk = {
      kind: "conversations",
      userIds,
      seconds: talkSeconds,
      ask: "How are you?",
    } as const;
    const { gaps = [] } = await world.people.ask(talk);
    const { user, system } = process.cpuUsage(before);
    const share = (user + system) / 1_000 / (performance.now() - start);
    return {
      sessions,
      processorPercentPerSession: rounded((share / sessions) * 100),
      gapBetweenFramesSent: latencies(world.gaps),
      gapBetweenFramesReceived: latencies(gaps),
      framesReceived: gaps.length,
      residentMb: rounded(process.memoryUsage.rss() / 1_000_000),
    };
  });
