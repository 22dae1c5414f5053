import { addRows } from "./add-rows.ts";
import type { DualTable, TrainedHeads } from "./train-heads.ts";
import { withRoom } from "./typed-arrays.ts";
import type { SparseVector } from "./vocabulary.ts";

/** The dual variables of one example that are not zero. */
export type DualRow = { readonly heads: Uint16Array; readonly values: Float32Array };

const noDuals: DualRow = { heads: new Uint16Array(0), values: new Float32Array(0) };

/** A head that has learned nothing says no. */
const untaughtBias = -1;

/** How wide to make the rows for so many heads, with columns free for answers to come. */
export const roomyStride = (heads: number): number => heads + Math.max(8, heads >>> 3);

/**
 * How many rows to make for so many features, with some free for features to come. Fresh zeroed
 * pages take no memory until they are written, so the spare rows are free.
 */
export const roomyRows = (features: number): number => features + (features >>> 1) + 4096;

/** Linear classifiers in use: one column of weights per answer, one row per feature. */
export class DenseHeads {
  count: number;
  stride: number;
  weights: Float32Array;
  bias: Float32Array;
  /** 1 for each head that was trained on an example of its answer. */
  taught: Uint8Array;
  readonly #duals: DualTable;
  readonly #changedDuals = new Map<number, DualRow>();

  /** `stride`: the length of a row of weights, at least the number of heads. */
  constructor(
    trained: Pick<TrainedHeads, "weights" | "bias" | "duals">,
    taught: Uint8Array,
    stride = trained.bias.length,
  ) {
    this.count = trained.bias.length;
    this.stride = stride;
    this.weights = trained.weights;
    this.bias = trained.bias;
    this.taught = taught;
    this.#duals = trained.duals;
  }

  /** Makes rows for new features and columns for new answers. */
  makeRoom(features: number, heads: number): void {
    if (heads > this.stride) this.#widen(roomyStride(heads));
    if (features * this.stride > this.weights.length) {
      const larger = new Float32Array(roomyRows(features) * this.stride);
      larger.set(this.weights);
      this.weights = larger;
    }
    if (heads <= this.count) return;
    this.bias = withRoom(this.bias, heads);
    this.taught = withRoom(this.taught, heads);
    this.bias.fill(untaughtBias, this.count, heads);
    this.count = heads;
  }

  /** The score of every answer: above 0 leans to yes, +1 and -1 are the margins. */
  scores(vector: SparseVector): Float64Array {
    const { count, stride, weights } = this;
    const { features, values } = vector;
    const scores = new Float64Array(count);
    scores.set(this.bias.subarray(0, count));
    addRows(scores, weights, stride, features, values, 0, features.length);
    return scores;
  }

  dualsOf(example: number): DualRow {
    const changed = this.#changedDuals.get(example);
    if (changed) return changed;
    const { starts, heads, values } = this.#duals;
    if (example + 1 >= starts.length) return noDuals;
    const [from, to] = [starts[example]!, starts[example + 1]!];
    return { heads: heads.subarray(from, to), values: values.subarray(from, to) };
  }

  setDuals(example: number, duals: DualRow): void {
    this.#changedDuals.set(example, duals);
  }

  /** The dual variables of the given examples, renumbered in this order. */
  packDuals(kept: Int32Array): DualTable {
    const rows = Array.from(kept, (example) => this.dualsOf(example));
    const starts = new Uint32Array(kept.length + 1);
    for (const [place, row] of rows.entries())
      starts[place + 1] = starts[place]! + row.heads.length;
    const heads = new Uint16Array(starts.at(-1)!);
    const values = new Float32Array(starts.at(-1)!);
    for (const [place, row] of rows.entries()) {
      heads.set(row.heads, starts[place]);
      values.set(row.values, starts[place]);
    }
    return { starts, heads, values };
  }

  #widen(stride: number): void {
    const rows = this.stride > 0 ? Math.floor(this.weights.length / this.stride) : 0;
    const weights = new Float32Array(rows * stride);
    for (let row = 0; row < rows; row++)
      weights.set(
        this.weights.subarray(row * this.stride, row * this.stride + this.count),
        row * stride,
      );
    this.weights = weights;
    this.stride = stride;
  }
}
