import { addRows } from "./add-rows.ts";
import { answerIdOf, noAnswer } from "./example-store.ts";
import { costOf, target } from "./heads.ts";
import type { FeatureClasses } from "./feature-classes.ts";
import type { Demand } from "./heads.ts";
import { meaningOf } from "./model.ts";
import type { Model } from "./model.ts";
import type { Taught } from "./recall.ts";
import type { Judged } from "./training-watch.ts";
import type { SparseVector } from "./vocabulary.ts";

/** Held-back prompts as a classifier sees them. */
export type Validation = readonly {
  /** Its vector in classes of features, as the heads are trained on. */
  readonly classed: SparseVector;
  readonly demand: Demand;
}[];

/** More would make each pass slow and tell little more: the standard error is below half a percent. */
const mostJudged = 3_000;

/** The positive examples whose answers are among those that are learned. */
export function validationOf(
  examples: readonly Taught[],
  model: Model,
  classes: FeatureClasses,
): Validation {
  const { store, vocabulary } = model;
  return examples
    .filter(({ answer, label }) => label === "positive" && answer !== null)
    .map((example) => ({ example, answer: store.findAnswer(answerIdOf(example)!) }))
    .filter(({ answer }) => answer !== undefined)
    .slice(0, mostJudged)
    .map(({ example, answer }) => {
      const vector = vocabulary.vectorOf(example.prompt, meaningOf(model, example));
      return {
        classed: classes.classed(vector),
        demand: { answer: answer ?? noAnswer, negative: false, answeredElse: false },
      };
    });
}

/** Squared hinge loss, as the heads are trained by, and accuracy. */
export function judgeHeads(
  validation: Validation,
  weights: Float32Array,
  bias: Float32Array,
): Judged | null {
  const heads = bias.length;
  const scores = new Float64Array(heads);
  return judge(validation, ({ classed: { features, values }, demand }) => {
    scores.set(bias);
    addRows(scores, weights, heads, features, values, 0, features.length);
    let loss = 0;
    for (let head = 0; head < heads; head++) {
      const gap = 1 - target(demand, head) * scores[head]!;
      if (gap > 0) loss += costOf(demand, head) * gap * gap;
    }
    return { loss, best: largest(scores) };
  });
}

function judge(
  validation: Validation,
  one: (row: Validation[number]) => { readonly loss: number; readonly best: number },
): Judged | null {
  if (validation.length === 0) return null;
  let loss = 0;
  let right = 0;
  for (const row of validation) {
    const judged = one(row);
    loss += judged.loss;
    if (judged.best === row.demand.answer) right++;
  }
  return { loss: loss / validation.length, accuracy: right / validation.length };
}

function largest(scores: Float64Array): number {
  let best = 0;
  for (let at = 1; at < scores.length; at++) if (scores[at]! > scores[best]!) best = at;
  return best;
}
