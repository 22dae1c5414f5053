import { now, sleep } from "../../../core/clock.ts";
import { ApprenticeError } from "../../../core/errors.ts";
import { holdWhilePaused, isStopping } from "../held.ts";
import type { TrainingRun } from "../trainer.ts";
import { watchLimits, type ProgramLimits } from "./limits.ts";
import type { Program } from "./program.ts";
import {
  progressCursor,
  progressStart,
  readProgress,
  type ProgressCursor,
} from "./read-progress.ts";
import { readWhole, runFiles, type Exit } from "./run-folder.ts";

export type FollowOptions = {
  readonly folder: string;
  /** The program's name, for what people are told. */
  readonly name: string;
  readonly limits: ProgramLimits;
  /** How long a program may take to end by itself when it is asked to. */
  readonly graceSeconds: number;
  readonly pollSeconds: number;
};

/** How a program ended, and the last values it measured. */
export type Followed = { readonly exit: Exit; readonly metrics: ProgressCursor["metrics"] };

/**
 * Watches a program to its end, and tells what it measures and says. Ends it when a person cancels, or
 * when it goes beyond its limits; leaves it alone when Apprentice stops. Throws what ended it, and
 * `training-program-lost`.
 */
export async function followProgram(
  program: Program,
  run: TrainingRun,
  { folder, name, limits, graceSeconds, pollSeconds }: FollowOptions,
): Promise<Followed> {
  const { log, supervisor } = runFiles(folder);
  const startedAt = (await readWhole<{ startedAt: number }>(supervisor))?.startedAt ?? now();
  const watch = watchLimits(limits, { folder, program: name, log });
  let cursor = progressCursor.catch(progressStart).parse(run.handle);

  const tellProgress = async (toEnd: boolean): Promise<void> => {
    for (;;) {
      const reading = await readProgress(folder, cursor, toEnd);
      if (JSON.stringify(reading.cursor) === JSON.stringify(cursor)) return;
      watch.heard();
      for (const piece of reading.news) run.tell(piece);
      const { step, total } = reading.cursor;
      if (step !== cursor.step || total !== cursor.total) run.progress({ step, total });
      ({ cursor } = reading);
      await run.remember(cursor);
    }
  };

  try {
    for (;;) {
      const state = await program.state();
      await tellProgress(state !== undefined);
      if (state === "lost")
        throw new ApprenticeError("training-program-lost", { program: name, log });
      if (state !== undefined) return { exit: state, metrics: cursor.metrics };
      await watch.check(startedAt);
      if (await holdWhilePaused(run, program)) watch.heard();
      await sleep(pollSeconds * 1000, run.signal);
    }
  } catch (error) {
    if (!isStopping(run.signal)) await program.stop(graceSeconds);
    throw error;
  }
}
