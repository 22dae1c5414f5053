import { random, sleep } from "../core/clock.ts";

const usualFirstWait = 250;
const longestWait = 8_000;

/**
 * Waits before the next attempt: what the server asked for, else an exponential back-off with full
 * jitter, so that many clients do not come back at once. False when the wait does not fit into the
 * time that is left (milliseconds). An abort ends the wait early. `firstWait` is the longest wait
 * before the second attempt.
 */
export async function waitBeforeRetry(
  attempt: number,
  retryAfter: number | undefined,
  timeLeft: number,
  signal?: AbortSignal,
  firstWait: number = usualFirstWait,
): Promise<boolean> {
  const ceiling = Math.min(longestWait, firstWait * 2 ** attempt);
  const wait = retryAfter === undefined ? random() * ceiling : retryAfter + random() * firstWait;
  if (wait >= timeLeft) return false;
  await sleep(wait, signal).catch(() => {});
  return true;
}
