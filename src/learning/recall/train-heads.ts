import { addRows, addRowsAt } from "./add-rows.ts";
import { cost, costOf, target } from "./heads.ts";
import type { Demand } from "./heads.ts";
import { seededRandom, shuffle } from "./random.ts";
import { withRoom } from "./typed-arrays.ts";

/** Sparse vectors one after the other; those of example e end where e + 1 starts. */
export type VectorTable = {
  readonly starts: Uint32Array;
  readonly features: Int32Array;
  readonly values: Float32Array;
};

/** Dual variables that are not zero; those of example e end where e + 1 starts. */
export type DualTable = {
  readonly starts: Uint32Array;
  readonly heads: Uint16Array;
  readonly values: Float32Array;
};

export type TrainedHeads = {
  /** One row per feature, one column per head. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly duals: DualTable;
  readonly epochs: number;
};

export type HeadsTask = {
  readonly vectors: VectorTable;
  readonly demands: readonly Demand[];
  /** The examples to learn from; all when absent. */
  readonly chosen?: Int32Array;
  readonly features: number;
  readonly heads: number;
  readonly seed: number;
  /** At most so many passes; 40 unless told otherwise. */
  readonly passes?: number;
};

/** One pass over the examples: its mean loss, and the heads as they are after it. */
export type HeadsPass = {
  readonly loss: number;
  /** Whether every head was looked at, or only those that an example still moves. */
  readonly full: boolean;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
};

const mostEpochs = 40;
/** Training ends when no optimality condition is violated by more than this. */
const tolerance = 0.3;
const settled = 1e-3;
/** Between passes over all heads come passes over the heads that an example still moves. */
const partialPasses = 3;
/** A head whose margin an example exceeds by more than this is left out of partial passes. */
const nearMargin = 0.03;

/**
 * One linear classifier per answer, one against the rest: L2-regularised squared hinge loss by dual
 * coordinate descent (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM",
 * ICML 2008, algorithm 1 and the shrinking of section 3.2), all heads of an example at once.
 * `passed` is told after each pass, and ends the training with `false`.
 */
export function trainHeads(
  task: HeadsTask,
  progress?: (done: number) => void,
  passed: (pass: HeadsPass) => boolean = () => true,
): TrainedHeads {
  const descent = new Descent(task);
  const most = task.passes ?? mostEpochs;
  let epochs = 0;
  const pass = (full: boolean): { readonly violation: number; readonly goOn: boolean } => {
    const violation = descent.pass(full);
    epochs++;
    const { weights, bias, meanLoss: loss } = descent;
    return { violation, goOn: passed({ loss, full, weights, bias }) && epochs < most };
  };
  for (;;) {
    const { violation, goOn } = pass(true);
    progress?.(epochs / (epochs + 4));
    if (violation < tolerance || !goOn) break;
    if (epochs < 2) continue;
    let isEnough = false;
    for (let partial = 0; partial < partialPasses; partial++) {
      const next = pass(false);
      isEnough = !next.goOn;
      if (next.violation < tolerance || isEnough) break;
    }
    if (isEnough) break;
  }
  return { weights: descent.weights, bias: descent.bias, duals: descent.duals(), epochs };
}

class Descent {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly #task: HeadsTask;
  readonly #heads: number;
  readonly #order: Int32Array;
  readonly #kernels: Float64Array;
  readonly #alphas: Float32Array;
  readonly #random: () => number;
  readonly #scores: Float64Array;
  readonly #every: Uint16Array;
  readonly #moved: Uint16Array;
  readonly #moves: Float64Array;
  #activeStarts: Uint32Array;
  #activeEnds: Uint32Array;
  #active = new Uint16Array(1024);
  #activeLength = 0;
  #loss = 0;

  constructor(task: HeadsTask) {
    const { vectors, demands, features, heads } = task;
    this.#task = task;
    this.#heads = heads;
    this.weights = new Float32Array(features * heads);
    this.bias = new Float32Array(heads);
    this.#order = task.chosen?.slice() ?? Int32Array.from(demands.keys());
    this.#alphas = new Float32Array(demands.length * heads);
    this.#random = seededRandom(task.seed);
    this.#scores = new Float64Array(heads);
    this.#every = Uint16Array.from({ length: heads }, (_, head) => head);
    this.#moved = new Uint16Array(heads);
    this.#moves = new Float64Array(heads);
    this.#activeStarts = new Uint32Array(demands.length);
    this.#activeEnds = new Uint32Array(demands.length);
    this.#kernels = new Float64Array(demands.length);
    for (let example = 0; example < demands.length; example++) {
      let sum = 1;
      for (let at = vectors.starts[example]!; at < vectors.starts[example + 1]!; at++)
        sum += vectors.values[at]! ** 2;
      this.#kernels[example] = sum;
    }
  }

  /** The loss of an example in the last pass, each taken just before it was learned from. */
  get meanLoss(): number {
    return this.#loss / Math.max(1, this.#order.length);
  }

  /** One step for every example; tells the largest violation it met. */
  pass(full: boolean): number {
    shuffle(this.#order, this.#random);
    this.#loss = 0;
    if (full) this.#activeLength = 0;
    let worst = 0;
    for (const example of this.#order) {
      const heads = full ? this.#every : this.#active;
      const from = full ? 0 : this.#activeStarts[example]!;
      const to = full ? this.#heads : this.#activeEnds[example]!;
      if (from === to) continue;
      if (full) this.#scoreAll(example);
      else this.#scoreSome(example, from, to);
      worst = Math.max(worst, this.#step(example, heads, from, to, full));
    }
    return worst;
  }

  duals(): DualTable {
    const heads = this.#heads;
    let count = 0;
    for (const alpha of this.#alphas) if (alpha !== 0) count++;
    const table = {
      starts: new Uint32Array(this.#task.demands.length + 1),
      heads: new Uint16Array(count),
      values: new Float32Array(count),
    };
    let at = 0;
    for (let example = 0; example + 1 < table.starts.length; example++) {
      for (let head = 0; head < heads; head++) {
        const alpha = this.#alphas[example * heads + head]!;
        if (alpha === 0) continue;
        table.heads[at] = head;
        table.values[at++] = alpha;
      }
      table.starts[example + 1] = at;
    }
    return table;
  }

  #scoreAll(example: number): void {
    const { starts, features, values } = this.#task.vectors;
    this.#scores.set(this.bias);
    const [from, to] = [starts[example]!, starts[example + 1]!];
    addRows(this.#scores, this.weights, this.#heads, features, values, from, to);
  }

  #scoreSome(example: number, begin: number, end: number): void {
    const { starts, features, values } = this.#task.vectors;
    const scores = this.#scores;
    const active = this.#active;
    for (let place = begin; place < end; place++) {
      const head = active[place]!;
      scores[head] = this.bias[head]!;
    }
    const [from, to] = [starts[example]!, starts[example + 1]!];
    const { weights } = this;
    const heads = this.#heads;
    addRowsAt(scores, weights, heads, features, values, from, to, active, begin, end);
  }

  /** Minimises the dual exactly in each of the example's coordinates, given the scores. */
  #step(example: number, heads: Uint16Array, from: number, to: number, full: boolean): number {
    const demand = this.#task.demands[example]!;
    const alphas = this.#alphas;
    const scores = this.#scores;
    const row = example * this.#heads;
    const kernel = this.#kernels[example]!;
    const plain = !demand.negative && demand.answer >= 0;
    const otherDiagonal = 1 / (2 * cost.other);
    const activeFrom = this.#activeLength;
    if (full) this.#active = withRoom(this.#active, activeFrom + this.#heads);
    let worst = 0;
    let moved = 0;
    for (let place = from; place < to; place++) {
      const head = heads[place]!;
      const other = plain && head !== demand.answer;
      const alpha = alphas[row + head]!;
      // Most heads are sure enough that the example is none of theirs.
      if (other && alpha === 0 && scores[head]! <= -1 - nearMargin) continue;
      const sign = other ? -1 : target(demand, head);
      if (sign === 0) continue;
      const diagonal = other ? otherDiagonal : 1 / (2 * costOf(demand, head));
      const margin = sign * scores[head]! - 1;
      if (margin < 0) this.#loss += (margin * margin) / (2 * diagonal);
      const gradient = margin + diagonal * alpha;
      if (full && (alpha !== 0 || gradient < nearMargin)) this.#active[this.#activeLength++] = head;
      const violation = Math.abs(alpha === 0 ? Math.min(gradient, 0) : gradient);
      if (violation <= settled) continue;
      worst = Math.max(worst, violation);
      const next = Math.max(alpha - gradient / (kernel + diagonal), 0);
      if (next === alpha) continue;
      alphas[row + head] = next;
      this.#moved[moved] = head;
      this.#moves[moved++] = sign * (alphas[row + head]! - alpha);
    }
    if (full) {
      this.#activeStarts[example] = activeFrom;
      this.#activeEnds[example] = this.#activeLength;
    }
    if (moved > 0) this.#move(example, moved);
    return worst;
  }

  #move(example: number, moved: number): void {
    const { starts, features, values } = this.#task.vectors;
    const weights = this.weights;
    for (let each = 0; each < moved; each++) this.bias[this.#moved[each]!]! += this.#moves[each]!;
    const end = starts[example + 1]!;
    for (let at = starts[example]!; at < end; at++) {
      const row = features[at]! * this.#heads;
      const value = values[at]!;
      for (let each = 0; each < moved; each++)
        weights[row + this.#moved[each]!]! += value * this.#moves[each]!;
    }
  }
}
