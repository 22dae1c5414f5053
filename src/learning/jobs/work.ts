import type { Job, JobCost, JobNews, JobProgress } from "../../core/job.ts";
import type { Json } from "../../core/reply.ts";
import type { Query } from "../../storage/query.ts";

/** What a running job is given. */
export type JobRun = {
  /**
   * Aborted with an ApprenticeError `cancelled` when a person cancels: then the outside work must be
   * cancelled too. Aborted with anything else when Apprentice stops: then it goes on outside, and
   * the work is begun again with the same job after the next start.
   */
  readonly signal: AbortSignal;
  /** Resolves at once, or when a paused job is resumed; rejects when the signal is aborted. */
  resumed(): Promise<void>;
  /** What an earlier run of this job remembered; `null` the first time. */
  readonly handle: Json | null;
  /** Keeps what finds the outside work again, on disk before it resolves. */
  remember(handle: Json): Promise<void>;
  /**
   * The same inside a transaction, so that what it did is remembered when it is done, and only then.
   * Throws when somebody else has the job: then the transaction must not come to be.
   */
  rememberWithin(query: Query, handle: Json): Promise<void>;
  tell(news: JobNews): void;
  progress(progress: Pick<JobProgress, "step" | "total">): void;
};

/** What a job ended with. */
export type Done = {
  readonly cost: JobCost | null;
  /**
   * Writes what came of it, in the transaction that also ends the job: both are there or neither.
   * Gives the job's result.
   */
  conclude(query: Query): Promise<Json>;
};

/** How one kind of job is done. */
export type JobWork = {
  canPause(job: Job): boolean;
  /** Whether this process has what the job needs, its files above all; yes unless it says. */
  isPossible?(job: Job): Promise<boolean>;
  /** Does it to the end. Safe to call again with the same job: it takes up what it began. */
  run(job: Job, run: JobRun): Promise<Done>;
};
