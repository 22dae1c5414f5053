import { calibrate } from "./calibrate.ts";
import { priorCalibration } from "./calibration.ts";
import { noAnswer } from "./example-store.ts";
import type { FeatureClasses } from "./feature-classes.ts";
import { headsFromDuals } from "./heads-from-duals.ts";
import { demandOf } from "./heads.ts";
import type { Model } from "./model.ts";
import { outOfFold, taughtHeads } from "./out-of-fold.ts";
import type { Trial } from "./out-of-fold.ts";
import { trainHeads } from "./train-heads.ts";
import type { HeadsTask, VectorTable } from "./train-heads.ts";
import { netEpochsFor, trainNets } from "./train-nets.ts";
import type { TrainingOptions } from "./training-options.ts";
import { watchStages } from "./watch-stages.ts";

/** The vectors of all examples of a model. */
export type DenseTables = {
  /** By class of features, as heads are trained on. */
  readonly classed: VectorTable;
  readonly classes: FeatureClasses;
  /** By feature, as nets are trained on; missing where none are. */
  readonly plain: VectorTable | undefined;
};

/** Trains a head for every answer, on all examples, and nets where they help. */
export function trainDense(
  model: Model,
  { classed, classes, plain }: DenseTables,
  options: TrainingOptions,
): Pick<Model, "heads" | "nets" | "calibration"> {
  const { seed, progress, passes } = options;
  const { store, vocabulary } = model;
  const demands = Array.from({ length: store.count }, (_, example) => demandOf(store, example));
  const task: HeadsTask = {
    vectors: classed,
    demands,
    features: classes.count,
    heads: store.answerCount,
    seed,
  };
  const watched = options.watch && watchStages(options.watch, model, classes);
  const { duals, bias } = trainHeads(
    { ...task, ...(passes && { passes }) },
    (done) => progress?.(done * 0.2),
    watched?.heads,
  );
  const taught = taughtHeads(task, demands.keys());
  const netsTask = plain && { ...task, vectors: plain, features: vocabulary.size };
  const epochs = netsTask ? Math.min(netEpochsFor(task), passes ?? Infinity) : 0;
  // The weights are made again at the end: meanwhile their memory serves the trials and the nets.
  const trials = outOfFold(model, { task, classes, netsTask, epochs }, (done) =>
    progress?.(0.2 + done * 0.35),
  );
  const worthwhile = epochs > 0 && netsHelp(trials);
  const judged = worthwhile
    ? trials
    : trials.map((trial) => ({ ...trial, belief: trial.headsAlone }));
  const nets =
    netsTask && worthwhile
      ? trainNets(
          netsTask,
          vocabulary.groups,
          epochs,
          (done) => progress?.(0.55 + done * 0.45),
          watched?.net,
        )
      : [];
  progress?.(1);
  return {
    heads: headsFromDuals(model, { duals, bias, taught }),
    nets,
    calibration: calibrate(judged, priorCalibration),
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
