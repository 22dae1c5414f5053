import { once } from "node:events";
import { ApprenticeError } from "../../../core/errors.ts";
import type { TrainingRun } from "../trainer.ts";
import type { HostedApi } from "./hosted-api.ts";

/** Pauses the training at its provider while it is paused here, and resumes it after. */
export async function holdWhilePaused(api: HostedApi, id: string, run: TrainingRun): Promise<void> {
  const resumed = run.resumed();
  if (!api.pausing || !(await isPending(resumed))) return;
  await unlessRefused(api.pausing.pause(id), run);
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
  await unlessRefused(api.pausing.resume(id), run);
}

/** A promise that is not settled by the time everything waiting has run. */
export async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const soon = new Promise<true>((resolve) => setImmediate(() => resolve(true)));
  return Promise.race([promise.then(() => false), soon]);
}

/** A provider that cannot pause just now, or has no such operation, goes on training. */
async function unlessRefused(asked: Promise<void>, run: TrainingRun): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof ApprenticeError)) throw error;
    run.tell({ kind: "log", text: `pausing or resuming was refused: ${error.code}` });
  }
}
