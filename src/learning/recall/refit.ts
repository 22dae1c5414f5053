import { Worker } from "node:worker_threads";
import { ApprenticeError } from "../../core/errors.ts";
import type { Model } from "./model.ts";
import { packMeanings, unpackModel } from "./pack-model.ts";
import type { PackedMeanings, PackedModel } from "./pack-model.ts";
import { buffersIn } from "./refit-task.ts";
import type { RefitNews, RefitOptions, RefitTask } from "./refit-task.ts";

/**
 * Trains a model anew on the examples that count in it, in a thread of its own. Rejects with the
 * signal's reason when aborted, with `internal` when the thread fails.
 */
export async function refitInThread(
  model: Model,
  options: RefitOptions,
  signal?: AbortSignal,
  progress?: (done: number) => void,
): Promise<Model> {
  signal?.throwIfAborted();
  const task: RefitTask = {
    ...options,
    examples: model.store.pack(),
    meanings: readMeanings(model),
  };
  const worker = new Worker(new URL("./refit-worker.ts", import.meta.url), {
    workerData: task,
    transferList: buffersIn(task),
  });
  try {
    const packed = await trainedModel(worker, signal, progress);
    return unpackModel(packed, model.encoder);
  } finally {
    await worker.terminate();
  }
}

/** The prompts of examples that have no meaning yet. */
export function unreadPrompts({ store, meanings }: Model): string[] {
  if (meanings.dimensions === 0) return [];
  const unread: string[] = [];
  for (const example of store.activeExamples())
    if (store.isGeneral(example) && meanings.of(example) === null)
      unread.push(store.prompt(example));
  return unread;
}

/** The meanings of all examples, with those that the encoder has read since they were taught. */
function readMeanings(model: Model): PackedMeanings {
  const packed = packMeanings(model);
  const { encoder, store, meanings } = model;
  const { dimensions, rows } = packed;
  if (!encoder || dimensions === 0) return packed;
  let place = 0;
  for (const example of store.activeExamples()) {
    const vector =
      store.isGeneral(example) && meanings.of(example) === null
        ? encoder.vectorOf(store.prompt(example))
        : null;
    if (vector) rows.set(vector, place * dimensions);
    place++;
  }
  return packed;
}

function trainedModel(
  worker: Worker,
  signal?: AbortSignal,
  progress?: (done: number) => void,
): Promise<PackedModel> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    worker.once("error", (cause) => reject(new ApprenticeError("internal", {}, { cause })));
    worker.once("exit", () => {
      signal?.removeEventListener("abort", abort);
      reject(new ApprenticeError("internal"));
    });
    worker.on("message", (news: RefitNews) => {
      if ("model" in news) resolve(news.model);
      else progress?.(news.done);
    });
  });
}
