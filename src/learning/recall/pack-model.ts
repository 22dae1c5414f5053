import type { InstantEncoder } from "../../encoders/encoder.ts";
import type { Calibration } from "./calibration.ts";
import type { Strangeness } from "./decision/signals.ts";
import { TaughtWords } from "./decision/taught-words.ts";
import { headsFromDuals } from "./heads-from-duals.ts";
import type { PackedHeads } from "./heads-from-duals.ts";
import { ExampleStore } from "./example-store.ts";
import type { PackedExamples } from "./example-store.ts";
import { InvertedIndex } from "./inverted-index.ts";
import type { PackedIndex } from "./inverted-index.ts";
import { LocalHeads } from "./local-heads.ts";
import type { PackedLocalHeads } from "./local-heads.ts";
import type { Model } from "./model.ts";
import { Meanings } from "./meanings.ts";
import { Vocabulary } from "./vocabulary.ts";
import type { PackedVocabulary } from "./vocabulary.ts";

/** A model as plain objects and typed arrays: for a file, or for another thread. */
export type PackedModel = {
  readonly examples: PackedExamples;
  readonly vocabulary: PackedVocabulary;
  readonly index: PackedIndex;
  readonly heads: PackedHeads | null;
  readonly localHeads: PackedLocalHeads | null;
  readonly meanings: PackedMeanings;
  readonly calibration: Calibration;
  readonly strangeness: Strangeness;
  readonly trainedOn: number;
};

/** The vectors of the prompts, and the id of the encoder that made them; `null`: none did. */
export type PackedMeanings = {
  readonly encoder: string | null;
  readonly dimensions: number;
  readonly rows: Int8Array;
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
    meanings: packMeanings(model),
    calibration: model.calibration,
    strangeness: model.strangeness,
    trainedOn: model.trainedOn,
  };
}

export function packMeanings({
  store,
  meanings,
  encoder,
}: Pick<Model, "store" | "meanings" | "encoder">): PackedMeanings {
  return {
    encoder: encoder?.id ?? null,
    dimensions: meanings.dimensions,
    rows: meanings.pack(store.activeExamples()),
  };
}

/** `encoder`: the one that made the vectors. */
export function unpackModel(packed: PackedModel, encoder: InstantEncoder | undefined): Model {
  const store = ExampleStore.unpack(packed.examples);
  const vocabulary = Vocabulary.unpack(packed.vocabulary);
  const index = new InvertedIndex(vocabulary, packed.index);
  const model: Model = {
    store,
    vocabulary,
    index,
    meanings: new Meanings(packed.meanings.dimensions, packed.meanings.rows),
    ...(encoder && { encoder }),
    vectors: new Map(),
    calibration: packed.calibration,
    strangeness: packed.strangeness,
    words: new TaughtWords(store),
    trainedOn: packed.trainedOn,
    ...(packed.localHeads && { localHeads: new LocalHeads(packed.localHeads) }),
  };
  if (!packed.heads) return model;
  return { ...model, heads: headsFromDuals(model, packed.heads) };
}
