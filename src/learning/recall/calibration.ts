import type { Belief, Candidate, Evidence } from "./evidence.ts";

/**
 * A logistic function of what speaks for the best answer, where there are too many answers for the
 * matcher, or an answer has no head yet.
 */
export type Calibration = {
  /**
   * `local`: for local heads; looks at the best score and its lead. `similarity`: for answers without
   * a head; looks at the nearest prompt and its lead.
   */
  readonly kind: "local" | "similarity";
  readonly intercept: number;
  readonly slopes: readonly number[];
};

/** Used for answers that have no head yet, where words alone are compared. */
export const similarityOfWords: Calibration = {
  kind: "similarity",
  intercept: -4,
  slopes: [8, 3],
};

/** The same with meaning in the cosine: prompts of different answers are more alike then. */
export const similarityOfMeaning: Calibration = { ...similarityOfWords, intercept: -6 };

/** What the calibration of local heads starts from: few held-back prompts move it little. */
export const localStart: Calibration = { kind: "local", intercept: 0, slopes: [2, 2] };

/** A question whose nearest prompt is less alike than this is wholly familiar no more. */
const familiar = 0.08;

/** The probability that an answer is right. */
export function probability(
  calibration: Calibration,
  candidate: Candidate,
  evidence: Evidence,
): number {
  const nearest = evidence.bySimilarity[0]?.similarity ?? 0;
  const features =
    calibration.kind === "local"
      ? localFeatures([
          candidate,
          ...evidence.byShare.filter(({ answer }) => answer !== candidate.answer),
        ])
      : similarityFeatures(candidate, evidence);
  return logistic(calibration, features) * Math.min(1, nearest / familiar);
}

export function logistic({ intercept, slopes }: Calibration, features: readonly number[]): number {
  const sum = slopes.reduce((total, slope, at) => total + slope * features[at]!, intercept);
  return 1 / (1 + Math.exp(-sum));
}

function similarityFeatures({ answer, similarity }: Candidate, evidence: Evidence): number[] {
  const rival = evidence.bySimilarity.find((other) => other.answer !== answer);
  return [similarity, similarity - (rival?.similarity ?? 0)];
}

/** The best score and its lead over the second. */
export function localFeatures([first, second]: Belief): number[] {
  const score = clip(first?.score ?? -1);
  return [score, score - clip(second?.score ?? -1)];
}

/** Scores beyond this say no more. */
const largestScore = 1.5;
const clip = (score: number): number => Math.max(-largestScore, Math.min(largestScore, score));
