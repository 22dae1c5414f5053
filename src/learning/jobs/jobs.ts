import { sleep } from "../../core/clock.ts";
import { ApprenticeError, asApprenticeError } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import {
  isFinal,
  jobKinds,
  type Job,
  type JobEvent,
  type JobKind,
  type JobPlace,
} from "../../core/job.ts";
import type { Log } from "../../core/log.ts";
import type { Database } from "../../storage/database.ts";
import { freeLeases, wishCancelled, wishPaused, wishResumed } from "../../storage/job-wishes.ts";
import {
  jobEnding,
  jobEvents,
  jobWithId,
  listJobs,
  type JobFilter,
  type NewJob,
} from "../../storage/jobs.ts";
import { createChanges } from "./changes.ts";
import { createElsewhere, isStranded } from "./elsewhere.ts";
import type { Claim, JobQueue } from "./queue.ts";
import type { Admission } from "./private-limits.ts";
import { runJob } from "./run-job.ts";
import type { JobWork } from "./work.ts";

/** Long work: begun once, seen by everybody, ended by what came of it or by a person. */
export type Jobs = {
  /** Queues a job, on disk before it resolves, and gives it. Throws what the admission throws. */
  start(job: NewJob): Promise<Job>;
  /** By id, by its ending, or `last`. Throws `job-missing`. */
  find(workspace: string, reference: string): Promise<Job>;
  list(filter: JobFilter): Promise<readonly Job[]>;
  /** A job's history after an event, oldest first, in pages. */
  events(id: string, after?: number): AsyncIterable<JobEvent>;
  /** A job as it goes on, with what happened since the last time, until it has ended. */
  follow(id: string, signal: AbortSignal, after?: number): AsyncIterable<JobMoment>;
  canPause(job: Job): boolean;
  /** Throws `job-over`. */
  cancel(job: Job): Promise<void>;
  /** Throws `job-over`, `job-not-running`, `job-cannot-pause`. */
  pause(job: Job): Promise<void>;
  /** Throws `job-over`, `job-not-paused`. */
  resume(job: Job): Promise<void>;
  /** Starts the same work anew, as a new job. Throws `job-not-over`. */
  retry(job: Job, person: string, place: JobPlace): Promise<Job>;
  /** Begins to work on what waits. */
  work(): void;
  /** Gives back what is being worked on, to go on after the next start. */
  close(): Promise<void>;
};

export type JobMoment = { readonly job: Job; readonly events: readonly JobEvent[] };

export type JobsOptions = {
  readonly database: Database;
  readonly queue: JobQueue;
  readonly works: Partial<Readonly<Record<JobKind, JobWork>>>;
  readonly log: Log;
  /** How many trainings are worked on at the same time; other jobs, one at a time, do not wait for them. */
  readonly atOnce: number;
  /** Whether no other process can have jobs of this database: what runs in it was left by a crash. */
  readonly alone: boolean;
  /** Who may start what; everybody everything when absent. */
  readonly admit?: Admission;
  readonly settings?: Partial<JobSettings>;
};

export type JobSettings = {
  /** Milliseconds between two signs of life of a running job. */
  readonly beat: number;
  /** Milliseconds between two looks for jobs that nobody here has told of. */
  readonly look: number;
  /** Milliseconds that work may take to clean up, once cancelled or stopped, before it is left alone. */
  readonly patience: { readonly cancelled: number; readonly stopped: number };
};

const usual: JobSettings = {
  beat: 500,
  look: 2_000,
  patience: { cancelled: 60_000, stopped: 5_000 },
};
const eventsPerPage = 500;
const otherKinds = jobKinds.filter((kind) => kind !== "train");

/** The jobs in a database, and the work on them. */
export function createJobs(options: JobsOptions): Jobs {
  const { database, queue, works, log } = options;
  const { query } = database;
  const { beat, look, patience } = { ...usual, ...options.settings };
  const changes = createChanges();
  database.news?.on("jobs", changes.tell);
  const stopping = new AbortController();
  const workers: Promise<void>[] = [];

  const elsewhere = createElsewhere(look * 5);

  /** The next job that this process can do; another process may have what the others need. */
  async function claimPossible(kinds: readonly JobKind[]): Promise<Claim | undefined> {
    for (;;) {
      const claim = await queue.claim(kinds, elsewhere.ids());
      if (!claim || options.alone || isStranded(claim.job)) return claim;
      // A job that cannot even be looked at says why when it is begun.
      const looking = works[claim.job.kind]?.isPossible?.(claim.job) ?? Promise.resolve(true);
      if (await looking.catch(() => true)) return claim;
      elsewhere.add(claim.job.id);
      await queue.giveBack(claim);
    }
  }

  async function workOn(kinds: readonly JobKind[]): Promise<void> {
    while (!stopping.signal.aborted) {
      const claim = await claimPossible(kinds).catch((error: unknown) => {
        log.warn("Jobs could not be looked for", { code: asApprenticeError(error).code });
        return undefined;
      });
      if (!claim) {
        await changes.next(look, stopping.signal);
        continue;
      }
      const work = works[claim.job.kind] ?? unknownWork;
      const parts = { database, queue, log, changes, beat, patience };
      await runJob(parts, work, claim, stopping.signal).catch((error: unknown) => {
        log.error("A job broke off", { job: claim.job.id, error });
      });
    }
  }

  /** Gives up jobs that took their workers down with them too often. */
  async function sweepNow(): Promise<void> {
    while (!stopping.signal.aborted) {
      const swept = await queue.sweep().catch(() => []);
      for (const job of swept) log.error("A job was given up", { job });
      if (swept.length > 0) changes.tell();
      await sleep(look * 5, stopping.signal).catch(() => {});
    }
  }

  const jobNow = async (id: string): Promise<Job> => (await jobWithId(query, id))!;

  const wish = async (job: Job, granted: Promise<boolean>, unless: ApprenticeError) => {
    if (await granted) return changes.tell();
    const { state } = await jobNow(job.id);
    throw isFinal(state) ? over(job) : unless;
  };

  async function* follow(id: string, signal: AbortSignal, after = 0): AsyncGenerator<JobMoment> {
    let seen = after;
    for (;;) {
      signal.throwIfAborted();
      const waking = changes.next(look, signal);
      const job = await jobNow(id);
      const events: JobEvent[] = [];
      for await (const event of eventsOf(id, seen)) events.push(event);
      seen = events.at(-1)?.number ?? seen;
      yield { job, events };
      if (isFinal(job.state)) return;
      await waking;
    }
  }

  async function* eventsOf(id: string, after = 0): AsyncGenerator<JobEvent> {
    let last = after;
    for (;;) {
      const page = await jobEvents(query, id, last, eventsPerPage);
      yield* page;
      if (page.length < eventsPerPage) return;
      last = page.at(-1)!.number;
    }
  }

  const canPause = (job: Job): boolean => works[job.kind]?.canPause(job) ?? false;

  async function start(job: NewJob): Promise<Job> {
    await database.transaction(async (within) => {
      await options.admit?.(within, job);
      await queue.add(within, job);
    });
    changes.tell();
    return jobNow(job.id);
  }

  return {
    start,
    async find(workspace, reference) {
      const word = reference.trim().toLowerCase();
      const job = /^(last|послед\p{L}*)$/u.test(word)
        ? (await listJobs(query, { workspace, limit: 1 }))[0]
        : await jobEnding(query, workspace, word);
      if (job) return job;
      throw new ApprenticeError("job-missing", { reference: reference.slice(0, 80) });
    },
    list: (filter) => listJobs(query, filter),
    events: eventsOf,
    follow,
    canPause,
    cancel: (job) => wish(job, wishCancelled(query, job.id), over(job)),
    async pause(job) {
      if (!canPause(job)) {
        throw isFinal(job.state)
          ? over(job)
          : new ApprenticeError("job-cannot-pause", { job: shortJobId(job) });
      }
      await wish(
        job,
        wishPaused(query, job.id),
        new ApprenticeError("job-not-running", { job: shortJobId(job) }),
      );
    },
    resume: (job) =>
      wish(
        job,
        wishResumed(query, job.id),
        new ApprenticeError("job-not-paused", { job: shortJobId(job) }),
      ),
    async retry(job, person, place) {
      if (!isFinal(job.state)) throw new ApprenticeError("job-not-over", { job: shortJobId(job) });
      const { workspace, kind, order, estimate } = job;
      return start({ id: newId(), workspace, kind, order, estimate, person, place });
    },
    work() {
      if (workers.length > 0) return;
      const begin = options.alone ? freeLeases(query).catch(() => {}) : Promise.resolve();
      for (let each = 0; each < options.atOnce; each++) {
        workers.push(begin.then(() => workOn(["train"])));
      }
      workers.push(begin.then(() => workOn(otherKinds)));
      workers.push(begin.then(sweepNow));
    },
    async close() {
      stopping.abort(new Error("stopping"));
      await Promise.all(workers);
    },
  };
}

/** Enough of an id for people to name it by. */
export const shortJobId = (job: Pick<Job, "id">): string => job.id.slice(-8);

const over = (job: Job) => new ApprenticeError("job-over", { job: shortJobId(job) });

/** A job of a newer Apprentice, or of a trainer that is switched off. */
const unknownWork: JobWork = {
  canPause: () => false,
  run: async () => {
    throw new ApprenticeError("job-unknown-kind");
  },
};
