import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import type { VoiceClock } from "../../src/speech/clock.ts";

/** A clock that only moves when told: a minute of talk passes in a moment, the same way each time. */
export type SimulatedClock = VoiceClock & {
  /** Lets so many milliseconds pass, with everything that happens in them. */
  pass(milliseconds: number): Promise<void>;
  sleep(milliseconds: number): Promise<void>;
};

export function createSimulatedClock(): SimulatedClock {
  let time = 1_000;
  const timers = new Set<{ at: number; task: () => void }>();
  const after: VoiceClock["after"] = (milliseconds, task) => {
    const timer = { at: time + Math.max(0, milliseconds), task };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  return {
    now: () => time,
    after,
    sleep: (milliseconds) => new Promise((resolve) => after(milliseconds, resolve)),
    async pass(milliseconds) {
      const end = time + milliseconds;
      for (;;) {
        await turnOfTheLoop();
        const [next] = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (!next) break;
        timers.delete(next);
        time = Math.max(time, next.at);
        next.task();
      }
      time = end;
    },
  };
}
