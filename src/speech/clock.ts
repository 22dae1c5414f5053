import { elapsed } from "../core/clock.ts";

/** Time as a voice session sees it; tests put a simulated one in its place. */
export type VoiceClock = {
  /** Milliseconds, never going backwards. */
  now(): number;
  /** Runs `task` once after `milliseconds`; the returned function takes it back. */
  after(milliseconds: number, task: () => void): () => void;
};

export const systemVoiceClock: VoiceClock = {
  now: elapsed,
  after(milliseconds, task) {
    const timer = setTimeout(task, Math.max(0, milliseconds));
    return () => clearTimeout(timer);
  },
};
