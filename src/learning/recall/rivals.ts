import { noAnswer } from "./example-store.ts";
import type { Model } from "./model.ts";
import { meaningOf, vectorOfExample } from "./model.ts";
import { thresholds } from "./thresholds.ts";
import { cosineTo } from "./cosine.ts";
import type { SparseVector } from "./vocabulary.ts";

const nearSought = 32;
const ownSought = 24;

/** The active positive examples that say something else than `answer` to this very prompt. */
export function sameRivals({ store }: Model, prompt: string, answer: string | null): number[] {
  return store
    .samePrompt(prompt)
    .filter((example) => !store.isNegative(example) && store.answerId(example) !== answer)
    .toReversed();
}

/**
 * What a correction should supersede: the same prompt, nearly the same prompts, and evidence for
 * the rejected answer that lies nearer to this prompt than to the rest of its own answer.
 */
export function nearRivals(
  model: Model,
  prompt: string,
  answer: string | null,
  rejected: string | null | undefined,
): number[] {
  const { store, vocabulary, index } = model;
  const rivals = new Set(sameRivals(model, prompt, answer));
  const rejectedAnswer = typeof rejected === "string" ? store.findAnswer(rejected) : undefined;
  const vector = vocabulary.vectorOf(prompt, meaningOf(model, { prompt }));
  const cosine = cosineTo(vector);
  for (const { example } of index.search(vector, nearSought, store.isActive)) {
    if (store.isNegative(example) || store.answerId(example) === answer) continue;
    const similarity = cosine(vectorOfExample(model, example));
    const contested = rejectedAnswer !== undefined && store.answers[example] === rejectedAnswer;
    if (similarity >= thresholds.supersedes) rivals.add(example);
    else if (
      contested &&
      similarity >= thresholds.outlier &&
      isOutlier(model, example, similarity, cosine)
    )
      rivals.add(example);
  }
  return [...rivals].toSorted((left, right) => left - right);
}

/**
 * Whether an example is nearer to the corrected prompt than to every example of its own answer
 * that lies farther from that prompt than itself.
 */
function isOutlier(
  model: Model,
  example: number,
  similarity: number,
  toCorrected: (vector: SparseVector) => number,
): boolean {
  const { store, index } = model;
  const own = vectorOfExample(model, example);
  const toExample = cosineTo(own);
  const answer = store.answers[example]!;
  const isFellow = (other: number) =>
    other !== example &&
    store.answers[other] === answer &&
    answer !== noAnswer &&
    store.isActive(other) &&
    !store.isNegative(other);
  return index.search(own, ownSought, isFellow).every((neighbour) => {
    const fellow = vectorOfExample(model, neighbour.example);
    return toCorrected(fellow) >= similarity || toExample(fellow) < similarity;
  });
}
