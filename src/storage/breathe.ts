import { setImmediate as nextTurn } from "node:timers/promises";
import { ApprenticeError } from "../core/errors.ts";

/**
 * A pause in long work: lets the rest of the program run, and a cancellation arrive. Throws
 * `cancelled` when the signal was aborted.
 */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await nextTurn();
  if (signal?.aborted) throw new ApprenticeError("cancelled", {}, { cause: signal.reason });
}
