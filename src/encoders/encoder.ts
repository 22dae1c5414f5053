/**
 * Turns texts into vectors that lie near each other when the texts mean the same. A pure function of
 * the text: the id names everything that shapes the vectors.
 */
export type Encoder = {
  /** Model, form and checksum. Vectors of different ids cannot be compared. */
  readonly id: string;
  readonly dimensions: number;
  /** The languages it knows, as ISO 639 codes. */
  readonly languages: readonly string[];
  /**
   * One vector of unit length for each text, in steps of 1/127. A vector of zeros stands for a text
   * of which nothing is known. Rejects with the signal's reason when aborted.
   */
  encode(texts: readonly string[], signal?: AbortSignal): Promise<Int8Array[]>;
};

/** An encoder that needs microseconds, so that nobody has to wait for it. */
export type InstantEncoder = Encoder & {
  /** The vector of one text; `null` when nothing of it is known. */
  vectorOf(text: string): Int8Array | null;
};
