import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rename, stat } from "node:fs/promises";
import { random, sleep } from "./clock.ts";
import { ApprenticeError, type ErrorCode } from "./errors.ts";

export type DownloadOptions = {
  /** What is thrown when it cannot be had; its blanks are `host` and `reason`. */
  readonly failure: ErrorCode;
  readonly signal?: AbortSignal;
  /** Bytes so far, and in all; 0 in all while that is not known. */
  readonly progress?: (done: number, of: number) => void;
  /** How often a broken connection is taken up again. */
  readonly retries?: number;
};

/** A connection that brings nothing for so long is broken, in milliseconds. */
const patience = 30_000;
const firstWait = 500;
const usualRetries = 4;

/**
 * Downloads a file. What came before a break stays beside it as `.part` and is gone on with, also by
 * a later process. Throws `failure` and `cancelled`.
 */
export async function download(
  url: string,
  target: string,
  { failure, signal, progress = () => {}, retries = usualRetries }: DownloadOptions,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const part = `${target}.part`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      await fetchRest(url, part, progress, signal);
      break;
    } catch (thrown) {
      if (signal?.aborted) throw new ApprenticeError("cancelled", {}, { cause: thrown });
      const isFinal = thrown instanceof Refusal && thrown.isFinal;
      if (isFinal || attempt >= retries) throw unreachable(failure, url, thrown);
      await sleep(random() * firstWait * 2 ** attempt, signal);
    }
  }
  const { size: bytes } = await stat(part);
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(part)) hash.update(chunk as Buffer);
  await rename(part, target);
  return { sha256: hash.digest("hex"), bytes };
}

/** An answer that is no file. */
class Refusal extends Error {
  readonly isFinal: boolean;
  constructor(status: number) {
    super(`HTTP ${status}`);
    this.isFinal = status >= 400 && status < 500 && status !== 408 && status !== 429;
  }
}

async function fetchRest(
  url: string,
  part: string,
  progress: NonNullable<DownloadOptions["progress"]>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const have = await stat(part).then(
    ({ size }) => size,
    () => 0,
  );
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), patience);
  const stop = signal ? AbortSignal.any([signal, silent.signal]) : silent.signal;
  try {
    const headers = have > 0 ? { range: `bytes=${have}-` } : {};
    const response = await fetch(url, { headers, signal: stop });
    // The part is the whole already.
    if (response.status === 416) {
      await response.body?.cancel();
      return;
    }
    if (!response.ok || !response.body) throw new Refusal(response.status);
    const goesOn = response.status === 206;
    let done = goesOn ? have : 0;
    const length = Number(response.headers.get("content-length") ?? 0);
    const all = length > 0 ? done + length : 0;
    const file = await open(part, goesOn ? "a" : "w");
    try {
      for await (const chunk of response.body) {
        clearTimeout(timer);
        timer = setTimeout(() => silent.abort(), patience);
        await file.write(chunk);
        done += chunk.length;
        progress(done, all);
      }
    } finally {
      await file.close();
    }
    if (all > 0 && done < all) throw new Error("the connection ended early");
  } finally {
    clearTimeout(timer);
  }
}

function unreachable(failure: ErrorCode, url: string, cause: unknown): ApprenticeError {
  const deeper = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const { code } = deeper as NodeJS.ErrnoException;
  const reason = code ?? (cause instanceof Error ? cause.message : "?");
  const host = URL.parse(url)?.host ?? "?";
  return new ApprenticeError(failure, { host, reason }, { cause });
}
