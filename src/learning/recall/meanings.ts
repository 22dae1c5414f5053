import { BestFew } from "./best-few.ts";
import type { Neighbour } from "./best-few.ts";
import { withRoom } from "./typed-arrays.ts";

/** How much the meaning of a prompt counts beside its words; the two add up to 1. */
export const share = { words: 0.45, meaning: 0.55 } as const;

/** Encoders give unit vectors in these steps. */
export const unit = 127;

/** The vectors that an encoder made of the prompts, by example; zeros where it knows nothing. */
export class Meanings {
  readonly dimensions: number;
  #rows: Int8Array;
  #count = 0;

  /** `rows`: the vectors of the first examples, one after the other. */
  constructor(dimensions: number, rows: Int8Array = new Int8Array(0)) {
    this.dimensions = dimensions;
    this.#rows = rows;
    this.#count = dimensions === 0 ? 0 : rows.length / dimensions;
  }

  /** Takes in the vector of the next example. */
  add(vector: Int8Array | null | undefined): void {
    const { dimensions } = this;
    if (dimensions === 0) return;
    this.#rows = withRoom(this.#rows, (this.#count + 1) * dimensions);
    if (vector) this.#rows.set(vector, this.#count * dimensions);
    this.#count++;
  }

  /** The vector of an example, `null` where there is none. */
  of(example: number): Int8Array | null {
    const { dimensions } = this;
    if (dimensions === 0) return null;
    const row = this.#rows.subarray(example * dimensions, (example + 1) * dimensions);
    return row.some((value) => value !== 0) ? row : null;
  }

  /** The examples whose meaning is nearest to a vector, best first, at most `limit`. */
  search(vector: Int8Array, limit: number, counts: (example: number) => boolean): Neighbour[] {
    const best = new BestFew(limit);
    for (let example = 0; example < this.#count; example++) {
      const similarity = this.cosine(vector, example);
      if (similarity > best.least && counts(example)) best.offer(example, similarity);
    }
    return best.sorted();
  }

  /** The cosine of a vector with that of an example; 0 where it has none. */
  cosine(vector: Int8Array, example: number): number {
    const { dimensions } = this;
    const rows = this.#rows;
    const start = example * dimensions;
    let sum = 0;
    for (let axis = 0; axis < dimensions; axis++) sum += vector[axis]! * rows[start + axis]!;
    return sum / (unit * unit);
  }

  /** The vectors of the given examples, in this order. */
  pack(kept: Int32Array): Int8Array {
    const { dimensions } = this;
    const packed = new Int8Array(kept.length * dimensions);
    if (dimensions === 0) return packed;
    for (const [place, example] of kept.entries())
      packed.set(
        this.#rows.subarray(example * dimensions, (example + 1) * dimensions),
        place * dimensions,
      );
    return packed;
  }
}
