import { powerOfTwo } from "./typed-arrays.ts";

/** So many slots for each value that most features are found, or found to be missing, at once. */
const slotsPerValue = 4;
/** Spreads consecutive numbers (Knuth, The Art of Computer Programming 3, 6.4). */
const multiplier = 0x9e3779b1;

/** What a sparse vector is made of. */
type Entries = { readonly features: Int32Array; readonly values: Float32Array };

/** The values of a sparse vector by feature: many look-ups without an object for each. */
export class VectorValues {
  readonly #shift: number;
  readonly #mask: number;
  /** Feature numbers, one more than they are; 0 where a slot is free. */
  readonly #features: Int32Array;
  readonly #values: Float32Array;

  constructor({ features, values }: Entries) {
    const slots = powerOfTwo(features.length * slotsPerValue);
    this.#mask = slots - 1;
    this.#shift = Math.clz32(this.#mask);
    this.#features = new Int32Array(slots);
    this.#values = new Float32Array(slots);
    for (let at = 0; at < features.length; at++) {
      const slot = this.#slotOf(features[at]!);
      this.#features[slot] = features[at]! + 1;
      this.#values[slot] = values[at]!;
    }
  }

  /** The value of a feature; 0 when the vector has none. */
  of(feature: number): number {
    return this.#values[this.#slotOf(feature)]!;
  }

  /** Where a feature is, or would be. */
  #slotOf(feature: number): number {
    let slot = Math.imul(feature, multiplier) >>> this.#shift;
    for (;;) {
      const found = this.#features[slot]!;
      if (found === 0 || found === feature + 1) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}
