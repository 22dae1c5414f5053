import { measureStrangeness } from "./decision/strangeness.ts";
import type { FeatureClasses } from "./feature-classes.ts";
import { headsFromDuals } from "./heads-from-duals.ts";
import { demandOf } from "./heads.ts";
import type { Model } from "./model.ts";
import { taughtHeads } from "./taught-heads.ts";
import { trainHeads } from "./train-heads.ts";
import type { HeadsTask, VectorTable } from "./train-heads.ts";
import type { TrainingOptions } from "./training-options.ts";
import { watchStages } from "./watch-stages.ts";

/** The vectors of all examples of a model, by class of features. */
export type DenseTables = {
  readonly vectors: VectorTable;
  readonly classes: FeatureClasses;
};

/** Trains a head for every answer, on all examples. */
export function trainDense(
  model: Model,
  { vectors, classes }: DenseTables,
  options: TrainingOptions,
): Model {
  const { seed, progress, passes } = options;
  const { store } = model;
  const demands = Array.from({ length: store.count }, (_, example) => demandOf(store, example));
  const task = {
    vectors,
    demands,
    chosen: Int32Array.from(demands.keys()).filter(store.isGeneral),
    features: classes.count,
    heads: store.answerCount,
    seed,
  } satisfies HeadsTask;
  const watched = options.watch && watchStages(options.watch, model, classes);
  const { duals, bias } = trainHeads(
    { ...task, ...(passes && { passes }) },
    (done) => progress?.(done * 0.9),
    watched?.heads,
  );
  const taught = taughtHeads(task, task.chosen);
  progress?.(1);
  return {
    ...model,
    heads: headsFromDuals(model, { duals, bias, taught }),
    strangeness: measureStrangeness(model, seed),
  };
}
