import { now } from "../../core/clock.ts";
import { ApprenticeError } from "../../core/errors.ts";
import { isPrivateChat } from "../../core/private-chat.ts";
import type { Query } from "../../storage/query.ts";
import type { NewJob } from "../../storage/jobs.ts";
import { jobsOfPerson, workspacesLedBy } from "../../storage/person-jobs.ts";
import type { TrainingTask } from "../training-work.ts";

/** Looks at a job before it is queued, in the same transaction. Throws when it may not be. */
export type Admission = (query: Query, job: NewJob) => Promise<void>;

export type PrivateLimits = {
  /** How many jobs one person may have open at once. */
  readonly atOnce: number;
  /** How many in 24 hours. */
  readonly perDay: number;
  /** What they may train with. */
  readonly trainers: readonly string[];
};

const day = 24 * 60 * 60 * 1_000;
const minute = 60_000;

/**
 * Anybody may write to the bot privately, and there everybody teaches a copy of their own: so that
 * strangers cannot use up the machine or the money of whoever runs it, what they start there is limited.
 * Whoever was made a trainer or an admin anywhere is no stranger. The admission throws
 * `private-jobs-open`, `private-jobs-today` and `private-trainer`.
 */
export const limitPrivateJobs =
  ({ atOnce, perDay, trainers }: PrivateLimits): Admission =>
  async (query, job) => {
    const { workspace, person, kind } = job;
    if (!isPrivateChat(workspace)) return;
    // What somebody made of themselves in their own private chat counts for nothing.
    const led = await workspacesLedBy(query, person);
    if (led.some((each) => !isPrivateChat(each))) return;
    if (kind === "train") {
      const { trainer } = job.order as unknown as TrainingTask;
      const allowed = trainers.join(", ");
      if (!trainers.includes(trainer)) {
        throw new ApprenticeError("private-trainer", { trainer, allowed });
      }
    }
    const recent = await jobsOfPerson(query, { workspace, person, since: now() - day });
    if (recent.open >= atOnce) throw new ApprenticeError("private-jobs-open", { count: atOnce });
    const oldest = recent.begun[perDay - 1];
    if (perDay > 0 && oldest === undefined) return;
    const left = Math.max(1, Math.ceil(((oldest ?? now()) + day - now()) / minute));
    throw new ApprenticeError("private-jobs-today", {
      count: perDay,
      hours: Math.floor(left / 60),
      minutes: left % 60,
    });
  };
