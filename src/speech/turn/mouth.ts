import { frameMilliseconds, type VoiceSink } from "../../core/voice.ts";
import type { VoiceClock } from "../clock.ts";

/** Gives the next frame to play, or nothing when there is none now. */
export type FrameSource = () => Uint8Array | undefined;

/** Plays frames at an even pace, one source at a time. */
export type Mouth = {
  /** Plays from `source` from now on. */
  take(source: FrameSource): void;
  /** A source that had nothing has a frame now. */
  wake(): void;
  /** Plays nothing more from `source` but these last frames, which are not waited for. */
  release(source: FrameSource, last?: readonly Uint8Array[]): void;
  close(): void;
};

/** Frames of silence at the end of a burst. */
const silentFrames = 5;
/** Later than this the machine stood still: what was missed is not played in a rush. */
const longestDelay = 100;

/**
 * A clock of 20 ms that does not drift: each frame is due at a fixed distance from the first of its
 * burst, so a late one does not delay those after it. `silence` closes each burst when given.
 */
export function createMouth(clock: VoiceClock, sink: VoiceSink, silence?: Uint8Array): Mouth {
  let source: FrameSource | undefined;
  let stopTimer: (() => void) | undefined;
  let isSpeaking = false;
  let silentPlayed = 0;
  let due = 0;

  const tick = (): void => {
    const isOpen = sink.isOpen?.() !== false;
    const frame = isOpen ? source?.() : undefined;
    if (frame) {
      silentPlayed = 0;
      if (!isSpeaking) sink.speaking((isSpeaking = true));
      sink.play(frame);
    } else if (isSpeaking) {
      if (silence && silentPlayed < silentFrames) sink.play(silence);
      silentPlayed += 1;
      if (silentPlayed > silentFrames) sink.speaking((isSpeaking = false));
    }
    due += frameMilliseconds;
    const wait = due - clock.now();
    if (wait < -longestDelay) due = clock.now();
    const goesOn = isSpeaking || (source !== undefined && !isOpen);
    stopTimer = goesOn ? clock.after(Math.max(0, wait), tick) : undefined;
  };
  /** Within a burst the next frame has its time already. */
  const wake = (): void => {
    if (stopTimer || !source) return;
    due = clock.now();
    tick();
  };

  return {
    take(next) {
      source = next;
      wake();
    },
    wake,
    release(released, last = []) {
      if (source !== released) return;
      for (const frame of last) sink.play(frame);
      source = undefined;
    },
    close() {
      stopTimer?.();
      source = undefined;
      if (isSpeaking) sink.speaking((isSpeaking = false));
    },
  };
}
