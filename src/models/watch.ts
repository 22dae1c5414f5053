import { ApprenticeError } from "../core/errors.ts";

/** The limits of time over one attempt, as one signal. */
export type Watch = {
  readonly signal: AbortSignal;
  /** A piece came: only the limit for the whole answer counts from now on. */
  heard(): void;
  /** Must be called when the attempt is over: no timer stays, and a request still open is closed. */
  end(): void;
  /** What a limit or a person that ended the attempt is told as; `undefined` when none did. */
  reason(cause: unknown): ApprenticeError | undefined;
};

export type WatchOptions = {
  /** Aborts when the whole answer took too long, retries included. */
  readonly whole: AbortSignal;
  readonly wholeSeconds: number;
  readonly firstPieceSeconds: number;
  /** The person's. */
  readonly signal: AbortSignal | undefined;
};

/** Starts the clock of one attempt. */
export function startWatch({
  whole,
  wholeSeconds,
  firstPieceSeconds,
  signal,
}: WatchOptions): Watch {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(), firstPieceSeconds * 1000);
  const over = new AbortController();
  return {
    signal: AbortSignal.any([whole, silent.signal, over.signal, ...(signal ? [signal] : [])]),
    heard: () => clearTimeout(timer),
    end() {
      clearTimeout(timer);
      over.abort();
    },
    reason(cause) {
      if (signal?.aborted) return new ApprenticeError("cancelled", {}, { cause });
      const seconds = whole.aborted ? wholeSeconds : firstPieceSeconds;
      const isLate = whole.aborted || silent.signal.aborted;
      return isLate ? new ApprenticeError("model-timeout", { seconds }, { cause }) : undefined;
    },
  };
}
