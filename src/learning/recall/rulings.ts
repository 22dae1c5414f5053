import type { Evidence } from "./evidence.ts";
import { noAnswer } from "./example-store.ts";
import type { ExampleStore } from "./example-store.ts";
import type { Neighbour } from "./best-few.ts";
import type { Model } from "./model.ts";
import { thresholds } from "./thresholds.ts";

export type Ruling = {
  /** The example that decides. */
  readonly example: number;
  /** Other active examples say something else to the same prompt. */
  readonly contested: boolean;
};

/**
 * The example that rules this very prompt: a correction before an ordinary one, then the newest. A
 * rejection takes back what was taught before it.
 */
export function exactRuling(store: ExampleStore, prompt: string): Ruling | undefined {
  const same = store.samePrompt(prompt);
  const rejections = same.filter((example) => store.isNegative(example));
  const standing = same.filter(
    (example) =>
      !store.isNegative(example) &&
      isGivable(store, example) &&
      !rejections.some(
        (rejection) =>
          store.id(rejection) > store.id(example) &&
          store.answers[rejection] === store.answers[example],
      ),
  );
  const example = standing.find((each) => store.corrects(each)) ?? standing[0];
  if (example === undefined) return undefined;
  return {
    example,
    contested: standing.some(
      (other) =>
        store.answers[other] !== store.answers[example] &&
        store.corrects(other) === store.corrects(example),
    ),
  };
}

/** Whether there is something to say: the words of the answer, or that it is not known. */
const isGivable = (store: ExampleStore, example: number): boolean =>
  store.answers[example] === noAnswer || store.answer(example) !== null;

/**
 * The nearest taught prompt when it is near enough, and a correction or without an answer. Not one
 * whose answer was rejected here.
 */
export function nearRuling(
  { store, meanings }: Model,
  neighbours: readonly Neighbour[],
  vetoed: ReadonlySet<number>,
): number | undefined {
  const nearest = neighbours.find(({ example }) => !store.isNegative(example));
  const least = meanings.dimensions > 0 ? thresholds.overridesByMeaning : thresholds.overrides;
  if (!nearest || nearest.similarity < least) return undefined;
  const answer = store.answers[nearest.example]!;
  const rules = store.corrects(nearest.example) || answer === noAnswer;
  return rules && !vetoed.has(answer) && isGivable(store, nearest.example)
    ? nearest.example
    : undefined;
}

/**
 * The answers that were rejected for this prompt or one near it, and not taught for a nearer one.
 * For the very same prompt the newer of the two counts.
 */
export function vetoedAnswers(
  store: ExampleStore,
  prompt: string,
  evidence: Evidence,
): Set<number> {
  const vetoed = new Set<number>();
  for (const { example, similarity } of evidence.neighbours) {
    const answer = store.answers[example]!;
    if (!store.isNegative(example) || similarity < thresholds.vetoes) continue;
    const own = evidence.bySimilarity.find((candidate) => candidate.answer === answer);
    if (similarity >= (own?.similarity ?? 0)) vetoed.add(answer);
  }
  const decided = new Set<number>();
  for (const example of store.samePrompt(prompt)) {
    const answer = store.answers[example]!;
    if (decided.has(answer)) continue;
    decided.add(answer);
    if (store.isNegative(example)) vetoed.add(answer);
    else vetoed.delete(answer);
  }
  return vetoed;
}
