import type { InstantEncoder } from "../../encoders/encoder.ts";
import type { Calibration } from "./calibration.ts";
import type { DenseHeads } from "./dense-heads.ts";
import type { ExampleStore } from "./example-store.ts";
import type { InvertedIndex } from "./inverted-index.ts";
import type { LocalHeads } from "./local-heads.ts";
import type { Meanings } from "./meanings.ts";
import type { Strangeness } from "./decision/signals.ts";
import type { TaughtWords } from "./decision/taught-words.ts";
import type { Taught } from "./recall.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { SparseVector } from "./vocabulary.ts";

/** Everything one workspace has in its memory. */
export type Model = {
  readonly store: ExampleStore;
  readonly vocabulary: Vocabulary;
  readonly index: InvertedIndex;
  /** Absent while there are too many answers for dense heads, or nothing was trained yet. */
  readonly heads?: DenseHeads;
  /** What stands in for them then, once a refit has trained it. */
  readonly localHeads?: LocalHeads;
  /** What the prompts mean, where there is an encoder. */
  readonly meanings: Meanings;
  readonly encoder?: InstantEncoder;
  /** The words that slips are repaired to. */
  readonly words: TaughtWords;
  /** How alike prompts of different answers are, as it was when the model was trained. */
  readonly strangeness: Strangeness;
  readonly calibration: Calibration;
  /** Vectors of examples, by number: those that were needed lately. */
  readonly vectors: Map<number, SparseVector>;
  /** How many examples it was trained on. */
  readonly trainedOn: number;
};

/** Whether an answer has a classifier of its own. */
export const hasHead = ({ heads, localHeads }: Model, answer: number): boolean =>
  heads?.taught[answer] === 1 || localHeads?.of(answer) !== undefined;

/** How many vectors are kept, and how many of the oldest go when there are more. */
const vectorsRemembered = { most: 8_192, forgotten: 1_024 } as const;

/** More prompts than this get the lean features. */
export const mostRich = 60_000;

/** Takes a new example into the store, the vocabulary and the index. */
export function register(model: Model, taught: Taught, bulk: boolean): number {
  const { store, vocabulary, index, meanings } = model;
  const example = store.add(taught);
  vocabulary.extractor.extract(store.learnedPrompt(example));
  vocabulary.register();
  index.add(bulk);
  meanings.add(meaningOf(model, taught));
  model.words.recount(store.learnedPrompt(example), 1);
  return example;
}

/** What an encoder made, or makes, of a prompt. */
export function meaningOf(
  { meanings, encoder }: Pick<Model, "meanings" | "encoder">,
  { prompt, vector, reach }: Pick<Taught, "prompt" | "vector" | "reach">,
): Int8Array | null {
  if (meanings.dimensions === 0 || reach === "exact") return null;
  if (vector?.length === meanings.dimensions) return vector;
  return encoder?.vectorOf(prompt) ?? null;
}

/** Lets an example count again (`+1`) or no longer (`-1`). */
export function setActive(model: Model, example: number, change: 1 | -1): void {
  const { store, vocabulary } = model;
  vocabulary.extractor.extract(store.learnedPrompt(example));
  vocabulary.recount(change);
  model.words.recount(store.learnedPrompt(example), change);
  if (change === 1) store.activate(example);
  else store.deactivate(example);
}

/** The vector of an active example's prompt. It never changes, so the latest are remembered. */
export function vectorOfExample(model: Model, example: number): SparseVector {
  const known = model.vectors.get(example);
  if (known) return known;
  const { vocabulary, store, meanings } = model;
  const vector = vocabulary.vectorOf(store.learnedPrompt(example), meanings.of(example));
  if (model.vectors.size >= vectorsRemembered.most)
    for (const oldest of [...model.vectors.keys()].slice(0, vectorsRemembered.forgotten))
      model.vectors.delete(oldest);
  model.vectors.set(example, vector);
  return vector;
}
