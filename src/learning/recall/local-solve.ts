import type { DenseHeads, DualRow } from "./dense-heads.ts";
import { costOf, ownKernel, target } from "./heads.ts";
import type { Demand } from "./heads.ts";
import type { SparseVector } from "./vocabulary.ts";

/** One example as the solver sees it. */
export type Lesson = {
  readonly example: number;
  readonly vector: SparseVector;
  readonly demand: Demand;
};

export type LocalChange = {
  readonly added: readonly Lesson[];
  readonly removed: readonly Lesson[];
  /** Examples near the changed ones, which must stay right. */
  readonly neighbours: readonly Lesson[];
};

const mostRounds = 5;
/** After each pass over all coordinates come passes over those that still move. */
const partialPasses = 2;
/** A column whose margin a part exceeds by more than this is left out of partial passes. */
const nearMargin = 0.05;
const tolerance = 0.2;
const settled = 1e-3;
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
    let moving = parts.filter((part) => problem.step(part, true) > tolerance);
    for (let pass = 0; pass < partialPasses && moving.length > 0; pass++)
      moving = moving.filter((part) => problem.step(part, false) > tolerance);
    if (moving.length === 0 && round > 0) break;
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

/** One example in the subproblem. */
type Part = {
  readonly example: number;
  /** Where the rows of its features start in the copied weights. */
  readonly places: Int32Array;
  readonly values: Float32Array;
  readonly kernel: number;
  readonly alphas: Float32Array;
  /** By column: what it demands, and the diagonal that its cost adds. */
  readonly targets: Int8Array;
  readonly diagonals: Float32Array;
  touched: boolean;
};

/** A copy of the weights that may move: rows of the features concerned, columns of the heads. */
class Subproblem {
  readonly #heads: DenseHeads;
  readonly #columns: readonly number[];
  readonly #width: number;
  readonly #rows = new Map<number, number>();
  readonly #parts: Part[] = [];
  readonly #moves: Float64Array;
  readonly #scores: Float64Array;
  readonly #bias: Float32Array;
  #weights = new Float32Array(0);
  #before = new Float32Array(0);

  constructor(heads: DenseHeads, columns: readonly number[]) {
    this.#heads = heads;
    this.#columns = columns;
    this.#width = columns.length;
    this.#moves = new Float64Array(this.#width);
    this.#scores = new Float64Array(this.#width);
    this.#bias = Float32Array.from(columns, (head) => heads.bias[head]!);
  }

  take({ example, vector, demand }: Lesson): Part {
    const columns = this.#columns;
    const duals = this.#heads.dualsOf(example);
    const alphas = new Float32Array(this.#width);
    for (let at = 0; at < duals.heads.length; at++) {
      const column = columns.indexOf(duals.heads[at]!);
      if (column >= 0) alphas[column] = duals.values[at]!;
    }
    const part: Part = {
      example,
      places: vector.features.map((feature) => this.#row(feature) * this.#width),
      values: vector.values,
      kernel: ownKernel(vector),
      alphas,
      targets: Int8Array.from(columns, (head) => target(demand, head)),
      diagonals: Float32Array.from(columns, (head) => 1 / (2 * costOf(demand, head))),
      touched: false,
    };
    this.#parts.push(part);
    return part;
  }

  /** Copies the weights; to be called when every part was taken. */
  load(): void {
    const { weights, stride } = this.#heads;
    this.#weights = new Float32Array(this.#rows.size * this.#width);
    for (const [feature, row] of this.#rows)
      for (let column = 0; column < this.#width; column++)
        this.#weights[row * this.#width + column] =
          weights[feature * stride + this.#columns[column]!]!;
    this.#before = this.#weights.slice();
  }

  /** Takes an example's share out of the weights. */
  forget(part: Part): void {
    for (let column = 0; column < this.#width; column++)
      this.#moves[column] = -part.targets[column]! * part.alphas[column]!;
    part.alphas.fill(0);
    this.#move(part);
  }

  /** Minimises the dual in each coordinate of one example; tells the largest violation. */
  step(part: Part): number {
    this.#score(part);
    const { alphas, targets, diagonals, kernel } = part;
    let worst = 0;
    for (let column = 0; column < this.#width; column++) {
      this.#moves[column] = 0;
      const sign = targets[column]!;
      if (sign === 0) continue;
      const diagonal = diagonals[column]!;
      const alpha = alphas[column]!;
      const gradient = sign * this.#scores[column]! - 1 + diagonal * alpha;
      const violation = Math.abs(alpha === 0 ? Math.min(gradient, 0) : gradient);
      if (violation <= settled) continue;
      worst = Math.max(worst, violation);
      alphas[column] = Math.max(alpha - gradient / (kernel + diagonal), 0);
      this.#moves[column] = sign * (alphas[column]! - alpha);
    }
    if (worst > 0) this.#move(part);
    return worst;
  }

  /** Writes the solution into the heads; the function it returns writes back what was there. */
  commit(): () => void {
    const heads = this.#heads;
    const biasBefore = this.#columns.map((head) => heads.bias[head]!);
    const touched = this.#parts.filter((part) => part.touched);
    const dualsBefore = touched.map(({ example }) => heads.dualsOf(example));
    this.#write(this.#weights, this.#bias);
    for (const part of touched) heads.setDuals(part.example, this.#dualsNow(part));
    return () => {
      this.#write(this.#before, biasBefore);
      for (const [at, { example }] of touched.entries()) heads.setDuals(example, dualsBefore[at]!);
    };
  }

  #row(feature: number): number {
    const known = this.#rows.get(feature);
    if (known !== undefined) return known;
    const row = this.#rows.size;
    this.#rows.set(feature, row);
    return row;
  }

  #score({ places, values }: Part): void {
    const scores = this.#scores;
    const weights = this.#weights;
    const width = this.#width;
    scores.set(this.#bias);
    for (let at = 0; at < places.length; at++) {
      const row = places[at]!;
      const value = values[at]!;
      for (let column = 0; column < width; column++)
        scores[column]! += value * weights[row + column]!;
    }
  }

  /** Adds the moves of an example's dual variables to the weights. */
  #move(part: Part): void {
    const { places, values } = part;
    const weights = this.#weights;
    const moves = this.#moves;
    const width = this.#width;
    part.touched = true;
    for (let column = 0; column < width; column++) this.#bias[column]! += moves[column]!;
    for (let at = 0; at < places.length; at++) {
      const row = places[at]!;
      const value = values[at]!;
      for (let column = 0; column < width; column++)
        weights[row + column]! += value * moves[column]!;
    }
  }

  #dualsNow({ example, alphas }: Part): DualRow {
    const before = this.#heads.dualsOf(example);
    const duals = new Map<number, number>();
    before.heads.forEach((head, at) => duals.set(head, before.values[at]!));
    for (const [column, head] of this.#columns.entries()) duals.set(head, alphas[column]!);
    const kept = [...duals]
      .filter(([, value]) => value !== 0)
      .toSorted(([left], [right]) => left - right);
    return {
      heads: Uint16Array.from(kept, ([head]) => head),
      values: Float32Array.from(kept, ([, value]) => value),
    };
  }

  #write(weights: Float32Array, bias: ArrayLike<number>): void {
    const heads = this.#heads;
    const width = this.#width;
    for (const [feature, row] of this.#rows)
      for (let column = 0; column < width; column++)
        heads.weights[feature * heads.stride + this.#columns[column]!] =
          weights[row * width + column]!;
    for (const [column, head] of this.#columns.entries()) heads.bias[head] = bias[column]!;
  }
}
