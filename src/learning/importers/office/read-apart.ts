import { Worker } from "node:worker_threads";
import { elapsed } from "../../../core/clock.ts";
import { ApprenticeError } from "../../../core/errors.ts";
import type { Found } from "../importer.ts";
import { officeLimits } from "./limits.ts";
import type { OfficeNews, OfficeTask } from "./office-task.ts";
import type { DocumentFile } from "./read-document.ts";

/**
 * Reads a document in a thread of its own, which has so much memory and time and no more. Throws as
 * `readDocument` does, `import-slow` past the limits, and `cancelled`.
 */
export async function* readApart(
  file: DocumentFile,
  signal?: AbortSignal,
  limits: Limits = officeLimits,
): AsyncGenerator<Found> {
  signal?.throwIfAborted();
  // A copy: the thread takes what it is given.
  const bytes = Uint8Array.from(file.bytes);
  const task: OfficeTask = { ...file, bytes };
  const worker = new Worker(new URL("./office-worker.ts", import.meta.url), {
    workerData: task,
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes },
  });
  let timeLeft = limits.seconds * 1_000;
  try {
    for (;;) {
      const asked = elapsed();
      const news = await nextNews(
        worker,
        { file: file.name, seconds: limits.seconds },
        timeLeft,
        signal,
      );
      timeLeft -= elapsed() - asked;
      if (news.kind === "end") return;
      if (news.kind === "failed") throw new ApprenticeError(news.code, news.values);
      yield* news.found;
    }
  } finally {
    await worker.terminate();
  }
}

/** What the thread may take. */
type Limits = { readonly heapMegabytes: number; readonly seconds: number };

/** Asks for more and waits for it. */
function nextNews(
  worker: Worker,
  { file, seconds }: { readonly file: string; readonly seconds: number },
  time: number,
  signal: AbortSignal | undefined,
): Promise<OfficeNews> {
  const { promise, resolve, reject } = Promise.withResolvers<OfficeNews>();
  const tooMuch = (cause?: unknown): void =>
    reject(new ApprenticeError("import-slow", { file, seconds }, { cause }));
  const abort = (): void => reject(new ApprenticeError("cancelled", {}, { cause: signal?.reason }));
  const timer = setTimeout(tooMuch, Math.max(0, time));
  worker.on("message", resolve).once("error", tooMuch).once("exit", tooMuch);
  signal?.addEventListener("abort", abort, { once: true });
  worker.postMessage("next");
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    worker.off("message", resolve).off("error", tooMuch).off("exit", tooMuch);
  });
}
