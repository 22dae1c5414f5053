import { localFeatures, localStart, logistic } from "./calibration.ts";
import type { Calibration } from "./calibration.ts";
import { noAnswer } from "./example-store.ts";
import type { Trial } from "./local-trials.ts";

/** With fewer held-back prompts of known answers what was there before is the better judge. */
const leastTrials = 40;
/**
 * Share of questions that nobody has taught, as far as the score is concerned. A larger share
 * makes every score smaller; the thresholds are set with that in mind.
 */
const unknownShare = 0.02;
/** The starting point counts as much as so many trials. */
const startTrials = 10;
const rounds = 25;

/**
 * Fits the probability of being right to prompts held back from training, those of hidden answers
 * weighted to `unknownShare` of the whole. Logistic regression by Newton's method, with a Gaussian
 * prior around the starting point.
 */
export function calibrate(trials: readonly Trial[], before: Calibration): Calibration {
  const known = trials.filter(({ answer }) => answer !== noAnswer).length;
  const unknown = trials.length - known;
  if (known < leastTrials) return before;
  const from = localStart;
  const unknownWeight = unknown === 0 ? 0 : ((unknownShare / (1 - unknownShare)) * known) / unknown;
  const points = trials.flatMap(({ belief, answer }) => {
    const [first] = belief;
    if (!first) return [];
    return {
      features: localFeatures(belief),
      right: first.answer === answer ? 1 : 0,
      weight: answer === noAnswer ? unknownWeight : 1,
    };
  });
  const start = [from.intercept, ...from.slopes];
  let now = start;
  for (let round = 0; round < rounds; round++) {
    const gradient = now.map((value, row) => startTrials * (start[row]! - value));
    const curvature = now.map((_, row) =>
      now.map((__, column) => (row === column ? startTrials : 0)),
    );
    for (const { features, right, weight } of points) {
      const inputs = [1, ...features];
      const expected = logistic(asCalibration(from.kind, now), features);
      for (const [row, input] of inputs.entries()) {
        gradient[row]! += weight * (right - expected) * input;
        for (const [column, other] of inputs.entries())
          curvature[row]![column]! += weight * expected * (1 - expected) * input * other;
      }
    }
    const move = solve(curvature, gradient);
    now = now.map((value, row) => value + move[row]!);
  }
  return asCalibration(from.kind, now);
}

function asCalibration(
  kind: Calibration["kind"],
  [intercept, ...slopes]: readonly number[],
): Calibration {
  return { kind, intercept: intercept!, slopes };
}

/** Solves a small positive definite system (Gauss and Jordan). */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  for (const [pivot, pivotRow] of rows.entries()) {
    const scale = pivotRow[pivot]!;
    for (const [at, value] of pivotRow.entries()) pivotRow[at] = value / scale;
    for (const row of rows) {
      if (row === pivotRow) continue;
      const factor = row[pivot]!;
      for (const [at, value] of pivotRow.entries()) row[at]! -= factor * value;
    }
  }
  return rows.map((row) => row.at(-1)!);
}
