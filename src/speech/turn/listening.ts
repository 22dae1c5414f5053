import { frameMilliseconds } from "../../core/voice.ts";
import type { VoiceClock } from "../clock.ts";
import type { SpeechToText } from "../stt/speech-to-text.ts";
import type { VoiceActivity } from "../vad/voice-activity.ts";
import { createEar, type Ear, type Speech } from "./ear.ts";

/** Hears everybody in a room, each with an ear of their own. */
export type Listening = {
  hear(personId: string, frame: Int16Array): void;
  speechOf(personId: string): Speech | undefined;
  /** Forgets a person, in the middle of a word if need be. */
  drop(personId: string): void;
  people(): readonly string[];
  close(): void;
};

export type ListeningParts = {
  readonly clock: VoiceClock;
  readonly stt: SpeechToText;
  readonly newActivity: () => VoiceActivity;
  readonly language: string;
  readonly shortestPause: number;
  readonly longestPause: number;
  readonly on: {
    partial(personId: string, text: string): void;
    /** Somebody is speaking: for each frame. */
    voice(personId: string, speech: Speech): void;
    /** Somebody was speaking and is silent for `silence` milliseconds: for each 20 ms of it. */
    silence(personId: string, speech: Speech, silence: number): void;
    /** Somebody has finished. `ear` gives the words of engines that hear at once. */
    finished(personId: string, speech: Speech, ear: Ear): void;
  };
};

/** Longer than this nobody speaks in one go, in milliseconds: it is taken as it is. */
const longestSpeech = 60_000;
/** A clock that strikes so many milliseconds late says that the whole process was held up. */
const heldUp = 40;
/** After so many late strokes in a row this is how the machine is, and silence counts all the same. */
const mostLate = 5;

export function createListening(parts: ListeningParts): Listening {
  const { clock, stt, on, language } = parts;
  const ears = new Map<string, Ear>();
  let stopTimer: (() => void) | undefined;
  let dueAt = 0;
  let late = 0;

  const earOf = (personId: string): Ear => {
    const known = ears.get(personId);
    if (known) return known;
    const ear = createEar({
      clock,
      activity: parts.newActivity(),
      listener: stt.listen?.({ language }),
      shortestPause: parts.shortestPause,
      longestPause: parts.longestPause,
      partial: (text) => on.partial(personId, text),
    });
    ears.set(personId, ear);
    return ear;
  };

  // Silence is not sent by everybody, so only a clock can tell that somebody has finished.
  const tick = (): void => {
    stopTimer = undefined;
    // What people said meanwhile still waits to be read: that is no silence of theirs.
    const isLate = clock.now() - dueAt > heldUp && late < mostLate;
    late = isLate ? late + 1 : 0;
    if (!isLate) endSilences();
    watch();
  };
  const endSilences = (): void => {
    for (const [personId, ear] of ears) {
      const speech = ear.speech();
      if (!speech) continue;
      const silence = clock.now() - speech.voiceAt;
      const isOver =
        silence >= ear.pauses.delay(speech.partial) ||
        clock.now() - speech.startedAt >= longestSpeech;
      if (isOver) on.finished(personId, ear.take()!, ear);
      else if (silence >= frameMilliseconds * 2) on.silence(personId, speech, silence);
    }
  };
  const watch = (): void => {
    if (stopTimer || ![...ears.values()].some((ear) => ear.speech())) return;
    dueAt = clock.now() + frameMilliseconds;
    stopTimer = clock.after(frameMilliseconds, tick);
  };

  return {
    hear(personId, frame) {
      const ear = earOf(personId);
      ear.hear(frame);
      const speech = ear.speech();
      if (speech) on.voice(personId, speech);
      watch();
    },
    speechOf: (personId) => ears.get(personId)?.speech(),
    drop(personId) {
      ears.get(personId)?.close();
      ears.delete(personId);
    },
    people: () => [...ears.keys()],
    close() {
      stopTimer?.();
      for (const ear of ears.values()) ear.close();
      ears.clear();
    },
  };
}
