import { ApprenticeError } from "../core/errors.ts";
import type { Language } from "../core/language.ts";
import {
  frameMilliseconds,
  heardFrameSamples,
  heardRate,
  type VoiceEvent,
  type VoiceSettings,
} from "../core/voice.ts";
import { systemVoiceClock, type VoiceClock } from "./clock.ts";
import { openOpusDecoder } from "./codecs/opus.ts";
import { createResampler } from "./codecs/resample.ts";
import { modemSpeechToText, modemTextToSpeech } from "./modem/modem-engines.ts";
import { writeWords } from "./modem/write-words.ts";
import { asInteger } from "./samples.ts";
import { openVoiceSession } from "./session.ts";
import type { SpeechToText } from "./stt/speech-to-text.ts";
import type { TextToSpeech } from "./tts/text-to-speech.ts";

/** The stages of one turn by voice, in milliseconds since the person's last word. */
export type LoopTimes = {
  readonly understood: number;
  readonly firstSound: number;
  readonly whole: number;
};

const said = "Раз two три, слышно?";
const answered = "Слышно: раз two три.";
/** Longer than this no loop takes, in milliseconds. */
const patience = 20_000;

/**
 * One whole turn by voice on this machine, without any outside help: the modem speaks as a person,
 * the session hears, answers and speaks through Opus, and the answer is heard again. Throws
 * `speech-engine-failed` when a word was lost on the way.
 */
export async function testVoiceLoop(
  settings: VoiceSettings,
  clock: VoiceClock = systemVoiceClock,
): Promise<LoopTimes> {
  const listener = modemSpeechToText.listen!({ language: "auto" });
  const ear = await openOpusDecoder();
  const over = Promise.withResolvers<void>();
  const at = new Map<VoiceEvent["kind"], number>();
  let spokenAt = 0;
  const session = await openVoiceSession(
    { stt: modemSpeechToText, tts: modemTextToSpeech, clock },
    {
      settings,
      async *answer() {
        yield answered;
      },
      sink: { play: (frame) => void listener.push(ear.decode(frame)), speaking() {} },
      on(event) {
        at.set(event.kind, clock.now());
        if (event.kind === "heard-prefix") over.resolve();
        if (event.kind === "failed") over.reject(event.error);
      },
    },
  );
  const late = clock.after(patience, () => over.reject(lost("timeout")));
  try {
    const frames = framesOf(asInteger(writeWords(said, heardRate).pcm));
    for (const frame of frames) {
      session.heard("person", frame);
      spokenAt = clock.now();
      await new Promise<void>((resolve) => clock.after(frameMilliseconds, resolve));
    }
    await over.promise;
    const { text } = await listener.finish();
    if (text !== answered) throw lost("words");
    const since = (kind: VoiceEvent["kind"]): number =>
      Math.round((at.get(kind) ?? spokenAt) - spokenAt);
    return {
      understood: since("transcript"),
      firstSound: since("started"),
      whole: since("heard-prefix"),
    };
  } finally {
    late();
    await session.close();
    ear.close();
    listener.close();
  }
}

const lost = (reason: string): ApprenticeError =>
  new ApprenticeError("speech-engine-failed", { engine: "modem", reason });

function framesOf(pcm: Int16Array): Int16Array[] {
  const frames: Int16Array[] = [];
  for (let at = 0; at < pcm.length; at += heardFrameSamples) {
    const frame = new Int16Array(heardFrameSamples);
    frame.set(pcm.subarray(at, at + heardFrameSamples));
    frames.push(frame);
  }
  return frames;
}

/** What came of one engine: how long it took, in milliseconds. */
export type SpeakingTimes = {
  readonly firstSound: number;
  readonly whole: number;
  /** Of the sound, in milliseconds. */
  readonly length: number;
  /** 16 kHz, one channel. */
  readonly pcm: Int16Array;
};

/** Lets an engine speak a sentence. Throws what the engine throws. */
export async function testSpeaking(
  tts: TextToSpeech,
  language: Language,
  voice: string,
  signal: AbortSignal,
): Promise<SpeakingTimes> {
  const { now } = systemVoiceClock;
  const begun = now();
  let firstSound: number | undefined;
  let resampler: ReturnType<typeof createResampler> | undefined;
  const pieces: Float32Array[] = [];
  for await (const { pcm, rate } of tts.speak(sentences[language], { language, voice, signal })) {
    firstSound ??= Math.round(now() - begun);
    resampler ??= createResampler(rate, heardRate);
    pieces.push(resampler.push(pcm));
  }
  const whole = Math.round(now() - begun);
  const all = asInteger(Float32Array.from(pieces.flatMap((piece) => [...piece])));
  const length = Math.round((all.length / heardRate) * 1000);
  return { firstSound: firstSound ?? whole, whole, length, pcm: all };
}

/** Lets an engine understand what another spoke; the text is for a person to judge. */
export async function testHearing(
  stt: SpeechToText,
  pcm: Int16Array,
  language: string,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly whole: number }> {
  const { now } = systemVoiceClock;
  const begun = now();
  const { text } = await stt.transcribe(pcm, { language, signal });
  return { text, whole: Math.round(now() - begun) };
}

const sentences: Record<Language, string> = {
  en: "Hello! I am listening to myself.",
  ru: "Здравствуйте! Я слушаю сам себя.",
};
