import type { FeatureClasses } from "./feature-classes.ts";
import type { Model } from "./model.ts";
import type { HeadsPass } from "./train-heads.ts";
import type { TrainedNet } from "./train-net.ts";
import type { Judged, TrainingWatch } from "./training-watch.ts";
import { judgeHeads, judgeNet, validationOf } from "./validation.ts";

/** A stage ends when so many judgements in a row brought neither less loss nor more accuracy. */
const patience = 3;

/**
 * What the stages of a training tell after each pass: judges it on held-back examples, tells the
 * watch, and ends a stage that has stopped to help there.
 */
export function watchStages(
  watch: TrainingWatch,
  { store, vocabulary }: Model,
  classes: FeatureClasses,
) {
  const validation = validationOf(watch.validation, store, vocabulary, classes);
  const headsHelp = createPatience();
  const netsHelp = [createPatience(), createPatience()];
  return {
    heads({ loss, full, weights, bias }: HeadsPass): boolean {
      const judged = full ? judgeHeads(validation, weights, bias) : null;
      return watch.passed({ stage: "heads", loss, validation: judged }) && headsHelp(judged);
    },
    net(
      place: number,
      loss: number,
      net: TrainedNet,
      reads: (feature: number) => boolean,
    ): boolean {
      const judged = judgeNet(validation, net, reads);
      const stage = place === 0 ? "net1" : "net2";
      return watch.passed({ stage, loss, validation: judged }) && netsHelp[place]!(judged);
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
