import { once } from "node:events";
import { ApprenticeError } from "../../core/errors.ts";
import type { TrainingRun } from "./trainer.ts";

/**
 * Holds while a training is paused: `pause` is called when it is, `resume` when it goes on again.
 * Tells whether it was. Throws the reason of the run's signal.
 */
export async function holdWhilePaused(
  run: Pick<TrainingRun, "resumed" | "signal">,
  { pause, resume }: { pause(): Promise<void>; resume(): Promise<void> },
): Promise<boolean> {
  const resumed = run.resumed();
  if (!(await isPending(resumed))) return false;
  await pause();
  const over = new AbortController();
  try {
    await Promise.race([
      resumed,
      once(run.signal, "abort", { signal: over.signal }).catch(() => {}),
    ]);
  } finally {
    over.abort();
  }
  if (run.signal.aborted) throw run.signal.reason;
  await resume();
  return true;
}

/** A promise that is not settled by the time everything waiting has run. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const soon = new Promise<true>((resolve) => setImmediate(() => resolve(true)));
  return Promise.race([promise.then(() => false), soon]);
}

/** Whether a person cancelled the training. */
export const isCancelled = ({ aborted, reason }: AbortSignal): boolean =>
  aborted && reason instanceof ApprenticeError && reason.code === "cancelled";

/** Whether Apprentice stops: then what goes on outside is left alone. */
export const isStopping = (signal: AbortSignal): boolean => signal.aborted && !isCancelled(signal);
