import type { Job, JobCost, JobFailure, JobKind, JobProgress, JobState } from "../../core/job.ts";
import type { Json } from "../../core/reply.ts";
import type { Query } from "../../storage/query.ts";
import type { NewJob } from "../../storage/jobs.ts";

/** The right to work on a job: for a while, and renewed by being heard of. */
export type Claim = {
  readonly job: Job;
  /** A new one with every claim: whoever lost the job cannot end it any more. */
  readonly token: string;
  /** What an earlier worker remembered to find the outside work again. */
  readonly handle: Json | null;
};

/** What a person wants of the one who works on a job. */
export type Wish = "cancel" | "pause" | "resume";

/** How a job ended. */
export type Ending = {
  readonly state: Extract<JobState, "succeeded" | "failed" | "cancelled" | "lost">;
  readonly result: Json | null;
  readonly failure: JobFailure | null;
  readonly cost: JobCost | null;
};

/** What the one who works on a job tells. */
export type Beat = {
  readonly progress?: JobProgress;
  readonly state?: Extract<JobState, "running" | "paused">;
  readonly handle?: Json;
};

/** Where jobs wait, and who works on which. Every engine passes `test/contracts/job-queue.ts`. */
export type JobQueue = {
  /** Queues a job inside the caller's transaction. */
  add(query: Query, job: NewJob): Promise<void>;
  /**
   * The job of these kinds, or of any, that has waited longest, if there is one, also one whose worker
   * was not heard of any more. Never one of `except`, by their ids.
   */
  claim(kinds?: readonly JobKind[], except?: readonly string[]): Promise<Claim | undefined>;
  /**
   * Renews the claim and keeps what is told. Gives what a person wants meanwhile, and `lost` when
   * somebody else has the job. `within`: inside the caller's transaction.
   */
  beat(claim: Claim, beat: Beat, within?: Query): Promise<Wish | "lost" | undefined>;
  /** Ends a job inside the caller's transaction; false when the claim was lost. */
  settle(query: Query, claim: Claim, ending: Ending): Promise<boolean>;
  /** Gives a job back: at once and uncounted, or to be tried again after so many milliseconds. */
  giveBack(claim: Claim, again?: { readonly after: number }): Promise<void>;
  /** Ends jobs whose workers were lost too often, and tells their ids. */
  sweep(): Promise<readonly string[]>;
};
