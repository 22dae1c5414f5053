import { elapsed } from "../../core/clock.ts";
import type { ApprenticeError } from "../../core/errors.ts";

/** So many failures in a row open it. */
const mostFailures = 3;
const firstRest = 30_000;
const longestRest = 300_000;

/**
 * Keeps a server that is away from being asked with every question (Nygard, "Release It!", the
 * circuit breaker): after some failures in a row nothing is asked for a while, then one try decides.
 */
export type Breaker = {
  /** The failure that keeps it open; `undefined`: ask. */
  refusal(): ApprenticeError | undefined;
  succeeded(): void;
  failed(error: ApprenticeError): void;
};

export function createBreaker(now: () => number = elapsed): Breaker {
  let failures = 0;
  let last: ApprenticeError | undefined;
  let until = 0;
  return {
    refusal() {
      if (failures < mostFailures || now() >= until) return undefined;
      return last;
    },
    succeeded() {
      failures = 0;
      last = undefined;
    },
    failed(error) {
      failures += 1;
      last = error;
      const rests = failures - mostFailures;
      if (rests >= 0) until = now() + Math.min(longestRest, firstRest * 2 ** rests);
    },
  };
}
