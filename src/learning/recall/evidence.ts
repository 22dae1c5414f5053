import type { Neighbour } from "./best-few.ts";
import type { SparseVector } from "./vocabulary.ts";

/** What the classifiers of a model think of one answer. */
export type Believed = {
  readonly answer: number;
  /** Score of its head. */
  readonly score: number;
  /** Its share of the belief of all heads. */
  readonly share: number;
};

/** By share, best first, at most 8. Empty without heads. */
export type Belief = readonly Believed[];

/** What speaks for one answer, nearest prompts included. */
export type Candidate = Believed & {
  /** Cosine of its nearest prompt, 0 when none of the neighbours is its own. */
  readonly similarity: number;
};

/** What the memory knows about one prompt. */
export type Evidence = {
  /** The prompt with slips repaired, its vector, and what an encoder made of it. */
  readonly prompt: string;
  readonly vector: SparseVector;
  readonly meaning: Int8Array | null;
  /** The examples that mean the most alike, best first; empty without an encoder. */
  readonly byMeaning: readonly Neighbour[];
  readonly neighbours: readonly Neighbour[];
  /** By share of belief, best first. Empty without heads. */
  readonly byShare: readonly Candidate[];
  /** By similarity, best first. */
  readonly bySimilarity: readonly Candidate[];
};
