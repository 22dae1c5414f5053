import { calibrate } from "./calibrate.ts";
import { localStart } from "./calibration.ts";
import { ExampleStore } from "./example-store.ts";
import { usualStrangeness } from "./decision/strangeness.ts";
import { TaughtWords } from "./decision/taught-words.ts";
import { FeatureClasses } from "./feature-classes.ts";
import { InvertedIndex } from "./inverted-index.ts";
import { LocalHeads, packHeads } from "./local-heads.ts";
import { localTrials } from "./local-trials.ts";
import { Meanings } from "./meanings.ts";
import { meaningOf, mostRich } from "./model.ts";
import type { Model } from "./model.ts";
import type { Taught } from "./recall.ts";
import { trainDense } from "./train-dense.ts";
import type { DenseTables } from "./train-dense.ts";
import type { VectorTable } from "./train-heads.ts";
import { localTrainer } from "./train-local-heads.ts";
import type { LocalTask } from "./train-local-heads.ts";
import type { TrainingOptions } from "./training-options.ts";
import { withRoom } from "./typed-arrays.ts";
import { Vocabulary } from "./vocabulary.ts";
import type { SparseVector } from "./vocabulary.ts";

/** Dense heads are for at most so many answers, weights and dual variables. */
const mostDenseAnswers = 1_000;
/** Beyond so many answers those with a single example go by similarity, and so do the last ones. */
const mostLocalHeads = 50_000;
const mostCells = 2 ** 26;
/** A training of local heads tells its loss at most so often. */
const localPasses = 50;

/** A memory with nothing in it. */
export function emptyModel(
  examplesExpected: number,
  { encoder, dimensions }: Pick<TrainingOptions, "encoder" | "dimensions">,
): Model {
  const isLean = examplesExpected > mostRich;
  const axes = isLean ? 0 : (encoder?.dimensions ?? dimensions ?? 0);
  const vocabulary = new Vocabulary(isLean ? "lean" : "rich", axes);
  const store = new ExampleStore();
  return {
    store,
    words: new TaughtWords(store),
    strangeness: usualStrangeness(axes > 0),
    vocabulary,
    index: new InvertedIndex(vocabulary),
    meanings: new Meanings(axes),
    ...(encoder && { encoder }),
    vectors: new Map(),
    calibration: localStart,
    trainedOn: 0,
  };
}

/** Learns everything from the examples alone: the same examples and seed give the same model. */
export function trainModel(examples: readonly Taught[], options: TrainingOptions): Model {
  const model = { ...emptyModel(examples.length, options), trainedOn: examples.length };
  const { store, vocabulary, meanings } = model;
  for (const taught of examples) {
    vocabulary.extractor.extract(store.learnedPrompt(store.add(taught)));
    vocabulary.register();
    meanings.add(meaningOf(model, taught));
  }
  vocabulary.freeze(examples.length);
  switch (headsFor(model, options)) {
    case "dense":
      return trainDense(model, denseTables(model), options);
    case "local":
      return withLocalHeads(model, indexAll(model), options);
    case "none":
      indexAll(model, () => false);
      return model;
  }
}

/** What can be trained for so many answers and features. */
function headsFor(
  { store, vocabulary }: Model,
  { localHeads, leanHeads }: TrainingOptions,
): "dense" | "local" | "none" {
  const answers = store.answerCount;
  if (answers > mostDenseAnswers) return localHeads === true ? "local" : "none";
  const cells = Math.max(vocabulary.size, store.count) * answers;
  if (answers === 0 || cells > mostCells) return "none";
  return vocabulary.set === "rich" || leanHeads === true ? "dense" : "none";
}

/** Indexes all examples, and puts those of their features together that go together. */
function denseTables(model: Model): DenseTables {
  const { vocabulary } = model;
  const classes = new FeatureClasses(vocabulary.size, vocabulary.groups, vocabulary.dimensions);
  const plain = indexAll(model, (vector) => {
    classes.refine(vocabulary.wordsOf(vector).features, vocabulary.extractor.counts);
    return true;
  });
  classes.settle(vocabulary.rarity);
  return { classes, vectors: classes.table(plain) };
}

/** Indexes all examples, and tells the vectors of those that `keeps` says yes to. */
function indexAll(
  { store, vocabulary, index, meanings }: Model,
  keeps: (vector: SparseVector) => boolean = () => true,
): VectorTable {
  const starts = new Uint32Array(store.count + 1);
  let features = new Int32Array(0);
  let values = new Float32Array(0);
  for (let example = 0; example < store.count; example++) {
    vocabulary.extractor.extract(store.learnedPrompt(example));
    index.add(true);
    const vector = vocabulary.vector(meanings.of(example));
    const from = starts[example]!;
    const to = keeps(vector) ? from + vector.features.length : from;
    starts[example + 1] = to;
    if (to === from) continue;
    features = withRoom(features, to);
    values = withRoom(values, to);
    features.set(vector.features, from);
    values.set(vector.values, from);
  }
  return { starts, features, values };
}

/** Trains a head for every answer, on the examples near its own alone. */
function withLocalHeads(
  model: Model,
  { starts, features, values }: VectorTable,
  { seed, progress, watch }: TrainingOptions,
): Model {
  const { store } = model;
  let lossSum = 0;
  let headsInSum = 0;
  const task: LocalTask = {
    model,
    vectorOf: (example) => ({
      features: features.subarray(starts[example], starts[example + 1]),
      values: values.subarray(starts[example], starts[example + 1]),
    }),
    counts: store.isActive,
    lost(loss) {
      lossSum += loss;
      headsInSum += 1;
    },
  };
  const train = localTrainer(task);
  const block = Math.max(100, Math.ceil(store.answerCount / localPasses));
  const least = store.answerCount > mostLocalHeads ? 2 : 1;
  let trained = 0;
  const packed = packHeads(store.answerCount, (answer) => {
    if (answer % 100 === 0) progress?.((answer / store.answerCount) * 0.6);
    if (headsInSum === block) {
      watch?.passed({ stage: "heads", loss: lossSum / headsInSum, validation: null });
      lossSum = headsInSum = 0;
    }
    if (store.support[answer]! < least || trained === mostLocalHeads) return undefined;
    trained++;
    return train(answer);
  });
  const trials = localTrials(task, seed, (done) => progress?.(0.6 + done * 0.4));
  progress?.(1);
  return {
    ...model,
    localHeads: new LocalHeads(packed),
    calibration: calibrate(trials, localStart),
  };
}
