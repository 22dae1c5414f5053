import { calibrate } from "./calibrate.ts";
import { localStart, priorCalibration } from "./calibration.ts";
import { ExampleStore, noAnswer } from "./example-store.ts";
import { headsFromDuals } from "./heads-from-duals.ts";
import { demandOf } from "./heads.ts";
import { InvertedIndex } from "./inverted-index.ts";
import { LocalHeads, packHeads } from "./local-heads.ts";
import { localTrials } from "./local-trials.ts";
import { mostRich } from "./model.ts";
import type { Model } from "./model.ts";
import { outOfFold, taughtHeads } from "./out-of-fold.ts";
import type { Trial } from "./out-of-fold.ts";
import type { Taught } from "./recall.ts";
import { trainHeads } from "./train-heads.ts";
import type { HeadsTask, VectorTable } from "./train-heads.ts";
import { localTrainer } from "./train-local-heads.ts";
import type { LocalTask } from "./train-local-heads.ts";
import { netEpochsFor, trainNets } from "./train-nets.ts";
import { withRoom } from "./typed-arrays.ts";
import type { TrainingWatch } from "./training-watch.ts";
import { Vocabulary } from "./vocabulary.ts";
import { watchStages } from "./watch-stages.ts";

export type TrainingOptions = {
  readonly nets: boolean;
  readonly seed: number;
  /**
   * Whether local heads are trained where there are too many answers for dense ones. It takes
   * milliseconds for each answer.
   */
  readonly localHeads?: boolean;
  /** Whether dense heads are trained on lean features too. It takes minutes and much memory. */
  readonly leanHeads?: boolean;
  /** At most so many passes of each stage. */
  readonly passes?: number;
  readonly progress?: (done: number) => void;
  readonly watch?: TrainingWatch;
};

/** Dense heads are for at most so many answers, weights and dual variables. */
const mostDenseAnswers = 1_000;
/** Beyond so many answers those with a single example go by similarity, and so do the last ones. */
const mostLocalHeads = 50_000;
const mostCells = 2 ** 26;
/** A training of local heads tells its loss at most so often. */
const localPasses = 50;

/** A memory with nothing in it. */
export function emptyModel(examplesExpected: number): Model {
  const vocabulary = new Vocabulary(examplesExpected > mostRich ? "lean" : "rich");
  return {
    store: new ExampleStore(),
    vocabulary,
    index: new InvertedIndex(vocabulary),
    nets: [],
    vectors: new Map(),
    calibration: priorCalibration,
    trainedOn: 0,
  };
}

/** Learns everything from the examples alone: the same examples and seed give the same model. */
export function trainModel(examples: readonly Taught[], options: TrainingOptions): Model {
  const { seed, progress, passes } = options;
  const model = emptyModel(examples.length);
  const keep = options.localHeads === true || options.leanHeads === true;
  const vectors = registerAll(model, examples, keep);
  const { store, vocabulary } = model;
  const demands = examples.map((_, example) => demandOf(store, example));
  const heads = store.answerCount;
  const dense =
    heads > 0 &&
    heads <= mostDenseAnswers &&
    Math.max(vocabulary.size, examples.length) * heads <= mostCells;
  if (options.localHeads && vectors !== undefined && heads > mostDenseAnswers)
    return withLocalHeads({ ...model, trainedOn: examples.length }, vectors, options);
  const trainable = vocabulary.set === "rich" || options.leanHeads === true;
  if (!dense || !trainable || vectors === undefined)
    return { ...model, trainedOn: examples.length };
  const task: HeadsTask = { vectors, demands, features: vocabulary.size, heads, seed };
  const watched = options.watch && watchStages(options.watch, model);
  const { duals, bias } = trainHeads(
    { ...task, ...(passes && { passes }) },
    (done) => progress?.(done * 0.2),
    watched?.heads,
  );
  const taught = taughtHeads(task, demands.keys());
  const netEpochs = options.nets ? Math.min(netEpochsFor(task), passes ?? Infinity) : 0;
  // The weights are made again at the end: meanwhile their memory serves the trials and the nets.
  const trials = outOfFold(model, task, netEpochs, (done) => progress?.(0.2 + done * 0.35));
  const worthwhile = netEpochs > 0 && netsHelp(trials);
  const judged = worthwhile
    ? trials
    : trials.map((trial) => ({ ...trial, belief: trial.headsAlone }));
  const nets = worthwhile
    ? trainNets(
        task,
        vocabulary.groups,
        netEpochs,
        (done) => progress?.(0.55 + done * 0.45),
        watched?.net,
      )
    : [];
  progress?.(1);
  return {
    ...model,
    heads: headsFromDuals(model, { duals, bias, taught }),
    nets,
    calibration: calibrate(judged, priorCalibration),
    trainedOn: examples.length,
  };
}

/**
 * Whether heads and nets together were right more often than heads alone, by more than half the
 * standard error of that difference.
 */
function netsHelp(trials: readonly Trial[]): boolean {
  let better = 0;
  let worse = 0;
  for (const { belief, headsAlone, answer } of trials) {
    if (answer === noAnswer) continue;
    const together = belief[0]?.answer === answer;
    const alone = headsAlone[0]?.answer === answer;
    if (together && !alone) better++;
    if (alone && !together) worse++;
  }
  return better - worse > Math.sqrt(better + worse) / 2;
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

/** Fills store, vocabulary and index; vectors are kept where they are needed for training. */
function registerAll(
  model: Model,
  examples: readonly Taught[],
  keepAll: boolean,
): VectorTable | undefined {
  const { store, vocabulary, index } = model;
  const { extractor } = vocabulary;
  for (const taught of examples) {
    extractor.extract(taught.prompt);
    vocabulary.register();
  }
  vocabulary.freeze(examples.length);
  const keep = keepAll || vocabulary.set === "rich";
  const starts = new Uint32Array(examples.length + 1);
  let features = new Int32Array(0);
  let values = new Float32Array(0);
  for (const [example, taught] of examples.entries()) {
    extractor.extract(taught.prompt);
    store.add(taught);
    index.add(true);
    if (!keep) continue;
    const vector = vocabulary.vector();
    const from = starts[example]!;
    const to = from + vector.features.length;
    features = withRoom(features, to);
    values = withRoom(values, to);
    features.set(vector.features, from);
    values.set(vector.values, from);
    starts[example + 1] = to;
  }
  return keep ? { starts, features, values } : undefined;
}
