import type { Belief, Believed, Candidate, Evidence } from "./evidence.ts";

/** A logistic function of what speaks for the best answer. */
export type Calibration = {
  /**
   * `prior`: made for a handful of examples; looks at the best head score, its lead, the nearest
   * prompt and its lead. `fitted`: fitted on prompts held back from training; looks at the log odds
   * of the best shares. `local`: for local heads; looks at the best score and its lead.
   * `similarity`: for answers without a head.
   */
  readonly kind: "prior" | "fitted" | "local" | "similarity";
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
export const fittedStart: Calibration = { kind: "fitted", intercept: 1, slopes: [1] };

/** The same for local heads. */
export const localStart: Calibration = { kind: "local", intercept: 0, slopes: [2, 2] };

/** The probability that an answer is right. */
export function probability(
  calibration: Calibration,
  candidate: Candidate,
  evidence: Evidence,
): number {
  const { kind } = calibration;
  const nearest =
    kind === "prior" ? candidate.similarity : (evidence.bySimilarity[0]?.similarity ?? 0);
  const features = featuresFor(kind, candidate, evidence);
  return logistic(calibration, features) * familiarity(nearest, familiar[kind]);
}

/**
 * Cosines of the nearest prompt from which a question counts as wholly strange and wholly familiar.
 * With a few answers the heads know too little of the rest of the world: one that has seen a single
 * answer gives it to everything. Then the prompts themselves must be alike.
 */
const familiar: Readonly<Record<Calibration["kind"], readonly [number, number]>> = {
  prior: [0.12, 0.32],
  fitted: [0, 0.08],
  local: [0, 0.08],
  similarity: [0, 0.08],
};

/** 0 for a question like nothing taught, 1 for a familiar one, straight in between. */
const familiarity = (similarity: number, [strange, known]: readonly [number, number]): number =>
  Math.max(0, Math.min(1, (similarity - strange) / (known - strange)));

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
  if (kind === "fitted") return fittedFeatures(candidate);
  if (kind === "local")
    return localFeatures([
      candidate,
      ...evidence.byShare.filter(({ answer }) => answer !== candidate.answer),
    ]);
  const { answer, score, similarity } = candidate;
  const rival = evidence.bySimilarity.find((other) => other.answer !== answer);
  const lead = similarity - (rival?.similarity ?? 0);
  if (kind === "similarity") return [similarity, lead];
  const second = evidence.byShare.find((other) => other.answer !== answer);
  return [clip(score), clip(score) - clip(second?.score ?? -1), similarity, lead];
}

/**
 * The log odds of the best answer's share. It ranks known before unknown
 * prompts better than the head score, the entropy of the shares, or the nearest prompt.
 */
export function fittedFeatures({ share }: Believed): number[] {
  return [logOdds(share)];
}

/** The best score and its lead over the second. */
export function localFeatures([first, second]: Belief): number[] {
  const score = clip(first?.score ?? -1);
  return [score, score - clip(second?.score ?? -1)];
}

const logOdds = (share: number): number =>
  Math.log((share + leastShare) / (1 - share + leastShare));

/** Keeps log odds finite. */
const leastShare = 1e-4;
/** Scores beyond this say no more. */
const largestScore = 1.5;
const clip = (score: number): number => Math.max(-largestScore, Math.min(largestScore, score));
