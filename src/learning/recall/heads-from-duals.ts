import { DenseHeads, roomyRows, roomyStride } from "./dense-heads.ts";
import { target } from "./heads.ts";
import type { Model } from "./model.ts";
import { share, unit } from "./meanings.ts";
import type { DualTable } from "./train-heads.ts";

/** Trained heads without their weights, which follow from the rest: a tenth of the memory. */
export type PackedHeads = {
  readonly duals: DualTable;
  readonly bias: Float32Array;
  readonly taught: Uint8Array;
};

/** The heads with their weights again. */
export function headsFromDuals(
  model: Pick<Model, "store" | "vocabulary" | "index" | "meanings">,
  { duals, bias, taught }: PackedHeads,
): DenseHeads {
  const stride = roomyStride(bias.length);
  const weights = weightsFromDuals(model, duals, stride);
  return new DenseHeads({ weights, bias, duals }, taught, stride);
}

/** The weights are the sum of the examples' vectors, times their dual variables, times their targets. */
function weightsFromDuals(
  {
    store,
    vocabulary,
    index,
    meanings,
  }: Pick<Model, "store" | "vocabulary" | "index" | "meanings">,
  duals: DualTable,
  stride: number,
): Float32Array {
  const weights = new Float32Array(roomyRows(vocabulary.size) * stride);
  const signed = new Float32Array(duals.values.length);
  for (let example = 0; example + 1 < duals.starts.length; example++) {
    const demand = { answer: store.answers[example]!, negative: store.isNegative(example) };
    for (let at = duals.starts[example]!; at < duals.starts[example + 1]!; at++)
      signed[at] = duals.values[at]! * target(demand, duals.heads[at]!);
  }
  index.forEachPosting((feature, document, value) => {
    const row = feature * stride;
    for (let at = duals.starts[document]!; at < duals.starts[document + 1]!; at++)
      weights[row + duals.heads[at]!]! += value * signed[at]!;
  });
  const scale = Math.sqrt(share.meaning) / unit;
  for (let example = 0; example + 1 < duals.starts.length; example++) {
    const meaning = store.isGeneral(example) ? meanings.of(example) : null;
    if (!meaning) continue;
    for (let at = duals.starts[example]!; at < duals.starts[example + 1]!; at++)
      for (let axis = 0; axis < meaning.length; axis++)
        weights[axis * stride + duals.heads[at]!]! += meaning[axis]! * scale * signed[at]!;
  }
  return weights;
}
