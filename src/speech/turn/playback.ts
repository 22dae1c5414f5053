import { frameMilliseconds, playedFrameSamples } from "../../core/voice.ts";
import type { SpokenWord } from "../tts/text-to-speech.ts";
import type { FrameSource } from "./mouth.ts";

/** How frames are made of 20 ms of sound. */
export type FrameEncoder = {
  encode(pcm: Float32Array): Uint8Array;
  /** By how much a receiver hears everything later than it was encoded, in seconds. */
  readonly delay: number;
};

/** The sound of one answer: filled from one side while it is played from the other. */
export type Playback = {
  /** More sound: 48 kHz, one channel. */
  add(pcm: Float32Array): void;
  /** The words of one clause; seconds count from the start of the whole answer. */
  setWords(clause: number, words: readonly SpokenWord[]): void;
  /** Seconds of sound so far. */
  length(): number;
  /** Nothing more will be added. */
  finish(): void;
  /** Frames for the mouth. */
  readonly next: FrameSource;
  /** Stops within a frame; `resume` begins again with the word that was cut. */
  pause(): void;
  resume(): void;
  /**
   * Drops what was not played. Gives the end of a word that is almost out, to be played at once: before
   * it nobody knows whether the word was understood.
   */
  cut(): readonly Uint8Array[];
  /** Whether all of it was played. */
  isWhole(): boolean;
  /** The words that were played to their end. */
  heardText(): string;
};

export type PlaybackEvents = {
  /** There may be a frame to play. */
  filled(): void;
  /** The first frame is about to be played. */
  started(): void;
  /** The last one was. */
  ended(): void;
};

/** Playing begins, and goes on after a hole, when so many frames are there. */
const prebuffer = 2;
/** Before its end a word cannot be understood for sure, nor for sure not, for so many seconds. */
const uncertain = 0.014;
const frameLength = frameMilliseconds / 1000;

/** `lead`: milliseconds that frames wait at the receiver, which drops them when the voice pauses. */
export function createPlayback(encoder: FrameEncoder, events: PlaybackEvents, lead = 0): Playback {
  const leadFrames = Math.ceil(lead / frameMilliseconds);
  const sound: Float32Array[] = [];
  const words: (readonly SpokenWord[])[] = [];
  let rest = new Float32Array(0);
  let position = 0;
  let furthest = 0;
  /** Frames that were heard when the voice last paused. */
  let heardBefore = 0;
  let isFinished = false;
  let isPaused = false;
  let isBuffering = true;
  let hasEnded = false;

  /** What a receiver has heard when `frames` have left its queue, in seconds. */
  const heardTime = (frames: number): number => frames * frameLength - encoder.delay;
  const heardFrames = (): number => Math.max(heardBefore, furthest - leadFrames);
  const all = (): readonly SpokenWord[] => words.flat();

  const end = (): void => {
    if (hasEnded) return;
    hasEnded = true;
    events.ended();
  };
  /** A word that is almost out is let out: a moment later everybody agrees whether it was heard. */
  const isBetweenWords = (): boolean => {
    if (leadFrames > 0) return true;
    const heard = heardTime(position);
    return !all().some((word) => heard < word.end && word.end < heard + uncertain);
  };

  const frameAt = (pcm: Float32Array): Uint8Array => {
    position += 1;
    furthest = Math.max(furthest, position);
    return encoder.encode(pcm);
  };

  return {
    add(pcm) {
      const joined = new Float32Array(rest.length + pcm.length);
      joined.set(rest);
      joined.set(pcm, rest.length);
      let at = 0;
      for (; at + playedFrameSamples <= joined.length; at += playedFrameSamples) {
        sound.push(joined.slice(at, at + playedFrameSamples));
      }
      rest = joined.slice(at);
      events.filled();
    },
    setWords(clause, spoken) {
      words[clause] = spoken;
    },
    length: () => sound.length * frameLength + rest.length / (playedFrameSamples / frameLength),
    finish() {
      if (isFinished) return;
      isFinished = true;
      if (rest.length > 0) {
        const last = new Float32Array(playedFrameSamples);
        last.set(rest);
        sound.push(last);
        rest = new Float32Array(0);
      }
      if (position >= sound.length) end();
      else events.filled();
    },
    next() {
      if (hasEnded || (isPaused && isBetweenWords())) return undefined;
      if (isBuffering && !isFinished && sound.length - position < prebuffer) return undefined;
      isBuffering = false;
      const pcm = sound[position];
      if (!pcm) {
        isBuffering = true;
        return undefined;
      }
      if (furthest === 0) events.started();
      const frame = frameAt(pcm);
      if (isFinished && position >= sound.length) end();
      return frame;
    },
    pause() {
      isPaused = true;
      if (leadFrames === 0) return;
      heardBefore = heardFrames();
      position = Math.min(position, heardBefore);
      furthest = heardBefore;
    },
    resume() {
      isPaused = false;
      const heard = heardTime(position);
      const broken = all().find((word) => word.start < heard && heard < word.end);
      if (broken) position = Math.min(position, Math.floor(broken.start / frameLength));
      events.filled();
    },
    cut() {
      const frames: Uint8Array[] = [];
      while (!hasEnded && position > 0 && position < sound.length && !isBetweenWords())
        frames.push(frameAt(sound[position]!));
      hasEnded = true;
      return frames;
    },
    isWhole: () => isFinished && furthest >= sound.length,
    heardText() {
      const heard = heardTime(heardFrames());
      const spoken = all();
      if (isFinished && furthest >= sound.length) return spoken.map(({ text }) => text).join("");
      return spoken
        .filter((word) => word.end <= heard)
        .map(({ text }) => text)
        .join("");
    },
  };
}
