import { randomFillSync } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

/** Wall-clock time in milliseconds since the epoch. The only reading of the clock in the project. */
export const now = (): number => Date.now();

/** Milliseconds from an arbitrary start, never going backwards: for measuring how long something took. */
export const elapsed = (): number => performance.now();

/** Asking the system costs more than the few bytes of an id, so many are asked for at once. */
const pool = Buffer.alloc(4_096);
let taken = pool.length;

/** Cryptographically strong random bytes. */
export function randomBytes(length: number): Buffer {
  if (length > pool.length) return randomFillSync(Buffer.alloc(length));
  if (taken + length > pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  taken += length;
  return Buffer.from(pool.subarray(taken - length, taken));
}

/** A uniform number in [0, 1): for jitter, never for secrets. */
export const random = (): number => Math.random();

/** Resolves after `milliseconds`; rejects with the signal's reason when it is aborted first. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, signal ? { signal } : {}).catch((error: unknown) => {
    throw signal?.aborted ? signal.reason : error;
  });
}

/** Resolves after `milliseconds`, and keeps no process alive until then. */
export const timeout = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, milliseconds).unref());

/** The calendar date of a moment in UTC, e.g. `2026-11-21`. */
export const isoDate = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().slice(0, 10);

/** The moment as ISO 8601 in UTC, e.g. `2026-11-21T10:00:00.000Z`. */
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();
