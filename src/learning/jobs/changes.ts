import { sleep } from "../../core/clock.ts";

/** Tells those who wait in this process that something changed, so that they need not look so often. */
export type Changes = {
  tell(): void;
  /** Resolves at the next change, after `milliseconds`, or when the signal is aborted. */
  next(milliseconds: number, signal: AbortSignal): Promise<void>;
};

export function createChanges(): Changes {
  let waiting = new AbortController();
  return {
    tell() {
      const before = waiting;
      waiting = new AbortController();
      before.abort();
    },
    async next(milliseconds, signal) {
      await sleep(milliseconds, AbortSignal.any([waiting.signal, signal])).catch(() => {});
    },
  };
}
