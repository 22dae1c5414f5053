import type { TrainedNet } from "./train-net.ts";
import type { SparseVector } from "./vocabulary.ts";

/** The score of every answer, from a net that is still being trained. */
export function netScores(
  { hidden, outputs, input, inputBias, output, outputBias }: TrainedNet,
  { features, values }: SparseVector,
  reads: (feature: number) => boolean,
): Float64Array {
  const activations = Float64Array.from(inputBias);
  for (let at = 0; at < features.length; at++) {
    const feature = features[at]!;
    if (!reads(feature)) continue;
    const value = values[at]!;
    const row = feature * hidden;
    for (let unit = 0; unit < hidden; unit++) activations[unit]! += value * input[row + unit]!;
  }
  const scores = Float64Array.from(outputBias);
  for (let unit = 0; unit < hidden; unit++) {
    const activation = activations[unit]!;
    if (activation <= 0) continue;
    const row = unit * outputs;
    for (let head = 0; head < outputs; head++) scores[head]! += activation * output[row + head]!;
  }
  return scores;
}
