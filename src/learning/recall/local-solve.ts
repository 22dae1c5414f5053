import type { DenseHeads } from "./dense-heads.ts";
import { target } from "./heads.ts";
import type { Lesson } from "./heads.ts";
import { settled, Subproblem } from "./subproblem.ts";

export type LocalChange = {
  readonly added: readonly Lesson[];
  readonly removed: readonly Lesson[];
  /** Examples near the changed ones, which must stay right. */
  readonly neighbours: readonly Lesson[];
};

const mostRounds = 5;
/** After each pass over all coordinates come passes over those that still move. */
const partialPasses = 2;
const tolerance = 0.1;
/** A change moves no more heads than this: those that violate its margins most. */
const mostHeads = 64;

/**
 * Fits the heads to a small change at once. Heads are independent of each other, so only those
 * move whose margin an added example violates or that a removed one supported; for these, dual
 * coordinate descent over the changed examples and their neighbours. Returns what takes it back exactly.
 */
export function solveLocally(heads: DenseHeads, change: LocalChange): () => void {
  const columns = headsToMove(heads, change);
  const problem = new Subproblem(heads, columns);
  const parts = [...change.added, ...change.neighbours].map((lesson) => problem.take(lesson));
  const removed = change.removed.map((lesson) => problem.take(lesson));
  problem.load();
  for (const part of removed) problem.forget(part);
  for (let round = 0; round < mostRounds; round++) {
    let moving = parts.filter((part) => problem.fullStep(part) > tolerance);
    if (moving.length === 0) break;
    for (let pass = 0; pass < partialPasses && moving.length > 0; pass++)
      moving = moving.filter((part) => problem.partialStep(part) > tolerance);
  }
  return problem.commit();
}

function headsToMove(heads: DenseHeads, change: LocalChange): number[] {
  const violations = new Map<number, number>();
  for (const { example } of change.removed)
    for (const head of heads.dualsOf(example).heads) violations.set(head, Number.MAX_VALUE);
  for (const { vector, demand } of change.added) {
    const scores = heads.scores(vector);
    for (const [head, score] of scores.entries()) {
      const sign = target(demand, head);
      const violation = sign === 0 ? 0 : 1 - sign * score;
      if (violation > settled) violations.set(head, Math.max(violation, violations.get(head) ?? 0));
    }
  }
  return [...violations]
    .toSorted(([, left], [, right]) => right - left)
    .slice(0, mostHeads)
    .map(([head]) => head)
    .toSorted((left, right) => left - right);
}
