import type { DenseHeads } from "./dense-heads.ts";
import { netProbabilities } from "./net.ts";
import type { Net } from "./net.ts";
import { softmax } from "./softmax.ts";
import type { SparseVector } from "./vocabulary.ts";

/** How the classifiers of a model see a prompt, answer by answer. */
export type Opinion = {
  /** Scores of the linear heads. */
  readonly scores: Float64Array;
  /** Shares of belief of heads and nets; they add up to 1. */
  readonly shares: Float64Array;
  /** The same of the heads alone. */
  readonly headShares: Float64Array;
};

/** Linear classifiers as far as one prompt is concerned. */
export type ScoringHeads = Pick<DenseHeads, "scores" | "taught">;

/** Makes shares of belief of linear scores: the larger, the sharper. */
const sharpness = 4;
const leastShare = 1e-9;

/**
 * The geometric mean of what heads and nets believe, over those that know an answer; answers that
 * are not `allowed` get no share.
 */
export function opinionOf(
  heads: Pick<ScoringHeads, "scores">,
  nets: readonly Net[],
  vector: SparseVector,
  allowed: (answer: number) => boolean,
): Opinion {
  const scores = heads.scores(vector);
  const shares = new Float64Array(scores.length);
  for (let answer = 0; answer < shares.length; answer++)
    shares[answer] = allowed(answer) ? scores[answer]! * sharpness : -Infinity;
  softmax(shares);
  const headShares = nets.length > 0 ? shares.slice() : shares;
  if (nets.length > 0) {
    const opinions = nets.map((net) => netProbabilities(net, vector));
    for (let answer = 0; answer < shares.length; answer++) {
      if (shares[answer] === 0 && !allowed(answer)) {
        shares[answer] = -Infinity;
        continue;
      }
      let sum = Math.log(shares[answer]! + leastShare);
      let count = 1;
      for (const opinion of opinions) {
        if (answer >= opinion.length) continue;
        sum += Math.log(opinion[answer]! + leastShare);
        count++;
      }
      shares[answer] = sum / count;
    }
    softmax(shares);
  }
  return { scores, shares, headShares };
}
