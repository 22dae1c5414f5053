import type { Candidate, Evidence } from "./evidence.ts";

/** A logistic function of what speaks for the best answer. */
export type Calibration = {
  /**
   * `prior`: made for a handful of examples; looks at the best head score, its lead, the nearest
   * prompt and its lead. `fitted`: fitted on prompts held back from training; looks at the best
   * head score and at how undecided the classifiers are. `similarity`: for answers without a head.
   */
  readonly kind: "prior" | "fitted" | "similarity";
  readonly intercept: number;
  readonly slopes: readonly number[];
};

/** Used until held-back prompts say more. Chosen on small FAQs in English and Russian. */
export const priorCalibration: Calibration = {
  kind: "prior",
  intercept: -1.5,
  slopes: [2, 1.5, 3, 1.5],
};

/** Used for answers that have no head yet. */
export const similarityCalibration: Calibration = {
  kind: "similarity",
  intercept: -4,
  slopes: [8, 3],
};

/** What a fitted calibration starts from: few held-back prompts move it little. */
export const fittedStart: Calibration = { kind: "fitted", intercept: 2.3, slopes: [2.5, -1] };

/** The probability that an answer is right. */
export function probability(
  calibration: Calibration,
  candidate: Candidate,
  evidence: Evidence,
): number {
  return logistic(calibration, featuresFor(calibration.kind, candidate, evidence));
}

export function logistic({ intercept, slopes }: Calibration, features: readonly number[]): number {
  const sum = slopes.reduce((total, slope, at) => total + slope * features[at]!, intercept);
  return 1 / (1 + Math.exp(-sum));
}

/** What a calibration of this kind looks at. */
export function featuresFor(
  kind: Calibration["kind"],
  candidate: Candidate,
  evidence: Evidence,
): number[] {
  if (kind === "fitted") return fittedFeatures(candidate.score, evidence.entropy);
  const { answer, score, similarity } = candidate;
  const rival = evidence.bySimilarity.find((other) => other.answer !== answer);
  const lead = similarity - (rival?.similarity ?? 0);
  if (kind === "similarity") return [similarity, lead];
  const second = evidence.byShare.find((other) => other.answer !== answer);
  return [clip(score), clip(score) - clip(second?.score ?? -1), similarity, lead];
}

/** The best head score, and how undecided the classifiers are. */
export const fittedFeatures = (score: number, undecided: number): number[] => [
  clip(score),
  undecided,
];

/** Scores beyond this say no more. */
const largestScore = 1.5;
const clip = (score: number): number => Math.max(-largestScore, Math.min(largestScore, score));
