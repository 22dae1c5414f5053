import { demandOf, target } from "./heads.ts";
import type { Lesson } from "./heads.ts";
import type { LocalHead } from "./local-heads.ts";
import type { Model } from "./model.ts";
import { trainLocalHead } from "./train-local-head.ts";
import type { SparseVector } from "./vocabulary.ts";

/** A head learns from so many of its newest examples, and from so many strangers near each. */
const ownLearned = 32;
const strangersEach = 20;

/** What heads are trained on. */
export type LocalTask = {
  readonly model: Pick<Model, "store" | "vocabulary" | "index" | "meanings">;
  vectorOf(example: number): SparseVector;
  /** Whether an example is there to learn from. */
  counts(example: number): boolean;
  /** Told the mean loss of each head's last pass. */
  lost?(loss: number): void;
};

/** Trains the head of one answer at a time; an answer without an example has none. */
export function localTrainer({
  model: { store, vocabulary, index },
  vectorOf,
  counts,
  lost,
}: LocalTask): (answer: number) => LocalHead | undefined {
  const places = new Int32Array(vocabulary.size);
  const lessonOf = (example: number): Lesson => ({
    example,
    vector: vectorOf(example),
    demand: demandOf(store, example),
  });
  return (answer) => {
    const own: number[] = [];
    for (const example of store.examplesOf(answer)) {
      if (!counts(example)) continue;
      if (own.push(example) === ownLearned) break;
    }
    if (own.length === 0) return undefined;
    const isStranger = (example: number) =>
      counts(example) &&
      target({ answer: store.answers[example]!, negative: store.isNegative(example) }, answer) < 0;
    const lessons = own.map(lessonOf);
    const strangers = new Set<number>();
    for (const { vector } of lessons)
      for (const { example } of index.search(vector, strangersEach, isStranger))
        strangers.add(example);
    const others = [...strangers].toSorted((left, right) => left - right).map(lessonOf);
    return trainLocalHead(answer, [...lessons.toReversed(), ...others], places, lost);
  };
}
