import type { DenseHeads } from "./dense-heads.ts";
import { softmax } from "./softmax.ts";
import type { SparseVector } from "./vocabulary.ts";

/** How the heads of a model see a prompt, answer by answer. */
export type Opinion = {
  readonly scores: Float64Array;
  /** Shares of belief; they add up to 1. */
  readonly shares: Float64Array;
};

/** Linear classifiers as far as one prompt is concerned. */
export type ScoringHeads = Pick<DenseHeads, "scores" | "taught">;

/** Makes shares of belief of linear scores: the larger, the sharper. */
export const sharpness = 4;

/** What the heads believe; answers that are not `allowed` get no share. */
export function opinionOf(
  heads: Pick<ScoringHeads, "scores">,
  vector: SparseVector,
  allowed: (answer: number) => boolean,
): Opinion {
  const scores = heads.scores(vector);
  const shares = new Float64Array(scores.length);
  for (let answer = 0; answer < shares.length; answer++)
    shares[answer] = allowed(answer) ? scores[answer]! * sharpness : -Infinity;
  softmax(shares);
  return { scores, shares };
}
