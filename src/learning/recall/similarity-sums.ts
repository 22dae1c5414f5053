import type { BestFew } from "./best-few.ts";
import { largestCount } from "./features.ts";
import { withRoom } from "./typed-arrays.ts";
import { termWeight } from "./vocabulary.ts";

/** Low bits of a posting that hold how often the feature occurs in the prompt, less one. */
export const countBits = Math.log2(largestCount);

/** Sums up, document by document, what the postings of a prompt's features say. One search at a time. */
export class SimilaritySums {
  /** All zero between two searches; of 32 bits, because most of the time goes into fetching them. */
  #sums = new Float32Array(64);
  #documents = 0;
  /** Whether the documents met are listed. */
  #lists = false;
  #met = new Int32Array(64);
  #metLength = 0;
  /** What a posting adds, by its low bits, before the scale of its document. */
  readonly #parts = new Float64Array(largestCount);

  /** Begins a search that reads so many postings of so many documents. */
  begin(documents: number, postings: number): void {
    if (documents + blockLength > this.#sums.length)
      this.#sums = new Float32Array(documents + (documents >>> 1) + blockLength);
    this.#documents = documents;
    this.#metLength = 0;
    // A pass over all of them is cheaper than a list of those met while they are the fewer.
    this.#lists = documents > postings;
    if (this.#lists) this.#met = withRoom(this.#met, documents);
  }

  /** Adds the postings of a feature with this value; `scales`: the scale of its group by document. */
  add(postings: Uint32Array, from: number, to: number, value: number, scales: Float32Array): void {
    const parts = this.#parts;
    for (let low = 0; low < largestCount; low++) parts[low] = value * termWeight(low + 1);
    const sums = this.#sums;
    if (this.#lists)
      this.#metLength = addListed(
        sums,
        postings,
        from,
        to,
        parts,
        scales,
        this.#met,
        this.#metLength,
      );
    else addAll(sums, postings, from, to, parts, scales);
  }

  /** Offers every document that was met and counts, and ends the search. */
  drain(best: BestFew, counts: (document: number) => boolean): void {
    const sums = this.#sums;
    if (this.#lists)
      for (let at = 0; at < this.#metLength; at++) {
        const document = this.#met[at]!;
        const sum = sums[document]!;
        sums[document] = 0;
        if (sum >= best.least && counts(document)) best.offer(document, sum);
      }
    else this.#drainAll(best, counts);
  }

  #drainAll(best: BestFew, counts: (document: number) => boolean): void {
    const sums = this.#sums;
    const end = this.#documents;
    // What was not met has a sum of 0.
    let least = Math.max(best.least, Number.MIN_VALUE);
    for (let from = 0; from < end; from += blockLength) {
      if (!reaches(sums, from, least)) continue;
      for (let document = from; document < from + blockLength; document++) {
        const sum = sums[document]!;
        if (sum < least || !counts(document)) continue;
        best.offer(document, sum);
        least = Math.max(best.least, Number.MIN_VALUE);
      }
    }
    sums.fill(0, 0, end);
  }
}

/** Most blocks hold no document that is similar enough. There are that many sums behind the last. */
const blockLength = 8;

/** Whether a sum of the block that begins here is at least this. */
const reaches = (sums: Float32Array, from: number, least: number): boolean =>
  sums[from]! >= least ||
  sums[from + 1]! >= least ||
  sums[from + 2]! >= least ||
  sums[from + 3]! >= least ||
  sums[from + 4]! >= least ||
  sums[from + 5]! >= least ||
  sums[from + 6]! >= least ||
  sums[from + 7]! >= least;

// Four postings a turn: the engine checks the arrays anew each turn, and that is most of the work.

function addAll(
  sums: Float32Array,
  postings: Uint32Array,
  from: number,
  to: number,
  parts: Float64Array,
  scales: Float32Array,
): void {
  const low = largestCount - 1;
  const bits = countBits;
  let at = from;
  for (; at + 3 < to; at += 4) {
    const first = postings[at]!;
    const second = postings[at + 1]!;
    const third = postings[at + 2]!;
    const fourth = postings[at + 3]!;
    sums[first >>> bits]! += parts[first & low]! * scales[first >>> bits]!;
    sums[second >>> bits]! += parts[second & low]! * scales[second >>> bits]!;
    sums[third >>> bits]! += parts[third & low]! * scales[third >>> bits]!;
    sums[fourth >>> bits]! += parts[fourth & low]! * scales[fourth >>> bits]!;
  }
  for (; at < to; at++) {
    const posting = postings[at]!;
    sums[posting >>> bits]! += parts[posting & low]! * scales[posting >>> bits]!;
  }
}

function addListed(
  sums: Float32Array,
  postings: Uint32Array,
  from: number,
  to: number,
  parts: Float64Array,
  scales: Float32Array,
  met: Int32Array,
  metBefore: number,
): number {
  const low = largestCount - 1;
  const bits = countBits;
  let length = metBefore;
  for (let at = from; at < to; at++) {
    const posting = postings[at]!;
    const document = posting >>> bits;
    const sum = sums[document]!;
    if (sum === 0) met[length++] = document;
    sums[document] = sum + parts[posting & low]! * scales[document]!;
  }
  return length;
}
