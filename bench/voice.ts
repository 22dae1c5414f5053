import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  OggOutputFormat,
  Output,
} from "mediabunny";
import type { VoiceSession } from "../src/core/voice.ts";
import { decodeAudio } from "../src/speech/codecs/decode/decode-audio.ts";
import { openOpusEncoder } from "../src/speech/codecs/opus.ts";
import { modemSpeechToText, modemTextToSpeech } from "../src/speech/modem/modem-engines.ts";
import { writeWords } from "../src/speech/modem/write-words.ts";
import { asInteger } from "../src/speech/samples.ts";
import { createSpeech } from "../src/speech/speech.ts";
import type { BenchOptions } from "./run.ts";
import { latencies, rounded } from "./statistics.ts";
import { run as runDiscord } from "./voice-discord.ts";

const story = Array.from({ length: 60 }, (_, index) => `слово${index + 1}`).join(" ");
const settings = {
  language: "ru-RU",
  voice: "",
  wakeNames: [],
  shortestPause: 300,
  longestPause: 1500,
};

/**
 * Everything that voice has to keep to, as one table with its goals: the speech half on the real clock,
 * with the modem for a voice and ears, and Discord's rooms over the encrypted loopback server.
 */
export async function run(options: BenchOptions): Promise<object> {
  const attachment = await hourToSamples();
  const sessions = { talk: await talk(options.rounds ?? 12), twentyRooms: await twentyRooms() };
  const discord = await runDiscord(options);
  return {
    what: "voice: milliseconds, megabytes, and shares of one core",
    table: tableOf(attachment, discord),
    attachment,
    sessions,
    discord,
  };
}

type Attachment = Awaited<ReturnType<typeof hourToSamples>>;
type Discord = Awaited<ReturnType<typeof runDiscord>>;
type Row = {
  readonly measure: string;
  readonly goal: string;
  readonly measured: string;
  readonly kept: boolean;
};

function tableOf(attachment: Attachment, discord: Discord): readonly Row[] {
  const { wallSeconds, megabytesAboveIdle } = attachment;
  const { oneSession, twentySessions, joinToReadyEncrypted, joinsAfterFatalClose } = discord;
  const percentiles = ({ p50, p95 }: { p50: number; p95: number }): string =>
    `p50 ${p50} ms, p95 ${p95} ms`;
  const share = (text: string): number => {
    const [part, whole] = text.split("/").map(Number);
    return part! / whole!;
  };
  const row = (measure: string, goal: string, measured: string, kept: boolean): Row => ({
    measure,
    goal,
    measured,
    kept,
  });
  const processor = [oneSession, twentySessions].map((load) => load.processorPercentPerSession);
  const pace = twentySessions.gapBetweenFramesSent.p99;
  return [
    row(
      "join to ready with encryption",
      "<= 100 ms",
      percentiles(joinToReadyEncrypted),
      joinToReadyEncrypted.p95 <= 100,
    ),
    row(
      "voice-to-voice minus (endpoint + model)",
      "p95 <= 150 ms",
      percentiles(discord.voiceToVoiceMinusEndpoint),
      discord.voiceToVoiceMinusEndpoint.p95 <= 150,
    ),
    row(
      "barge-in: first interrupting packet to last bot packet",
      "p95 <= 150 ms",
      percentiles(discord.bargeIn),
      discord.bargeIn.p95 <= 150,
    ),
    row(
      "heard prefix equals what the person decoded",
      "100 %",
      discord.heardPrefixesExact,
      share(discord.heardPrefixesExact) === 1,
    ),
    row(
      "40 turns exact both ways, ru and en",
      "100 %",
      discord.exactTurns,
      share(discord.exactTurns) === 1,
    ),
    row(
      "the same with 5 % reorder and 30 % padding",
      "100 %",
      discord.exactTurnsReorderedAndPadded,
      share(discord.exactTurnsReorderedAndPadded) === 1,
    ),
    row(
      "false interruption resumed",
      ">= 95 %",
      discord.falseInterruptionsResumed,
      share(discord.falseInterruptionsResumed) >= 0.95,
    ),
    row(
      "rejoin attempts in 60 s after fatal close codes",
      "<= 5",
      `${joinsAfterFatalClose.requests}`,
      joinsAfterFatalClose.requests <= 5,
    ),
    row(
      "1 h attachment to 16 kHz PCM",
      "<= 15 s, <= 80 MB above idle",
      `${wallSeconds} s, ${megabytesAboveIdle} MB`,
      wallSeconds <= 15 && megabytesAboveIdle <= 80,
    ),
    row(
      "processor time per live session, test engines included; one session, twenty",
      "<= 5 % of a core",
      processor.map((percent) => `${percent} %`).join(", "),
      processor.every((percent) => percent <= 5),
    ),
    row(
      "20 sessions in one process: pace of frames sent",
      "p99 <= 25 ms",
      `${pace} ms`,
      pace <= 25,
    ),
  ];
}

async function hourToSamples() {
  const bytes = await hourOfOgg();
  globalThis.gc?.();
  const idle = process.memoryUsage().rss;
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let [samples, most] = [0, 0];
  for await (const pcm of decodeAudio({ name: "hour", bytes }, { seconds: 3_700, time: 300_000 })) {
    samples += pcm.length;
    most = Math.max(most, process.memoryUsage().rss);
  }
  const took = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  return {
    fileMegabytes: rounded(bytes.length / 1e6),
    secondsOfSound: Math.round(samples / 16_000),
    wallSeconds: rounded(took / 1000),
    cpuSeconds: rounded((user + system) / 1e6),
    megabytesAboveIdle: rounded((most - idle) / 1e6),
  };
}

/** An hour of OGG with Opus: the same twenty seconds over and over. */
async function hourOfOgg(): Promise<Uint8Array> {
  const encoder = await openOpusEncoder();
  const voice = writeWords(story, 48_000).pcm.slice(0, 48_000 * 20);
  const packets: Uint8Array[] = [];
  for (let at = 0; at + 960 <= voice.length; at += 960)
    packets.push(encoder.encode(voice.subarray(at, at + 960)));
  encoder.close();
  const source = new EncodedAudioPacketSource("opus");
  const target = new BufferTarget();
  const output = new Output({ format: new OggOutputFormat(), target });
  output.addAudioTrack(source);
  await output.start();
  const head = Buffer.concat([
    Buffer.from("OpusHead"),
    Buffer.from("0101380180bb0000000000", "hex"),
  ]);
  const decoderConfig = {
    codec: "opus",
    sampleRate: 48_000,
    numberOfChannels: 1,
    description: head,
  };
  for (let frame = 0; frame < 180_000; frame++) {
    const packet = packets[frame % packets.length]!;
    await source.add(
      new EncodedPacket(packet, "key", frame * 0.02, 0.02),
      frame === 0 ? { decoderConfig } : undefined,
    );
  }
  await output.finalize();
  return new Uint8Array(target.buffer!);
}

async function talk(rounds: number): Promise<object> {
  const [toSound, toSilence]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const begun = Promise.withResolvers<void>();
    const stopped = Promise.withResolvers<void>();
    let lastFrame = 0;
    let answered = 0;
    const session = await openRoom(
      () => (lastFrame = performance.now()),
      (event) => {
        if (event.kind === "started") {
          answered += 1;
          if (event.afterSpeech !== undefined && answered === 1) toSound.push(event.afterSpeech);
          begun.resolve();
        }
        if (event.kind === "heard-prefix" && !event.whole) stopped.resolve();
      },
    );
    await say(session, "расскажи историю");
    await begun.promise;
    await delay(400 + round * 37);
    const interrupted = performance.now();
    const saying = say(session, "стоп хватит");
    await stopped.promise;
    toSilence.push(lastFrame - interrupted);
    await saying;
    await session.close();
  }
  return {
    rounds,
    lastVoicedFrameToFirstSound: latencies(toSound),
    minusEndpoint: latencies(toSound.map((time) => time - settings.shortestPause)),
    interruptionToLastFrame: latencies(toSilence),
  };
}

async function twentyRooms(): Promise<object> {
  const gaps: number[] = [];
  const sessions = await Promise.all(
    Array.from({ length: 20 }, () => {
      let before = 0;
      return openRoom(() => {
        const at = performance.now();
        if (before > 0) gaps.push(at - before);
        before = at;
      });
    }),
  );
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await Promise.all(sessions.map((session) => session.say(oneText(story), { language: "ru" })));
  const took = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  await Promise.all(sessions.map((session) => session.close()));
  return {
    frameGap: latencies(gaps),
    cpuPerSession: rounded((user + system) / 1000 / took / sessions.length),
  };
}

const openRoom = (
  played: () => void,
  on: Parameters<ReturnType<typeof createSpeech>["openSession"]>[0]["on"] = () => {},
): Promise<VoiceSession> =>
  createSpeech({ stt: modemSpeechToText, tts: modemTextToSpeech }).openSession({
    settings,
    on,
    answer: () => oneText(story),
    sink: {
      play(frame) {
        if (frame.length > 3) played();
      },
      speaking() {},
    },
  });

async function* oneText(text: string): AsyncGenerator<string> {
  yield text;
}

/** Speaks as a person does: a frame each 20 ms. */
async function say(session: VoiceSession, text: string): Promise<void> {
  const pcm = asInteger(writeWords(text, 16_000).pcm);
  const begun = performance.now();
  for (let at = 0; at + 320 <= pcm.length; at += 320) {
    session.heard("person", pcm.slice(at, at + 320));
    await delay(begun + (at / 320 + 1) * 20 - performance.now());
  }
}

const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
