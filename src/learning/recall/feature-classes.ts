import { largestCount } from "./features.ts";
import type { VectorTable } from "./train-heads.ts";
import { withRoom } from "./typed-arrays.ts";
import type { SparseVector } from "./vocabulary.ts";

/**
 * Puts features together that occur in the very same prompts, equally often in each: the pieces of a
 * rare word, for example. A linear classifier that learns from these prompts gives them weights in
 * proportion to their rarity, so that one weight can stand for all of a class: the same classifier, half
 * the work, and a fraction of the memory. By refining a partition (Paige and Tarjan, SIAM J. Comput.
 * 16, 1987): all features of a group are together until a prompt parts them.
 */
export class FeatureClasses {
  /** How many classes there are. */
  count: number;
  /** The class of each feature. */
  readonly of: Int32Array;
  /** The first features, each a class of its own: axes of an encoder. */
  readonly #dimensions: number;
  /** How many features each class has. */
  readonly #sizes: Int32Array;
  /** By class, for the prompt at hand: how many of its features were met, and where they go. */
  readonly #met: Int32Array;
  readonly #target: Int32Array;
  /** What a value of each feature counts as one of its class. */
  #shares = new Float32Array(0);

  /** `groupOf`: the group of each of so many features, out of 3. */
  constructor(features: number, groupOf: Uint8Array, dimensions = 0) {
    const groups = 3 + dimensions;
    this.#dimensions = dimensions;
    this.count = groups;
    this.of = Int32Array.from(groupOf.subarray(0, features), (group, feature) =>
      feature < dimensions ? feature : dimensions + group,
    );
    this.#sizes = new Int32Array(features + groups);
    for (const group of this.of) this.#sizes[group]!++;
    this.#met = new Int32Array(features + groups);
    this.#target = new Int32Array(features + groups);
  }

  /** Parts the features that occur in a prompt, each so many times, from those that do not. */
  refine(features: Int32Array, counts: Uint8Array): void {
    let most = 0;
    for (let at = 0; at < features.length; at++) most = Math.max(most, counts[at]!);
    for (let count = 1; count <= Math.min(most, largestCount); count++)
      this.#part(features, counts, count);
  }

  /** To be called once all prompts have been seen; `rarity` of each feature. */
  settle(rarity: Float32Array): void {
    const squares = new Float64Array(this.count);
    for (const [feature, own] of this.of.entries()) squares[own]! += rarity[feature]! ** 2;
    this.#shares = Float32Array.from(this.of, (own, feature) =>
      squares[own]! > 0 ? rarity[feature]! / Math.sqrt(squares[own]!) : 0,
    );
  }

  /** A vector as classifiers of classes read it. A class may come up more than once. */
  classed({ features, values }: SparseVector): SparseVector {
    return {
      features: features.map((feature) => this.of[feature]!),
      values: values.map((value, at) => value * this.#shares[features[at]!]!),
    };
  }

  /** The vectors of the prompts that were seen, each class once in each. */
  table({ starts, features, values }: VectorTable): VectorTable {
    const placeOf = new Int32Array(this.count).fill(-1);
    const classStarts = new Uint32Array(starts.length);
    let classes = new Int32Array(0);
    let lengths = new Float32Array(0);
    for (let row = 0; row + 1 < starts.length; row++) {
      const from = classStarts[row]!;
      let end = from;
      classes = withRoom(classes, from + starts[row + 1]! - starts[row]!);
      lengths = withRoom(lengths, classes.length);
      for (let at = starts[row]!; at < starts[row + 1]!; at++) {
        const own = this.of[features[at]!]!;
        if (placeOf[own]! < from) {
          placeOf[own] = end;
          classes[end] = own;
          lengths[end++] = 0;
        }
        lengths[placeOf[own]!]! += own < this.#dimensions ? values[at]! : values[at]! ** 2;
      }
      for (let at = from; at < end; at++)
        if (classes[at]! >= this.#dimensions) lengths[at] = Math.sqrt(lengths[at]!);
      classStarts[row + 1] = end;
    }
    const end = classStarts.at(-1)!;
    return {
      starts: classStarts,
      features: classes.slice(0, end),
      values: lengths.slice(0, end),
    };
  }

  #part(features: Int32Array, counts: Uint8Array, count: number): void {
    const classOf = this.of;
    const sizes = this.#sizes;
    const met = this.#met;
    const target = this.#target;
    const touched: number[] = [];
    for (let at = 0; at < features.length; at++) {
      if (counts[at] !== count) continue;
      const own = classOf[features[at]!]!;
      if (met[own]!++ === 0) touched.push(own);
    }
    for (const own of touched) target[own] = met[own] === sizes[own] ? own : this.count++;
    for (let at = 0; at < features.length; at++)
      if (counts[at] === count) classOf[features[at]!] = target[classOf[features[at]!]!]!;
    for (const own of touched) {
      sizes[own]! -= met[own]!;
      sizes[target[own]!]! += met[own]!;
      met[own] = 0;
    }
  }
}
