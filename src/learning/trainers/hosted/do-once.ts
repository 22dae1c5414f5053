import { ApprenticeError, type ErrorCode } from "../../../core/errors.ts";
import { elapsed } from "../../../core/clock.ts";
import { waitBeforeRetry } from "../../../models/retry.ts";
import { isUncertain } from "./provider-client.ts";

/** Something that must happen at a provider exactly once. */
export type Deed<Result> = {
  /** Whether an earlier attempt may have done it already. */
  readonly begun: boolean;
  act(): Promise<Result>;
  /** What was done, if it was. */
  find(): Promise<Result | undefined>;
};

export type Patience = {
  /** How long the provider may be unreachable before we give up, in seconds. */
  readonly patienceSeconds: number;
  readonly signal: AbortSignal;
  /** The longest wait before the second attempt, in milliseconds. */
  readonly firstWait?: number | undefined;
  /** Further failures that may pass. */
  readonly passing?: readonly ErrorCode[];
};
export type Persistence = Patience & { readonly retries: number };

/**
 * Does it unless it is done. When an attempt ends without a clear answer (no connection, a time-out, a
 * failure on the other side), it looks whether it was done all the same before it tries again: a
 * training that was asked for twice would be paid for twice.
 */
export async function doOnce<Result>(deed: Deed<Result>, how: Persistence): Promise<Result> {
  let failure: unknown;
  let isDoubtful = deed.begun;
  for (let attempt = 0; ; attempt += 1) {
    if (isDoubtful) {
      const found = await patiently(() => deed.find(), how);
      if (found !== undefined) return found;
    }
    if (attempt > how.retries) throw failure;
    if (how.signal.aborted) throw how.signal.reason;
    try {
      return await deed.act();
    } catch (error) {
      if (!isUncertain(error)) throw error;
      failure = error;
      isDoubtful = true;
    }
    await waitBeforeRetry(attempt, undefined, Infinity, how.signal, how.firstWait);
  }
}

/** Asks again until there is a clear answer or the patience is over. */
export async function patiently<Result>(
  ask: () => Promise<Result>,
  { patienceSeconds, signal, firstWait, passing = [] }: Patience,
): Promise<Result> {
  const deadline = elapsed() + patienceSeconds * 1000;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (!isPassing(error, passing)) throw error;
      const left = deadline - elapsed();
      const waited = await waitBeforeRetry(attempt, undefined, left, signal, firstWait);
      if (signal.aborted) throw signal.reason;
      if (!waited) throw error;
    }
  }
}

/** Whether a question that failed so may be answered later. */
const isPassing = (error: unknown, passing: readonly ErrorCode[]): boolean =>
  isUncertain(error) ||
  (error instanceof ApprenticeError && ["training-rate-limited", ...passing].includes(error.code));
