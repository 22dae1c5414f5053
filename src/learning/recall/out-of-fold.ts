import { DenseHeads } from "./dense-heads.ts";
import type { FeatureClasses } from "./feature-classes.ts";
import { believe } from "./gather.ts";
import type { Belief } from "./evidence.ts";
import { noAnswer } from "./example-store.ts";
import type { Model } from "./model.ts";
import { seededRandom, shuffle } from "./random.ts";
import { trainHeads } from "./train-heads.ts";
import type { HeadsTask } from "./train-heads.ts";
import type { SparseVector } from "./vocabulary.ts";

/** What the models that are asked are trained on. */
export type TrialTasks = {
  /** For heads: features are classes. */
  readonly task: HeadsTask & { readonly chosen: Int32Array };
  readonly classes: FeatureClasses;
};

/** What a model that never saw a prompt makes of it. */
export type Trial = {
  readonly belief: Belief;
  /** The right answer; `noAnswer` when the model that was asked could not know it. */
  readonly answer: number;
};

const folds = 5;
/** In a large set one fold has trials enough, and each costs half a training. */
const manyExamples = 2_000;
const trialsPerFold = { known: 3_000, unknown: 750 } as const;
/** With fewer answers none is hidden: too little would be left. */
const answersToHide = 5;

/**
 * Asks models about prompts that they were not trained on. In each fold a fifth of the examples of
 * every answer is held back, and a fifth of the answers is hidden altogether: their prompts stand
 * for questions that nobody has taught yet.
 */
export function outOfFold(
  model: Model,
  tasks: TrialTasks,
  progress?: (done: number) => void,
): Trial[] {
  const { task } = tasks;
  const random = seededRandom(task.seed + 1);
  const foldOf = assignFolds(task, random);
  const hiddenIn = assignAnswers(model.store.answerCount, random);
  const rounds = task.demands.length > manyExamples ? 1 : folds;
  const trials: Trial[] = [];
  for (let round = 0; round < rounds; round++) {
    const fold: Fold = {
      heldBack: (example) => foldOf[example] === round,
      isHidden: (example) => hiddenIn[task.demands[example]!.answer] === round,
    };
    trials.push(...tryFold(model, tasks, fold, random));
    progress?.((round + 1) / rounds);
  }
  return trials;
}

type Fold = {
  heldBack(example: number): boolean;
  isHidden(example: number): boolean;
};

function tryFold(
  model: Model,
  { task, classes }: TrialTasks,
  { heldBack, isHidden }: Fold,
  random: () => number,
): Trial[] {
  const { store, vocabulary } = model;
  const { demands } = task;
  const order = task.chosen.slice();
  shuffle(order, random);
  const seen = order.filter((example) => !heldBack(example) && !isHidden(example)).toSorted();
  const unseen = order.filter((example) => heldBack(example) || isHidden(example));
  const taught = taughtHeads(task, seen);
  const trained = trainHeads({ ...task, chosen: seen });
  const dense = new DenseHeads(trained, taught);
  const heads = { taught, scores: (vector: SparseVector) => dense.scores(classes.classed(vector)) };
  const positive = unseen.filter((example) => !demands[example]!.negative);
  const asked = [
    ...positive.filter((example) => !isHidden(example)).slice(0, trialsPerFold.known),
    ...positive.filter((example) => isHidden(example)).slice(0, trialsPerFold.unknown),
  ];
  changeCounts(model, unseen, -1);
  const trials = asked.map((example): Trial => {
    const vector = vocabulary.vectorOf(store.prompt(example), model.meanings.of(example));
    const { answer } = demands[example]!;
    return {
      belief: believe({ store, heads }, vector),
      answer: answer !== noAnswer && taught[answer] === 1 ? answer : noAnswer,
    };
  });
  changeCounts(model, unseen, 1);
  return trials;
}

/** 1 for each head that has a positive example among these. */
export function taughtHeads({ demands, heads }: HeadsTask, examples: Iterable<number>): Uint8Array {
  const taught = new Uint8Array(heads);
  for (const example of examples) {
    const { answer, negative } = demands[example]!;
    if (!negative && answer !== noAnswer) taught[answer] = 1;
  }
  return taught;
}

/** Features that only the held-back prompts have must be as unknown as those of a new prompt. */
function changeCounts({ store, vocabulary }: Model, examples: Int32Array, change: 1 | -1): void {
  for (const example of examples) {
    vocabulary.extractor.extract(store.prompt(example));
    vocabulary.recount(change);
  }
}

/** Spreads the examples of each answer evenly over the folds. */
function assignFolds(task: HeadsTask, random: () => number): Uint8Array {
  const order = Int32Array.from(task.demands.keys());
  shuffle(order, random);
  const dealt = new Map<number, number>();
  const foldOf = new Uint8Array(order.length);
  for (const example of order) {
    const { answer } = task.demands[example]!;
    const turn = dealt.get(answer) ?? Math.floor(random() * folds);
    foldOf[example] = turn % folds;
    dealt.set(answer, turn + 1);
  }
  return foldOf;
}

function assignAnswers(answers: number, random: () => number): Uint8Array {
  const order = Int32Array.from({ length: answers }, (_, answer) => answer);
  shuffle(order, random);
  const hiddenIn = new Uint8Array(answers).fill(folds);
  if (answers >= answersToHide)
    for (const [place, answer] of order.entries()) hiddenIn[answer] = place % folds;
  return hiddenIn;
}
