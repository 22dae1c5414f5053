import type { FeatureClasses } from "./feature-classes.ts";
import type { Model } from "./model.ts";
import type { HeadsPass } from "./train-heads.ts";
import type { Judged, TrainingWatch } from "./training-watch.ts";
import { judgeHeads, validationOf } from "./validation.ts";

/** A stage ends when so many judgements in a row brought neither less loss nor more accuracy. */
const patience = 3;

/**
 * What the stages of a training tell after each pass: judges it on held-back examples, tells the
 * watch, and ends a stage that has stopped to help there.
 */
export function watchStages(watch: TrainingWatch, model: Model, classes: FeatureClasses) {
  const validation = validationOf(watch.validation, model, classes);
  const headsHelp = createPatience();
  return {
    heads({ loss, full, weights, bias }: HeadsPass): boolean {
      const judged = full ? judgeHeads(validation, weights, bias) : null;
      return watch.passed({ stage: "heads", loss, validation: judged }) && headsHelp(judged);
    },
  };
}

/** Early stopping (Prechelt, "Early Stopping - But When?", 1998, class UP). */
function createPatience(): (judged: Judged | null) => boolean {
  let best: Judged = { loss: Infinity, accuracy: -1 };
  let waited = 0;
  return (judged) => {
    if (!judged) return true;
    const better = judged.loss < best.loss || judged.accuracy > best.accuracy;
    waited = better ? 0 : waited + 1;
    best = {
      loss: Math.min(best.loss, judged.loss),
      accuracy: Math.max(best.accuracy, judged.accuracy),
    };
    return waited < patience;
  };
}
