import type { DenseHeads, DualRow } from "./dense-heads.ts";
import { costOf, ownKernel, target } from "./heads.ts";
import type { Lesson } from "./heads.ts";
import { withRoom } from "./typed-arrays.ts";

/** A smaller violation of an optimality condition is none. */
export const settled = 1e-3;
/** A column whose margin a part exceeds by more than this is left out of partial passes. */
const nearMargin = 0.05;

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
  /** The columns that the last full step found at or near a margin; the first `activeCount` count. */
  readonly active: Uint8Array;
  activeCount: number;
  touched: boolean;
};

/** A copy of the weights that may move: rows of the features concerned, columns of the heads. */
export class Subproblem {
  readonly #heads: DenseHeads;
  readonly #columns: Uint16Array;
  readonly #width: number;
  /** The row of each feature, one more than its number; 0 for those not concerned. */
  readonly #rowOf: Int32Array;
  #features = new Int32Array(4096);
  #rows = 0;
  readonly #parts: Part[] = [];
  readonly #moves: Float64Array;
  readonly #moved: Uint8Array;
  readonly #scores: Float64Array;
  readonly #every: Uint8Array;
  readonly #bias: Float32Array;
  #weights = new Float32Array(0);
  #before = new Float32Array(0);

  constructor(heads: DenseHeads, columns: readonly number[]) {
    this.#heads = heads;
    this.#columns = Uint16Array.from(columns);
    this.#width = columns.length;
    this.#rowOf = new Int32Array(Math.floor(heads.weights.length / heads.stride));
    this.#moves = new Float64Array(this.#width);
    this.#moved = new Uint8Array(this.#width);
    this.#scores = new Float64Array(this.#width);
    this.#every = Uint8Array.from(columns.keys());
    this.#bias = Float32Array.from(columns, (head) => heads.bias[head]!);
  }

  take({ example, vector, demand }: Lesson): Part {
    const columns = this.#columns;
    const width = this.#width;
    const duals = this.#heads.dualsOf(example);
    const alphas = new Float32Array(width);
    const targets = new Int8Array(width);
    const diagonals = new Float32Array(width);
    let dual = 0;
    // Both lists of heads ascend.
    for (let column = 0; column < width; column++) {
      const head = columns[column]!;
      while (dual < duals.heads.length && duals.heads[dual]! < head) dual++;
      if (duals.heads[dual] === head) alphas[column] = duals.values[dual]!;
      targets[column] = target(demand, head);
      diagonals[column] = 1 / (2 * costOf(demand, head));
    }
    const places = new Int32Array(vector.features.length);
    for (let at = 0; at < places.length; at++) places[at] = this.#row(vector.features[at]!) * width;
    const part: Part = {
      example,
      places,
      values: vector.values,
      kernel: ownKernel(vector),
      alphas,
      targets,
      diagonals,
      active: new Uint8Array(width),
      activeCount: 0,
      touched: false,
    };
    this.#parts.push(part);
    return part;
  }

  /** Copies the weights; to be called when every part was taken. */
  load(): void {
    const { weights, stride } = this.#heads;
    const width = this.#width;
    this.#weights = new Float32Array(this.#rows * width);
    for (let row = 0; row < this.#rows; row++) {
      const from = this.#features[row]! * stride;
      for (let column = 0; column < width; column++)
        this.#weights[row * width + column] = weights[from + this.#columns[column]!]!;
    }
    this.#before = this.#weights.slice();
  }

  /** Takes an example's share out of the weights. */
  forget(part: Part): void {
    let moved = 0;
    for (let column = 0; column < this.#width; column++) {
      if (part.alphas[column] === 0) continue;
      this.#moved[moved] = column;
      this.#moves[moved++] = -part.targets[column]! * part.alphas[column]!;
    }
    part.alphas.fill(0);
    part.touched = true;
    this.#move(part, moved);
  }

  /** Minimises the dual in each coordinate of one example; tells the largest violation. */
  fullStep(part: Part): number {
    const { places, values } = part;
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
    return this.#step(part, this.#every, width, true);
  }

  /** The same in the coordinates alone that the last full step found at or near a margin. */
  partialStep(part: Part): number {
    const { places, values, active, activeCount } = part;
    const scores = this.#scores;
    const weights = this.#weights;
    for (let each = 0; each < activeCount; each++)
      scores[active[each]!] = this.#bias[active[each]!]!;
    for (let at = 0; at < places.length; at++) {
      const row = places[at]!;
      const value = values[at]!;
      for (let each = 0; each < activeCount; each++) {
        const column = active[each]!;
        scores[column]! += value * weights[row + column]!;
      }
    }
    return this.#step(part, active, activeCount, false);
  }

  /** Writes the solution into the heads; the function it returns writes back what was there. */
  commit(): () => void {
    const heads = this.#heads;
    const biasBefore = Array.from(this.#columns, (head) => heads.bias[head]!);
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
    const known = this.#rowOf[feature]!;
    if (known > 0) return known - 1;
    const row = this.#rows++;
    this.#features = withRoom(this.#features, this.#rows);
    this.#features[row] = feature;
    this.#rowOf[feature] = this.#rows;
    return row;
  }

  #step(part: Part, columns: Uint8Array, count: number, full: boolean): number {
    const { alphas, targets, diagonals, kernel, active } = part;
    let worst = 0;
    let moved = 0;
    let near = 0;
    for (let each = 0; each < count; each++) {
      const column = columns[each]!;
      const sign = targets[column]!;
      if (sign === 0) continue;
      const diagonal = diagonals[column]!;
      const alpha = alphas[column]!;
      const gradient = sign * this.#scores[column]! - 1 + diagonal * alpha;
      if (full && (alpha !== 0 || gradient < nearMargin)) active[near++] = column;
      const violation = Math.abs(alpha === 0 ? Math.min(gradient, 0) : gradient);
      if (violation <= settled) continue;
      worst = Math.max(worst, violation);
      alphas[column] = Math.max(alpha - gradient / (kernel + diagonal), 0);
      this.#moved[moved] = column;
      this.#moves[moved++] = sign * (alphas[column] - alpha);
    }
    if (full) part.activeCount = near;
    if (moved > 0) {
      part.touched = true;
      this.#move(part, moved);
    }
    return worst;
  }

  /** Adds the moves of an example's dual variables to the weights. */
  #move({ places, values }: Part, moved: number): void {
    const weights = this.#weights;
    const moves = this.#moves;
    const columns = this.#moved;
    for (let each = 0; each < moved; each++) this.#bias[columns[each]!]! += moves[each]!;
    for (let at = 0; at < places.length; at++) {
      const row = places[at]!;
      const value = values[at]!;
      for (let each = 0; each < moved; each++)
        weights[row + columns[each]!]! += value * moves[each]!;
    }
  }

  /** The dual variables of the heads that did not move, and the new ones of those that did. */
  #dualsNow({ example, alphas }: Part): DualRow {
    const before = this.#heads.dualsOf(example);
    const columns = this.#columns;
    const heads: number[] = [];
    const values: number[] = [];
    let dual = 0;
    for (let column = 0; column <= columns.length; column++) {
      const head = columns[column] ?? Infinity;
      for (; dual < before.heads.length && before.heads[dual]! < head; dual++) {
        heads.push(before.heads[dual]!);
        values.push(before.values[dual]!);
      }
      if (before.heads[dual] === head) dual++;
      if (column === columns.length || alphas[column] === 0) continue;
      heads.push(head);
      values.push(alphas[column]!);
    }
    return { heads: Uint16Array.from(heads), values: Float32Array.from(values) };
  }

  #write(weights: Float32Array, bias: ArrayLike<number>): void {
    const heads = this.#heads;
    const width = this.#width;
    for (let row = 0; row < this.#rows; row++) {
      const to = this.#features[row]! * heads.stride;
      for (let column = 0; column < width; column++)
        heads.weights[to + this.#columns[column]!] = weights[row * width + column]!;
    }
    for (const [column, head] of this.#columns.entries()) heads.bias[head] = bias[column]!;
  }
}
