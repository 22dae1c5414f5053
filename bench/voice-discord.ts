import { silentLog } from "../src/core/log.ts";
import { defaultLinkTimes, VoiceLink } from "../src/platforms/discord/voice/voice-link.ts";
import { DiscordVoiceDouble } from "../test/doubles/discord-voice/server.ts";
import { Signalling } from "../test/doubles/discord-voice/signalling.ts";
import type { Talker } from "../test/platforms/discord/voice/talker.ts";
import {
  guild,
  inVoiceWorld,
  room,
  VoiceWorld,
} from "../test/platforms/discord/voice/voice-world.ts";
import type { BenchOptions } from "./run.ts";
import { latencies, quantile, rounded } from "./statistics.ts";

const bot = "300000000000000001";
const ann = "200000000000000002";
/** The pause that ends what somebody says in these worlds, in milliseconds. */
const endpoint = 300;

/**
 * Voice rooms of Discord over the encrypted loopback server, with engines that carry text in real
 * sound; all times in milliseconds. Server, people and bot share this process.
 */
export async function run({ rounds = 20 }: BenchOptions): Promise<object> {
  return {
    what: "Discord voice over the encrypted loopback server, milliseconds",
    rounds,
    joinToReadyEncrypted: await joins(rounds),
    ...(await turns(rounds)),
    bargeIn: await interruptions(rounds),
    joinsAfterFatalClose: { code: 4_017, requests: await joinsAfterRefusals(), goal: 5 },
    oneSession: await load(1),
    twentySessions: await load(20),
  };
}

/** From asking the gateway to being heard in a call with one person. */
async function joins(rounds: number): Promise<object> {
  const times: number[] = [];
  for (let round = -2; round < rounds; round++) {
    const double = await DiscordVoiceDouble.start();
    double.enter(room, ann);
    const start = performance.now();
    const link = await openLink(double);
    if (round >= 0) times.push(performance.now() - start);
    link.close();
    await double.close();
  }
  return latencies(times);
}

const openLink = (double: DiscordVoiceDouble): Promise<VoiceLink> =>
  VoiceLink.open(
    {
      guildId: guild,
      botId: bot,
      adapterCreator: new Signalling(double, bot).adapterCreator(guild),
      heard: { frame() {}, takes: () => true },
      times: { ...defaultLinkTimes, firstWait: 1 },
      log: silentLog,
      closing: new AbortController().signal,
      ended() {},
    },
    room,
    true,
  );

async function joinsAfterRefusals(): Promise<number> {
  const double = await DiscordVoiceDouble.start();
  double.refuse(...Array<number>(10_000).fill(4_017));
  await openLink(double).catch(() => {});
  await double.close();
  return double.identifications.get(bot) ?? 0;
}

/** From a person's last sound to the bot's first, and whether all words came through both ways. */
async function turns(rounds: number): Promise<object> {
  const times: number[] = [];
  let exact = 0;
  await inVoiceWorld(async (world) => {
    const talker = await ready(world);
    await world.write(ann, "!teach Когда открыто? => С десяти до шести.");
    for (let round = 0; round < rounds; round++) {
      talker.forget();
      const { last } = await talker.say("Когда открыто?");
      const answer = await talker.hears((text) => text.endsWith(".")).catch(() => "");
      if (answer === "С десяти до шести.") exact += 1;
      // The end of the answer before may still have been on its way.
      times.push(talker.sound.find((at) => at > last)! - last);
    }
  });
  const added = latencies(times.map((time) => time - endpoint));
  return { voiceToVoice: latencies(times), voiceToVoiceMinusEndpoint: added, exactTurns: exact };
}

/** From an interrupter's first sound to the bot's last frame, and whether the record is what was heard. */
async function interruptions(rounds: number): Promise<object> {
  const times: number[] = [];
  await inVoiceWorld(async (world) => {
    const talker = await ready(world);
    const tale = Array.from({ length: 60 }, (_, index) => `w${index}`).join(" ");
    await world.write(ann, `!teach Tell me => ${tale}`);
    await world.write(ann, "!teach Stop => Quiet.");
    for (let round = 0; round < rounds; round++) {
      talker.forget();
      await talker.say("Tell me");
      await talker.hears((text) => text.includes("w2"));
      const speaking = talker.say("Stop");
      await talker.hears((text) => text.endsWith("Quiet."));
      const { first } = await speaking;
      const { sound } = talker;
      const silence = sound.findIndex((at, index) => at > first && sound[index + 1]! - at > 200);
      times.push(sound[silence]! - first);
    }
  });
  return latencies(times);
}

async function ready(world: VoiceWorld): Promise<Talker> {
  const talker = await world.enter(ann, "Ann", room, "admin");
  await world.write(ann, "!join");
  return talker;
}

/** Seconds that sessions talk without a pause. */
const talkSeconds = 20;

/** Sessions that talk all the time, each in a guild of its own: processor time, and how even the pace is. */
async function load(sessions: number): Promise<object> {
  const world = await VoiceWorld.open();
  const talkers: Talker[] = [];
  for (let index = 0; index < sessions; index++) {
    const guildId = String(400_000_000_000_000_000n + BigInt(index));
    const channelId = String(410_000_000_000_000_000n + BigInt(index));
    const userId = String(420_000_000_000_000_000n + BigInt(index));
    world.guilds.addChannel(guildId, channelId);
    talkers.push(await world.enter(userId, `Person ${index}`, channelId, "admin"));
    await world.write(userId, "!join", guildId);
    await world.write(userId, "!teach How are you? => Quite well, thank you very much.", guildId);
  }
  const before = process.cpuUsage();
  const start = performance.now();
  const until = start + talkSeconds * 1_000;
  await Promise.all(talkers.map((talker) => talkUntil(talker, until)));
  const { user, system } = process.cpuUsage(before);
  const share = (user + system) / 1_000 / (performance.now() - start);
  const gaps = talkers.flatMap(({ sound }) =>
    sound.slice(1).flatMap((at, index) => {
      const gap = at - sound[index]!;
      return gap < 200 ? [gap] : [];
    }),
  );
  await world.close();
  return {
    sessions,
    processorPercentPerSession: rounded((share / sessions) * 100),
    framesHeard: gaps.length,
    gapBetweenFrames: { ...latencies(gaps), p99: rounded(quantile(gaps, 0.99)) },
    residentMb: rounded(process.memoryUsage.rss() / 1_000_000),
  };
}

async function talkUntil(talker: Talker, until: number): Promise<void> {
  while (performance.now() < until) {
    await talker.say("How are you?");
    const before = talker.sound.length;
    await talker.hears(() => talker.sound.length > before + 40).catch(() => "");
  }
}
