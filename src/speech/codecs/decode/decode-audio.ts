import { Worker } from "node:worker_threads";
import { elapsed } from "../../../core/clock.ts";
import { ApprenticeError } from "../../../core/errors.ts";
import type {
  AudioFile,
  DecodeLimits,
  DecodeNews,
  DecodeRequest,
  DecodeTask,
} from "./decode-task.ts";
import { decodeWithFfmpeg } from "./ffmpeg.ts";
import { withWholePages } from "./ogg-pages.ts";

/** What is read without help; for people. */
export const audioFormats = "ogg/opus, mp3, wav, flac, webm";

/** A thread that needs more megabytes of JavaScript heap than this is fed something evil. */
const heap = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 4 };

/**
 * The sound of a file as 16 kHz mono, in pieces of about a second, decoded in a thread of its own
 * no faster than they are taken. Throws `audio-*` errors, and `cancelled`.
 */
export async function* decodeAudio(
  file: AudioFile,
  limits: DecodeLimits,
  signal?: AbortSignal,
): AsyncGenerator<Int16Array> {
  signal?.throwIfAborted();
  const whole = { name: file.name, bytes: withWholePages(file.bytes) };
  const task: DecodeTask = { size: whole.bytes.length, seconds: limits.seconds };
  const worker = new Worker(new URL("./decode-worker.ts", import.meta.url), {
    workerData: task,
    resourceLimits: heap,
  });
  let timeLeft = limits.time;
  try {
    for (;;) {
      const asked = elapsed();
      const news = await nextNews(worker, whole, timeLeft, signal);
      timeLeft -= elapsed() - asked;
      if (news.kind === "piece") yield news.pcm;
      else if (news.kind === "end") return;
      else if (news.kind === "failed")
        throw new ApprenticeError(news.code, {
          ...news.values,
          name: file.name,
          allowed: audioFormats,
        });
      else if (news.kind === "unsupported")
        return yield* decodeWithFfmpeg(file, news.format, { ...limits, time: timeLeft }, signal);
    }
  } finally {
    await worker.terminate();
  }
}

/** Asks for the next piece and waits for it. */
function nextNews(
  worker: Worker,
  { name, bytes }: AudioFile,
  time: number,
  signal: AbortSignal | undefined,
): Promise<DecodeNews> {
  const { promise, resolve, reject } = Promise.withResolvers<DecodeNews>();
  const send = (request: DecodeRequest): void => worker.postMessage(request);
  // A copy: of a view of a larger buffer, all of the buffer would be sent.
  const part = (start: number, end: number): Uint8Array =>
    Uint8Array.from(bytes.subarray(start, end));
  const take = (news: DecodeNews): void => {
    if (news.kind === "read") send({ kind: "part", bytes: part(news.start, news.end) });
    else resolve(news);
  };
  const abort = (): void => reject(new ApprenticeError("cancelled", {}, { cause: signal?.reason }));
  const fail = (cause: unknown): void =>
    reject(new ApprenticeError("audio-damaged", { name }, { cause }));
  const timer = setTimeout(
    () => reject(new ApprenticeError("audio-slow", { name })),
    Math.max(0, time),
  );
  worker.on("message", take).once("error", fail).once("exit", fail);
  signal?.addEventListener("abort", abort, { once: true });
  send({ kind: "next" });
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    worker.off("message", take).off("error", fail).off("exit", fail);
  });
}
