/** A prompt and how much it resembles the one that was looked for (part of the cosine). */
export type Neighbour = { readonly example: number; readonly similarity: number };

/** Keeps the best of many neighbours, best first; of equals those with the smaller numbers. */
export class BestFew {
  /** What is less similar is not among the best. */
  least = 0;
  readonly #limit: number;
  readonly #examples: Int32Array;
  readonly #similarities: Float64Array;
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
    this.#examples = new Int32Array(limit);
    this.#similarities = new Float64Array(limit);
  }

  offer(example: number, similarity: number): void {
    const limit = this.#limit;
    const examples = this.#examples;
    const similarities = this.#similarities;
    let at = this.#length;
    while (
      at > 0 &&
      (similarities[at - 1]! < similarity ||
        (similarities[at - 1] === similarity && examples[at - 1]! > example))
    ) {
      if (at < limit) {
        similarities[at] = similarities[at - 1]!;
        examples[at] = examples[at - 1]!;
      }
      at--;
    }
    if (at === limit) return;
    similarities[at] = similarity;
    examples[at] = example;
    if (this.#length < limit) this.#length++;
    if (this.#length === limit) this.least = similarities[limit - 1]!;
  }

  sorted(): Neighbour[] {
    const neighbours: Neighbour[] = [];
    for (let at = 0; at < this.#length; at++)
      neighbours.push({ example: this.#examples[at]!, similarity: this.#similarities[at]! });
    return neighbours;
  }
}
