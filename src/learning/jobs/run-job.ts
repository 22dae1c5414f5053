import { elapsed, sleep } from "../../core/clock.ts";
import { ApprenticeError, asApprenticeError } from "../../core/errors.ts";
import type { JobCost, JobNews, JobProgress } from "../../core/job.ts";
import type { Log } from "../../core/log.ts";
import type { Database } from "../../storage/database.ts";
import { addJobEvents } from "../../storage/jobs.ts";
import type { Changes } from "./changes.ts";
import { createLogBook } from "./log-book.ts";
import { createPace } from "./pace.ts";
import type { Beat, Claim, Ending, JobQueue } from "./queue.ts";
import type { Done, JobWork } from "./work.ts";

export type RunJobParts = {
  readonly database: Database;
  readonly queue: JobQueue;
  readonly log: Log;
  /** Something about some job changed, here or in the database. */
  readonly changes: Changes;
  /** Milliseconds between two signs of life. */
  readonly beat: number;
  /** Milliseconds that work may take to clean up, once cancelled or stopped, before it is left alone. */
  readonly patience: { readonly cancelled: number; readonly stopped: number };
};

/** Somebody else has the job now, so nothing that happens here counts. */
class Lost extends Error {
  override readonly name = "Lost";
}

/** Failures that often pass by themselves, and how long to wait before the next attempt. */
const passing = new Set([
  "model-unreachable",
  "model-timeout",
  "model-rate-limited",
  "database-unreachable",
]);
const waitAfter = (attempts: number): number => Math.min(600_000, 5_000 * 2 ** attempts);
/** A passing failure is final after so many attempts. */
const mostAttempts = 4;

/**
 * Does one claimed job: tells its life signs, follows what people want of it, and ends it together
 * with what came of it. `stopping`: Apprentice stops, and the job waits for the next start.
 */
export async function runJob(
  parts: RunJobParts,
  work: JobWork,
  claim: Claim,
  stopping: AbortSignal,
): Promise<void> {
  const { database, queue, log, changes } = parts;
  const { job } = claim;
  const begun = elapsed();
  const attempt = new Attempt(parts, claim, work.canPause(job), stopping);
  attempt.take({ kind: "state", state: "running" });
  const beating = attempt.keepBeating();
  try {
    // From here on nobody else writes this job's history.
    const done = await attempt.orAbandoned(work.run(job, attempt.run)).finally(() => {
      attempt.stop();
      return beating;
    });
    await attempt.flush();
    await attempt.keepProgress();
    await database.transaction(async (query) => {
      const result = await done.conclude(query);
      await end(query, { state: "succeeded", result, failure: null, cost: costOf(done) });
    });
  } catch (thrown) {
    await fail(thrown);
  } finally {
    changes.tell();
  }

  async function end(query: Database["query"], ending: Ending): Promise<void> {
    if (!(await queue.settle(query, claim, ending))) throw new Lost();
    await addJobEvents(query, job.id, [{ kind: "state", state: ending.state }]);
  }

  async function fail(thrown: unknown): Promise<void> {
    if (thrown instanceof Lost || attempt.reason instanceof Lost) {
      return log.warn("A job was taken by another worker", { job: job.id });
    }
    const error = asApprenticeError(thrown);
    const cancelled = attempt.isCancelled;
    if (stopping.aborted && !cancelled) return queue.giveBack(claim);
    await attempt.flush().catch(() => {});
    if (!cancelled && passing.has(error.code) && job.attempts < mostAttempts) {
      log.warn("A job will be tried again", { job: job.id, code: error.code, id: error.id });
      return queue.giveBack(claim, { after: waitAfter(job.attempts) });
    }
    // Somebody may also have cancelled it where it runs.
    const ended = cancelled || error.code === "cancelled";
    const state = ended ? "cancelled" : error.code === "training-lost" ? "lost" : "failed";
    const { code, values, id } = error;
    const failure = ended ? null : { code, values, id };
    if (!ended) {
      const isOurs = error.code === "internal" || error.code === "training-thread-died";
      log[isOurs ? "error" : "info"]("A job failed", {
        job: job.id,
        code: error.code,
        id: error.id,
        ...(isOurs && { error: error.cause }),
      });
    }
    const cost = { seconds: (elapsed() - begun) / 1_000, tokens: null, dollars: null };
    await database
      .transaction((query) => end(query, { state, result: null, failure, cost }))
      .catch((cause: unknown) => {
        log.error("A job's end could not be written", { job: job.id, error: cause });
      });
  }

  function costOf({ cost }: Done): JobCost {
    const seconds = (elapsed() - begun) / 1_000;
    return cost ?? { seconds, tokens: null, dollars: null };
  }
}

/** One attempt at a job: its signal, its news, and whether it is paused. */
class Attempt {
  readonly run: Parameters<JobWork["run"]>[1];
  readonly #parts: RunJobParts;
  readonly #claim: Claim;
  readonly #canPause: boolean;
  readonly #abort = new AbortController();
  readonly #over = new AbortController();
  readonly #book = createLogBook();
  readonly #pace = createPace();
  #progress: JobProgress | undefined;
  #paused = Promise.withResolvers<void>();
  #isPaused = false;

  constructor(parts: RunJobParts, claim: Claim, canPause: boolean, stopping: AbortSignal) {
    this.#parts = parts;
    this.#claim = claim;
    this.#canPause = canPause;
    const stop = () => this.#abort.abort(stopping.reason);
    stopping.addEventListener("abort", stop, { once: true, signal: this.#over.signal });
    if (stopping.aborted) stop();
    this.run = {
      signal: this.#abort.signal,
      handle: claim.handle,
      resumed: () => this.#resumed(),
      remember: async (handle) => {
        await this.#beat({ handle });
      },
      rememberWithin: async (query, handle) => {
        const wish = await parts.queue.beat(claim, { handle }, query);
        if (wish !== "lost") return;
        this.#abort.abort(new Lost());
        throw this.reason;
      },
      tell: (news) => this.take(news),
      progress: ({ step, total }) => {
        this.#progress = this.#pace(step, total);
      },
    };
  }

  get reason(): unknown {
    return this.#abort.signal.reason;
  }

  get isCancelled(): boolean {
    return this.reason instanceof ApprenticeError && this.reason.code === "cancelled";
  }

  take(news: JobNews): void {
    this.#book.take(news);
    if (news.kind === "state") this.#parts.changes.tell();
  }

  /** What the work gives, unless it does not end in time after it was told to. */
  async orAbandoned<Result>(work: Promise<Result>): Promise<Result> {
    work.catch(() => {});
    const abandoned = Promise.withResolvers<never>();
    const { signal } = this.#abort;
    const waitAWhile = () => {
      const { cancelled, stopped } = this.#parts.patience;
      void sleep(this.isCancelled ? cancelled : stopped, this.#over.signal).then(
        () => abandoned.reject(signal.reason),
        () => {},
      );
    };
    if (signal.aborted) waitAWhile();
    else signal.addEventListener("abort", waitAWhile, { once: true });
    return Promise.race([work, abandoned.promise]);
  }

  /** Until `stop`: renews the claim, writes down what there is to tell, does what people want. */
  async keepBeating(): Promise<void> {
    const { beat, changes, log } = this.#parts;
    const { signal } = this.#over;
    while (!signal.aborted) {
      await this.flush()
        .then(() => this.#beat({}))
        .catch((error: unknown) => {
          log.warn("A job's sign of life failed", {
            job: this.#claim.job.id,
            code: asApprenticeError(error).code,
          });
        });
      await changes.next(beat, signal);
    }
  }

  /** Brings the news to disk. */
  async flush(): Promise<void> {
    const news = this.#book.empty();
    if (news.length === 0) return;
    await this.#parts.database.transaction((query) =>
      addJobEvents(query, this.#claim.job.id, news),
    );
    this.#parts.changes.tell();
  }

  /** Brings to disk how far the work came. */
  async keepProgress(): Promise<void> {
    await this.#beat({});
  }

  stop(): void {
    this.#over.abort();
  }

  async #beat(beat: Beat): Promise<void> {
    const progress = this.#progress;
    const wish = await this.#parts.queue.beat(this.#claim, {
      ...beat,
      ...(progress && { progress }),
    });
    if (this.#over.signal.aborted) return;
    if (wish === "lost") this.#abort.abort(new Lost());
    else if (wish === "cancel") this.#abort.abort(new ApprenticeError("cancelled"));
    else if (wish === "pause") await this.#setPaused(this.#canPause);
    else if (wish === "resume") await this.#setPaused(false);
  }

  async #setPaused(paused: boolean): Promise<void> {
    const state = paused ? "paused" : "running";
    await this.#parts.queue.beat(this.#claim, { state });
    if (paused === this.#isPaused) return;
    this.#isPaused = paused;
    this.take({ kind: "state", state });
    if (paused) this.#paused = Promise.withResolvers();
    else this.#paused.resolve();
  }

  async #resumed(): Promise<void> {
    const { signal } = this.#abort;
    while (this.#isPaused) {
      const aborted = Promise.withResolvers<never>();
      const abort = () => aborted.reject(signal.reason);
      if (signal.aborted) abort();
      signal.addEventListener("abort", abort, { once: true });
      await Promise.race([this.#paused.promise, aborted.promise]).finally(() =>
        signal.removeEventListener("abort", abort),
      );
    }
    signal.throwIfAborted();
  }
}
