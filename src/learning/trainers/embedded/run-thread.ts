import { Worker } from "node:worker_threads";
import { ApprenticeError } from "../../../core/errors.ts";
import type { TrainingRun } from "../trainer.ts";
import type { RowsRead, ThreadNews, ThreadTask } from "./thread-task.ts";

/** What a finished training thread leaves. */
export type ThreadResult = {
  readonly rows: RowsRead;
  readonly done: Extract<ThreadNews, { kind: "done" }>;
};

/**
 * Runs a training in a thread of its own and tells how it goes. Between two passes it waits while the
 * job is paused; when the signal is aborted the thread is ended at once. Throws what the thread met,
 * `training-thread-died`, and the signal's reason.
 */
export async function runThread(
  task: Omit<ThreadTask, "answered">,
  run: TrainingRun,
): Promise<ThreadResult> {
  run.signal.throwIfAborted();
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL("./training-thread.ts", import.meta.url), {
    workerData: { ...task, answered } satisfies ThreadTask,
    // What the thread prints is no business of the terminal's.
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  const follower = new Follower(run, () => {
    Atomics.add(answered, 0, 1);
    Atomics.notify(answered, 0);
  });
  try {
    return await new Promise<ThreadResult>((resolve, reject) => {
      const abort = () => reject(run.signal.reason);
      run.signal.addEventListener("abort", abort, { once: true });
      worker.once("error", (cause) => reject(died(cause)));
      worker.once("exit", () => {
        run.signal.removeEventListener("abort", abort);
        // The last messages come together with the exit; what they mean is clear a moment later.
        setImmediate(() => reject(died(undefined)));
      });
      worker.on("message", (news: ThreadNews) => {
        follower.take(news).then((result) => result && resolve(result), reject);
      });
    });
  } finally {
    await worker.terminate();
  }
}

const died = (cause: unknown): ApprenticeError => {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const reason = code ?? (cause instanceof Error ? cause.name : "exit");
  return new ApprenticeError("training-thread-died", { reason }, { cause });
};

/** Turns what the thread says into the news of a job. */
class Follower {
  readonly #run: TrainingRun;
  readonly #answer: () => void;
  #rows: RowsRead | undefined;
  #passes = 0;

  constructor(run: TrainingRun, answer: () => void) {
    this.#run = run;
    this.#answer = answer;
  }

  async take(news: ThreadNews): Promise<ThreadResult | undefined> {
    const run = this.#run;
    switch (news.kind) {
      case "read": {
        const { train, validation, answers } = news;
        this.#rows = news;
        run.progress({ step: 0, total: train });
        const values = { train, validation, answers };
        run.tell({ kind: "note", code: "rows-read", values, warns: false });
        return undefined;
      }
      case "progress": {
        const total = this.#rows?.train ?? 0;
        run.progress({ step: Math.round(news.done * total), total });
        await run.resumed();
        this.#answer();
        return undefined;
      }
      case "pass": {
        const { loss, validation } = news.pass;
        run.tell({
          kind: "metric",
          step: (this.#passes += 1),
          values: {
            loss,
            ...(validation && {
              validation_loss: validation.loss,
              validation_accuracy: validation.accuracy,
            }),
          },
        });
        await run.resumed();
        this.#answer();
        return undefined;
      }
      case "untrained":
        run.tell({ kind: "note", code: "similarity-only", values: {}, warns: true });
        return undefined;
      case "failed":
        throw new ApprenticeError(news.code, news.values);
      case "done":
        return { rows: this.#rows!, done: news };
    }
  }
}
