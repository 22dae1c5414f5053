import { Worker } from "node:worker_threads";
import { ApprenticeError } from "../../core/errors.ts";
import { whenIdle } from "../idle.ts";
import type { RecordedFile } from "../record.ts";
import type { RawEncode } from "../space/fit-space.ts";
import type { Layout } from "./layout.ts";
import type { OnnxNews, OnnxOrder, OnnxTask } from "./onnx-task.ts";

type Waiting = {
  readonly resolve: (vector: Float32Array) => void;
  readonly reject: (error: ApprenticeError) => void;
};
type Thread = { readonly worker: Worker; readonly waiting: Map<number, Waiting> };

/**
 * The vectors of a model on this machine, in a thread of its own: it is started with the first text, and
 * ended when it was not used for a while, which gives all its memory back. Each text is run alone: what
 * others come with it would change the rounding of quantised models. Rejects with
 * `encoder-runtime-missing`, `encoder-unusable`, or the signal's reason.
 */
export function createOnnxEncode(
  folder: string,
  {
    name,
    layout,
    files,
    runtimes,
  }: {
    readonly name: string;
    readonly layout: Layout;
    readonly files: readonly RecordedFile[];
    readonly runtimes: string;
  },
): { readonly encode: RawEncode; release(): void } {
  let thread: Thread | undefined;
  let orders = 0;
  const unusable = (reason: string): ApprenticeError =>
    new ApprenticeError("encoder-unusable", { name, reason });

  const release = (): void => {
    const ended = thread;
    thread = undefined;
    idle.stop();
    for (const { reject } of ended?.waiting.values() ?? []) reject(unusable("released"));
    ended?.worker.terminate().catch(() => {});
  };
  const idle = whenIdle(release);

  const start = (): Thread => {
    const worker = new Worker(new URL("./onnx-worker.ts", import.meta.url), {
      workerData: { name, folder, layout, files, runtimes } satisfies OnnxTask,
    });
    worker.unref();
    const started: Thread = { worker, waiting: new Map() };
    const fail = (reason: string): void => {
      if (thread === started) thread = undefined;
      for (const { reject } of started.waiting.values()) reject(unusable(reason));
      started.waiting.clear();
    };
    worker.on("message", (news: OnnxNews) => {
      const waiting = started.waiting.get(news.order);
      started.waiting.delete(news.order);
      if (started.waiting.size === 0) worker.unref();
      if ("vector" in news) return waiting?.resolve(news.vector);
      const { code, values, reason } = news;
      waiting?.reject(code ? new ApprenticeError(code, values) : unusable(reason));
      // It may be whole again by the next time.
      if (started.waiting.size === 0 && thread === started) release();
    });
    worker.on("error", (error) => fail(error instanceof Error ? error.message.slice(0, 200) : "?"));
    worker.on("exit", () => fail("exit"));
    return started;
  };

  const ask = (text: string): Promise<Float32Array> => {
    thread ??= start();
    const { worker, waiting } = thread;
    const order: OnnxOrder = { order: orders++, text };
    return new Promise((resolve, reject) => {
      waiting.set(order.order, { resolve, reject });
      worker.ref();
      worker.postMessage(order);
    });
  };

  return {
    release,
    async encode(texts, signal) {
      const vectors: Float32Array[] = [];
      for (const text of texts) {
        signal?.throwIfAborted();
        idle.touch();
        vectors.push(await ask(text));
      }
      return vectors;
    },
  };
}
