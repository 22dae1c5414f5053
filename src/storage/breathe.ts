import { sleep } from "../core/clock.ts";
import { ApprenticeError } from "../core/errors.ts";

/**
 * A pause in long work: lets the rest of the program run, and a cancellation arrive. Throws
 * `cancelled` when the signal was aborted.
 */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await sleep(0);
  if (signal?.aborted) throw new ApprenticeError("cancelled", {}, { cause: signal.reason });
}
