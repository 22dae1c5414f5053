import { randomBytes as systemRandomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

/** Wall-clock time in milliseconds since the epoch. The only reading of the clock in the project. */
export const now = (): number => Date.now();

/** Milliseconds from an arbitrary start, never going backwards: for measuring how long something took. */
export const elapsed = (): number => performance.now();

/** Cryptographically strong random bytes. */
export const randomBytes = (length: number): Buffer => systemRandomBytes(length);

/** A uniform number in [0, 1): for jitter, never for secrets. */
export const random = (): number => Math.random();

/** Resolves after `milliseconds`; rejects with the signal's reason when it is aborted first. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, signal ? { signal } : {}).catch((error: unknown) => {
    throw signal?.aborted ? signal.reason : error;
  });
}

/** The calendar date of a moment in UTC, e.g. `2026-11-21`. */
export const isoDate = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().slice(0, 10);

/** The moment as ISO 8601 in UTC, e.g. `2026-11-21T10:00:00.000Z`. */
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();
