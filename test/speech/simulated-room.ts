import type { TestContext } from "node:test";
import {
  playedFrameSamples,
  playedRate,
  silenceFrame,
  type AnswerSpoken,
  type OpusDecoder,
  type VoiceEvent,
  type VoiceSession,
  type VoiceSettings,
} from "../../src/core/voice.ts";
import { pageLead } from "../../src/core/voice-line.ts";
import { openOpusDecoder, openOpusEncoder } from "../../src/speech/codecs/opus.ts";
import { createResampler } from "../../src/speech/codecs/resample.ts";
import { modemSpeechToText, modemTextToSpeech } from "../../src/speech/modem/modem-engines.ts";
import { createWordReader } from "../../src/speech/modem/read-words.ts";
import { writeWords } from "../../src/speech/modem/write-words.ts";
import { asFloat } from "../../src/speech/samples.ts";
import type { VoiceEngines } from "../../src/speech/session.ts";
import { createSpeech } from "../../src/speech/speech.ts";
import { createSimulatedClock, type SimulatedClock } from "./simulated-clock.ts";

/** A room with the bot and people in it, on simulated time; every word travels as sound through Opus. */
export type SimulatedRoom = {
  readonly clock: SimulatedClock;
  readonly session: VoiceSession;
  readonly events: readonly VoiceEvent[];
  /** Gives the events of one kind, in order. */
  all<Kind extends VoiceEvent["kind"]>(kind: Kind): Extract<VoiceEvent, { kind: Kind }>[];
  /** Says a text as `personId`; resolves when its last frame was sent. */
  say(personId: string, text: string): Promise<void>;
  /** Lets any sound be heard: 48 kHz, one channel. */
  sound(personId: string, pcm: Float32Array): Promise<void>;
  /** Several people at once. */
  sayTogether(texts: Readonly<Record<string, string>>): Promise<void>;
  /** Makes a noise that is no word: a cough. */
  cough(personId: string, milliseconds?: number): Promise<void>;
  /** What everybody in the room could understand of the bot since the last call. */
  heard(): string;
  /** Times at which frames were played, silence left out, since the last call of `heard`. */
  readonly played: readonly number[];
  /** Lets time pass until the bot has been silent for `quiet` milliseconds. */
  untilQuiet(quiet?: number): Promise<void>;
};

export const usualSettings: VoiceSettings = {
  language: "ru-RU",
  voice: "",
  wakeNames: ["Apprentice", "Подмастерье"],
  shortestPause: 300,
  longestPause: 1500,
};

/** The simulated model: 40 ms to the first word, 5 ms for each. */
export const echo = (clock: SimulatedClock, prefix = "Ты сказал: "): AnswerSpoken =>
  async function* answer({ text }, signal) {
    const words = text.startsWith("расскажи") ? longStory : `${prefix}${text}`;
    await clock.sleep(40);
    for (const word of words.match(/\S+\s*/g) ?? []) {
      if (signal.aborted) return;
      yield word;
      await clock.sleep(5);
    }
  };

export const longStory = `Хорошо, слушай. ${Array.from({ length: 14 }, (_, index) => `слово${index + 1}`).join(" ")}. Конец.`;

export async function openRoom(
  test: TestContext,
  options: {
    readonly answer?: (clock: SimulatedClock) => AnswerSpoken;
    readonly engines?: Partial<VoiceEngines>;
    readonly settings?: Partial<VoiceSettings>;
    /** The bot is heard from a page: plain samples that wait there, and are dropped at each pause. */
    readonly page?: boolean;
  } = {},
): Promise<SimulatedRoom> {
  const clock = createSimulatedClock();
  const events: VoiceEvent[] = [];
  const played: number[] = [];
  let lastFrame = clock.now();
  const room: OpusDecoder = await openOpusDecoder();
  let reader = createWordReader(16_000);
  let words: string[] = [];
  const listen = (pcm: Float32Array): void => {
    for (const { bytes } of reader.push(pcm)) words.push(new TextDecoder().decode(bytes));
  };
  const fromPage = createResampler(playedRate, 16_000);
  const waiting = new Set<() => void>();
  const sound = (frame: Uint8Array): void => {
    if (options.page) {
      const samples = new Int16Array(Uint8Array.from(frame).buffer);
      return listen(fromPage.push(asFloat(samples)));
    }
    listen(asFloat(room.decode(frame)));
  };
  const session = await createSpeech({
    stt: modemSpeechToText,
    tts: modemTextToSpeech,
    clock,
    ...options.engines,
  }).openSession({
    answer: (options.answer ?? echo)(clock),
    settings: { ...usualSettings, ...options.settings },
    encoding: options.page ? "pcm" : "opus",
    sink: {
      ...(options.page && { lead: pageLead }),
      play(frame) {
        if (options.page) waiting.add(clock.after(pageLead, () => sound(frame)));
        else sound(frame);
        if (frame === silenceFrame) return;
        lastFrame = clock.now();
        played.push(lastFrame);
      },
      speaking() {},
    },
    on(event) {
      events.push(event);
      if (event.kind !== "paused" && event.kind !== "interrupted") return;
      for (const drop of waiting) drop();
      waiting.clear();
    },
  });
  test.after(async () => {
    const closed = session.close();
    await clock.pass(5_000);
    await closed;
    room.close();
  });

  const send = async (sounds: Readonly<Record<string, Float32Array>>): Promise<void> => {
    const frames = await Promise.all(
      Object.entries(sounds).map(async ([personId, pcm]) => ({
        personId,
        frames: await framesOf(pcm),
      })),
    );
    const length = Math.max(...frames.map((person) => person.frames.length));
    for (let index = 0; index < length; index++) {
      for (const person of frames) {
        const frame = person.frames[index];
        if (frame) session.heard(person.personId, frame);
      }
      await clock.pass(20);
    }
  };

  return {
    clock,
    session,
    events,
    played,
    all: (kind) => events.filter((event) => event.kind === kind) as never,
    say: (personId, text) => send({ [personId]: writeWords(text, 48_000).pcm }),
    sayTogether: (texts) =>
      send(
        Object.fromEntries(
          Object.entries(texts).map(([personId, text]) => [personId, writeWords(text, 48_000).pcm]),
        ),
      ),
    sound: (personId, pcm) => send({ [personId]: pcm }),
    cough: (personId, milliseconds = 300) => send({ [personId]: coughOf(milliseconds) }),
    heard() {
      listen(new Float32Array(1_600));
      const said = words.join("");
      words = [];
      reader = createWordReader(16_000);
      played.length = 0;
      return said;
    },
    async untilQuiet(quiet = 1_000) {
      const began = clock.now();
      do await clock.pass(100);
      while (clock.now() - Math.max(began, lastFrame) < quiet);
    },
  };
}

/** A rough low sound with noise in it, the same each time. */
function coughOf(milliseconds: number): Float32Array {
  return Float32Array.from({ length: milliseconds * 48 }, (_, at) => {
    const growl =
      Math.sin((2 * Math.PI * 180 * at) / 48_000) * Math.sin((2 * Math.PI * 9 * at) / 48_000);
    return 0.5 * growl + 0.1 * ((((at * 7919) % 20_011) - 10_005) / 10_005);
  });
}

/** What arrives of a sound that was sent as Opus: frames of 16 kHz. */
async function framesOf(pcm: Float32Array): Promise<Int16Array[]> {
  const [encoder, decoder] = [await openOpusEncoder(), await openOpusDecoder()];
  const frames: Int16Array[] = [];
  for (let at = 0; at < pcm.length; at += playedFrameSamples) {
    const frame = new Float32Array(playedFrameSamples);
    frame.set(pcm.subarray(at, at + playedFrameSamples));
    frames.push(decoder.decode(encoder.encode(frame)));
  }
  encoder.close();
  decoder.close();
  return frames;
}
