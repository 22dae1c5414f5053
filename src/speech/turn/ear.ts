import { frameMilliseconds } from "../../core/voice.ts";
import type { VoiceClock } from "../clock.ts";
import type { Listener } from "../stt/speech-to-text.ts";
import type { VoiceActivity } from "../vad/voice-activity.ts";
import { createPauses, type Pauses } from "./pauses.ts";

/** Hears one person: finds out when they speak, and keeps what they say until it is taken. */
export type Ear = {
  hear(frame: Int16Array): void;
  /** What is being said now; missing while the person is silent. */
  speech(): Speech | undefined;
  /** Ends what is being said, and gives it. */
  take(): Speech | undefined;
  readonly pauses: Pauses;
  readonly listener: Listener | undefined;
  close(): void;
};

/** One thing being said. */
export type Speech = {
  readonly startedAt: number;
  /** When the last frame with a voice came. */
  readonly voiceAt: number;
  /** Milliseconds of voice in all, and without a longer silence until now. */
  readonly voiced: number;
  readonly run: number;
  /** 16 kHz, with what came just before it began. */
  readonly frames: readonly Int16Array[];
  /** The words so far, and when the last ones came; only of engines that hear words at once. */
  readonly partial: string;
  readonly partialAt: number;
};

export type EarParts = {
  readonly clock: VoiceClock;
  readonly activity: VoiceActivity;
  readonly listener: Listener | undefined;
  readonly shortestPause: number;
  readonly longestPause: number;
  readonly partial: (text: string) => void;
};

/** Frames kept from before a voice was noticed: the beginning of the first word. */
const framesBefore = 15;
/** So many frames with a voice, nearly in a row, are somebody speaking. */
const framesToBegin = 3;

export function createEar(parts: EarParts): Ear {
  const { clock, activity, listener } = parts;
  let before: Int16Array[] = [];
  let run = 0;
  let speech: (Speech & { frames: Int16Array[] }) | undefined;

  const listen = (frame: Int16Array): void => {
    const partial = listener?.push(frame);
    if (partial === undefined || !speech) return;
    speech = { ...speech, partial, partialAt: clock.now() };
    parts.partial(partial);
  };
  const begin = (): void => {
    const at = clock.now();
    const frames = before;
    before = [];
    const voiced = run * frameMilliseconds;
    speech = {
      startedAt: at - voiced,
      voiceAt: at,
      voiced,
      run: voiced,
      frames,
      partial: "",
      partialAt: at,
    };
    frames.forEach(listen);
  };
  const goOn = (frame: Int16Array, isVoice: boolean): void => {
    if (!speech) return;
    const at = clock.now();
    speech.frames.push(frame);
    if (isVoice) {
      ear.pauses.wentOn(at - speech.voiceAt);
      speech = { ...speech, voiceAt: at, voiced: speech.voiced + frameMilliseconds };
    }
    speech = { ...speech, run: run * frameMilliseconds };
    listen(frame);
  };

  const ear: Ear = {
    pauses: createPauses(parts.shortestPause, parts.longestPause),
    listener,
    hear(frame) {
      const isVoice = activity.isVoice(frame);
      run = isVoice ? run + 1 : Math.max(0, run - 2);
      if (speech) return goOn(frame, isVoice);
      before.push(frame);
      if (before.length > framesBefore) before.shift();
      if (run >= framesToBegin) begin();
    },
    speech: () => speech,
    take() {
      const said = speech;
      speech = undefined;
      run = 0;
      return said;
    },
    close() {
      activity.close();
      listener?.close();
    },
  };
  return ear;
}
