import type { Calibration } from "./calibration.ts";
import { DenseHeads, roomyRows, roomyStride } from "./dense-heads.ts";
import { ExampleStore } from "./example-store.ts";
import type { PackedExamples } from "./example-store.ts";
import { target } from "./heads.ts";
import { InvertedIndex } from "./inverted-index.ts";
import type { PackedIndex } from "./inverted-index.ts";
import { LocalHeads } from "./local-heads.ts";
import type { PackedLocalHeads } from "./local-heads.ts";
import type { Model } from "./model.ts";
import type { Net } from "./net.ts";
import type { DualTable } from "./train-heads.ts";
import { Vocabulary } from "./vocabulary.ts";
import type { PackedVocabulary } from "./vocabulary.ts";

/** A model as plain objects and typed arrays: for a file, or for another thread. */
export type PackedModel = {
  readonly examples: PackedExamples;
  readonly vocabulary: PackedVocabulary;
  readonly index: PackedIndex;
  readonly heads: PackedHeads | null;
  readonly localHeads: PackedLocalHeads | null;
  readonly nets: readonly Net[];
  readonly calibration: Calibration;
  readonly trainedOn: number;
};

export type PackedHeads = {
  readonly duals: DualTable;
  readonly bias: Float32Array;
  readonly taught: Uint8Array;
};

export function packModel(model: Model): PackedModel {
  const kept = model.store.activeExamples();
  const { heads } = model;
  return {
    examples: model.store.pack(),
    vocabulary: model.vocabulary.pack(),
    index: model.index.pack(kept),
    heads: heads
      ? {
          duals: heads.packDuals(kept),
          bias: heads.bias.slice(0, heads.count),
          taught: heads.taught.slice(0, heads.count),
        }
      : null,
    localHeads: model.localHeads?.pack(model.store.answerCount) ?? null,
    nets: model.nets,
    calibration: model.calibration,
    trainedOn: model.trainedOn,
  };
}

export function unpackModel(packed: PackedModel): Model {
  const store = ExampleStore.unpack(packed.examples);
  const vocabulary = Vocabulary.unpack(packed.vocabulary);
  const index = new InvertedIndex(vocabulary, packed.index);
  const model: Model = {
    store,
    vocabulary,
    index,
    nets: packed.nets,
    vectors: new Map(),
    calibration: packed.calibration,
    trainedOn: packed.trainedOn,
    ...(packed.localHeads && { localHeads: new LocalHeads(packed.localHeads) }),
  };
  if (!packed.heads) return model;
  const { duals, bias, taught } = packed.heads;
  const stride = roomyStride(bias.length);
  const weights = weightsFromDuals(model, duals, stride);
  return { ...model, heads: new DenseHeads({ weights, bias, duals }, taught, stride) };
}

/** The weights are the sum of the examples' vectors, times their dual variables, times their targets. */
function weightsFromDuals(
  { store, vocabulary, index }: Model,
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
  return weights;
}
