import { powerOfTwo, withRoom } from "./typed-arrays.ts";

/** Finds items, numbered 0, 1, 2 ... as they were added, by a 32-bit hash; newest first. */
export class HashChains {
  size = 0;
  #hashes: Uint32Array;
  #next: Int32Array;
  #buckets: Int32Array;

  constructor(hashes: Uint32Array = new Uint32Array(0)) {
    this.#hashes = hashes;
    this.#next = new Int32Array(hashes.length);
    this.#buckets = new Int32Array(powerOfTwo(hashes.length + 64));
    for (const _ of hashes) this.#link(this.size++);
  }

  /** The hashes of the items, in order: enough to build the chains again. */
  get hashes(): Uint32Array {
    return this.#hashes.subarray(0, this.size);
  }

  add(hash: number): number {
    const item = this.size++;
    this.#hashes = withRoom(this.#hashes, this.size);
    this.#next = withRoom(this.#next, this.size);
    this.#hashes[item] = hash;
    if (this.size > this.#buckets.length) {
      this.#buckets = new Int32Array(this.#buckets.length * 2);
      for (let each = 0; each < this.size; each++) this.#link(each);
    } else this.#link(item);
    return item;
  }

  /** The items with this hash, the newest first. */
  *withHash(hash: number): Generator<number> {
    const bucket = hash & (this.#buckets.length - 1);
    for (let item = this.#buckets[bucket]! - 1; item >= 0; item = this.#next[item]! - 1)
      if (this.#hashes[item] === hash) yield item;
  }

  #link(item: number): void {
    const bucket = this.#hashes[item]! & (this.#buckets.length - 1);
    this.#next[item] = this.#buckets[bucket]!;
    this.#buckets[bucket] = item + 1;
  }
}
