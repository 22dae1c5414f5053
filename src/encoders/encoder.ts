import type { ApprenticeError } from "../core/errors.ts";

/**
 * Turns texts into vectors that lie near each other when the texts mean the same. A pure function of
 * the text: the id names everything that shapes the vectors.
 */
export type Encoder = {
  /** Model, form and checksum. Vectors of different ids cannot be compared. */
  readonly id: string;
  readonly dimensions: number;
  /** The languages it knows, as ISO 639 codes; empty: nobody has said. */
  readonly languages: readonly string[];
  /**
   * One vector of unit length for each text, in steps of 1/127. A vector of zeros stands for a text
   * of which nothing is known. Rejects with the signal's reason when aborted, and with `encoder-*`
   * when it cannot be done.
   */
  encode(texts: readonly string[], signal?: AbortSignal): Promise<Int8Array[]>;
};

/** An encoder that gives at once the vectors it was told to have ready, so that recall never waits. */
export type InstantEncoder = Encoder & {
  /** Whether its vectors are worth keeping on disk. */
  readonly isCostly: boolean;
  /** The vector of one text; `null` when nothing of it is known, or it was not made ready. */
  vectorOf(text: string): Int8Array | null;
  /** The vector of one word, to be compared with other words alone. Always there at once. */
  wordOf(word: string): Int8Array | null;
  /**
   * Makes these texts ready. An engine that is away leaves them without a vector, and `problem` says
   * why. Rejects only with the signal's reason.
   */
  prepare(texts: readonly string[], signal?: AbortSignal): Promise<void>;
  /** Takes over a vector that was made before. */
  remember(text: string, vector: Int8Array): void;
  /** What went wrong the last time; `undefined` while all is well. */
  problem(): ApprenticeError | undefined;
  /** Lets go of what it holds in memory; it is loaded again when it is next used. */
  release(): void;
};
