import type { ExampleStore } from "./example-store.ts";
import type { SparseVector } from "./vocabulary.ts";

/** Cost of a violated margin: examples of other answers, and of the answer itself (4 times). */
export const cost = { other: 0.5, own: 2, rejected: 32, unknown: 2 } as const;

/** What an example demands of a head: its own answer up, others down; a rejected answer down only. */
export type Demand = {
  /** Answer number, or `noAnswer`. */
  readonly answer: number;
  readonly negative: boolean;
  /** Whether the prompt of a rejection was also given another answer, which says the same gently. */
  readonly answeredElse: boolean;
};

/** One example as a solver sees it. */
export type Lesson = {
  readonly example: number;
  readonly vector: SparseVector;
  readonly demand: Demand;
};

/** What an example of a store demands. */
export function demandOf(store: ExampleStore, example: number): Demand {
  const negative = store.isNegative(example);
  return {
    answer: store.answers[example]!,
    negative,
    answeredElse:
      negative && store.samePrompt(store.prompt(example)).some((other) => !store.isNegative(other)),
  };
}

/** +1, -1, or 0 when the example says nothing about this head. */
export function target(demand: Pick<Demand, "answer" | "negative">, head: number): -1 | 0 | 1 {
  if (demand.negative) return demand.answer === head ? -1 : 0;
  return demand.answer === head ? 1 : -1;
}

/** The cost of a violated margin of this example at this head. */
export function costOf(demand: Demand, head: number): number {
  if (demand.negative) return demand.answeredElse ? cost.other : cost.rejected;
  if (demand.answer === head) return cost.own;
  return demand.answer === -1 ? cost.unknown : cost.other;
}

/** 1 + the squared length of a vector: its own kernel value, the bias counted as a feature. */
export function ownKernel(vector: SparseVector): number {
  let sum = 1;
  for (const value of vector.values) sum += value * value;
  return sum;
}
