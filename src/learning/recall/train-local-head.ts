import { costOf, ownKernel, target } from "./heads.ts";
import type { Lesson } from "./heads.ts";
import type { LocalHead } from "./local-heads.ts";
import { withRoom } from "./typed-arrays.ts";

const mostPasses = 30;
const tolerance = 0.1;
const settled = 1e-3;
/** A prompt without any known feature is none of this answer: as many such count as an example. */
const emptyPrompts = 20;
const emptyDiagonal = 1 / (2 * 0.5 * emptyPrompts);
/** The smaller weights of a head are left out: they change next to nothing. */
const weightsKept = 384;

/**
 * One answer against the rest, learned from its own examples and those it could be mistaken for:
 * L2-regularised squared hinge loss by dual coordinate descent, the bias counted as a feature.
 * `places` is zeroed scratch space with room for every feature; it is left zeroed. `lost` is told the
 * mean loss of a lesson in the last pass.
 */
export function trainLocalHead(
  answer: number,
  lessons: readonly Lesson[],
  places: Int32Array,
  lost?: (loss: number) => void,
): LocalHead {
  let features = new Int32Array(1024);
  let size = 0;
  const parts = lessons.map(({ vector, demand }) => {
    const own = new Int32Array(vector.features.length);
    for (let at = 0; at < own.length; at++) {
      const feature = vector.features[at]!;
      if (places[feature] === 0) {
        features = withRoom(features, size + 1);
        features[size++] = feature;
        places[feature] = size;
      }
      own[at] = places[feature]! - 1;
    }
    return {
      places: own,
      values: vector.values,
      sign: target(demand, answer),
      kernel: ownKernel(vector),
      diagonal: 1 / (2 * costOf(demand, answer)),
      alpha: 0,
    };
  });
  const weights = new Float64Array(size);
  let bias = 0;
  let emptyAlpha = 0;
  let loss = 0;
  for (let pass = 0; pass < mostPasses; pass++) {
    let worst = 0;
    loss = 0;
    for (const part of parts) {
      const { places: own, values, sign, kernel, diagonal, alpha } = part;
      let score = bias;
      for (let at = 0; at < own.length; at++) score += values[at]! * weights[own[at]!]!;
      const margin = sign * score - 1;
      if (margin < 0) loss += (margin * margin) / (2 * diagonal);
      const gradient = margin + diagonal * alpha;
      const violation = Math.abs(alpha === 0 ? Math.min(gradient, 0) : gradient);
      if (violation <= settled) continue;
      worst = Math.max(worst, violation);
      part.alpha = Math.max(alpha - gradient / (kernel + diagonal), 0);
      const move = sign * (part.alpha - alpha);
      bias += move;
      for (let at = 0; at < own.length; at++) weights[own[at]!]! += move * values[at]!;
    }
    const gradient = -bias - 1 + emptyDiagonal * emptyAlpha;
    const next = Math.max(emptyAlpha - gradient / (1 + emptyDiagonal), 0);
    bias -= next - emptyAlpha;
    emptyAlpha = next;
    if (worst < tolerance) break;
  }
  lost?.(loss / Math.max(1, parts.length));
  for (let place = 0; place < size; place++) places[features[place]!] = 0;
  return compressed(features.subarray(0, size), weights, bias);
}

/** The largest weights in steps of 1/127 of the largest of all. */
function compressed(features: Int32Array, weights: Float64Array, bias: number): LocalHead {
  const kept = Int32Array.from(weights.keys())
    .toSorted((left, right) => Math.abs(weights[right]!) - Math.abs(weights[left]!))
    .subarray(0, weightsKept)
    .toSorted((left, right) => features[left]! - features[right]!);
  let largest = 1e-12;
  for (const place of kept) largest = Math.max(largest, Math.abs(weights[place]!));
  return {
    features: kept.map((place) => features[place]!),
    weights: Int8Array.from(kept, (place) => Math.round((weights[place]! / largest) * 127)),
    scale: largest / 127,
    bias,
  };
}
