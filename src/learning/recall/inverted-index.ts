import { largestCount } from "./features.ts";
import { withRoom } from "./typed-arrays.ts";
import { termWeight } from "./vocabulary.ts";
import type { SparseVector, Vocabulary } from "./vocabulary.ts";

/** Postings of all features one after the other; those of feature f end where f + 1 starts. */
export type Segment = { readonly starts: Uint32Array; readonly postings: Uint32Array };

export type PackedIndex = {
  readonly segments: readonly Segment[];
  readonly scales: readonly Float32Array[];
};

/** A prompt and how much it resembles the one that was looked for (part of the cosine). */
export type Neighbour = { readonly example: number; readonly similarity: number };

/** Low bits of a posting that hold how often the feature occurs in the prompt, less one. */
const countBits = Math.log2(largestCount);

/** After this many features, those that occur in a larger share of prompts are skipped. */
const rareFeatures = 3;
const commonShare = 0.02;
const commonLeast = 1000;
/** No search reads more postings than this: it bounds the time at any size. */
const postingsRead = 50_000;

/** Postings that wait in lists or pairs before they become a segment. */
const listedMost = 1_000_000;
const pairedMost = 16_000_000;

/**
 * Finds the taught prompts that share features with a new one. Postings lie in segments sorted by
 * feature; the newest lie beside them, in a small list for each feature.
 */
export class InvertedIndex {
  documents = 0;
  readonly #vocabulary: Vocabulary;
  readonly #segments: Segment[];
  #recent = new Map<number, number[]>();
  #recentPostings = 0;
  #pairedFeatures = new Uint32Array(0);
  #pairedPostings = new Uint32Array(0);
  #paired = 0;
  #scales: Float32Array[];
  #sums = new Float32Array(64);
  #touched = new Int32Array(64);
  readonly #groupScales = new Float32Array(3);

  constructor(vocabulary: Vocabulary, packed?: PackedIndex) {
    this.#vocabulary = vocabulary;
    this.#segments = [...(packed?.segments ?? [])];
    this.#scales = packed
      ? [...packed.scales]
      : vocabulary.extractor.groupWeights.map(() => new Float32Array(16));
    if (packed) this.documents = packed.scales[0]!.length;
  }

  /** The given documents only, renumbered in this order, which is ascending. */
  pack(kept: Int32Array): PackedIndex {
    this.#sortPairs();
    this.#sortLists();
    return {
      segments: kept.length === this.documents ? this.#segments : this.#renumbered(kept),
      scales: this.#scales.map((scales) =>
        Float32Array.from(kept, (document) => scales[document]!),
      ),
    };
  }

  /** Calls `visit` for every posting, feature by feature within each segment. */
  forEachPosting(visit: (feature: number, document: number, value: number) => void): void {
    this.#sortPairs();
    this.#sortLists();
    const { rarity, groups } = this.#vocabulary;
    for (const { starts, postings } of this.#segments)
      for (let feature = 0; feature + 1 < starts.length; feature++) {
        const scales = this.#scales[groups[feature]!]!;
        for (let at = starts[feature]!; at < starts[feature + 1]!; at++) {
          const document = postings[at]! >>> countBits;
          const weight = termWeight((postings[at]! & (largestCount - 1)) + 1);
          visit(feature, document, weight * rarity[feature]! * scales[document]!);
        }
      }
  }

  /**
   * Adds the prompt that the extractor holds, whose features all have numbers, as the next
   * document. `bulk`: more follow before the next search.
   */
  add(bulk: boolean): void {
    const document = this.documents++;
    const { length, hashes, counts } = this.#vocabulary.extractor;
    if (bulk) this.#pairedRoom(length);
    for (let at = 0; at < length; at++) {
      const feature = this.#vocabulary.find(hashes[at]!);
      const posting = asPosting(document, counts[at]!);
      if (bulk) {
        this.#pairedFeatures[this.#paired] = feature;
        this.#pairedPostings[this.#paired++] = posting;
      } else this.#list(feature, posting);
    }
    this.#vocabulary.vector(this.#groupScales);
    for (const [group, scales] of this.#scales.entries()) {
      const roomy = withRoom(scales, this.documents);
      roomy[document] = this.#groupScales[group]!;
      this.#scales[group] = roomy;
    }
  }

  /** The documents most like the prompt with this vector, best first, at most `limit`. */
  search(vector: SparseVector, limit: number, counts: (document: number) => boolean): Neighbour[] {
    this.#sortPairs();
    const touched = this.#accumulate(vector);
    const best = new BestFew(limit);
    for (let at = 0; at < touched; at++) {
      const document = this.#touched[at]!;
      const similarity = this.#sums[document]!;
      this.#sums[document] = 0;
      if (similarity > best.threshold && counts(document)) best.offer(document, similarity);
    }
    return best.sorted();
  }

  /** Sums up what the documents share with the prompt, rarest features first; tells how many it met. */
  #accumulate(vector: SparseVector): number {
    const vocabulary = this.#vocabulary;
    const order = [...vector.features.keys()].toSorted(
      (left, right) =>
        vocabulary.counts[vector.features[left]!]! - vocabulary.counts[vector.features[right]!]!,
    );
    this.#sums = withRoom(this.#sums, this.documents);
    this.#touched = withRoom(this.#touched, this.documents);
    const common = Math.max(commonLeast, commonShare * this.documents);
    let touched = 0;
    let read = 0;
    for (const [used, at] of order.entries()) {
      const feature = vector.features[at]!;
      const count = vocabulary.counts[feature]!;
      if (used >= rareFeatures && (count > common || read + count > postingsRead)) break;
      read += count;
      const scales = this.#scales[vocabulary.groups[feature]!]!;
      const value = vector.values[at]! * vocabulary.rarity[feature]!;
      for (const { starts, postings } of this.#segments)
        if (feature + 1 < starts.length)
          touched = this.#read(
            postings,
            starts[feature]!,
            starts[feature + 1]!,
            value,
            scales,
            touched,
          );
      const recent = this.#recent.get(feature);
      if (recent) touched = this.#read(recent, 0, recent.length, value, scales, touched);
    }
    return touched;
  }

  #read(
    postings: ArrayLike<number>,
    from: number,
    to: number,
    value: number,
    scales: Float32Array,
    touchedBefore: number,
  ): number {
    const sums = this.#sums;
    let touched = touchedBefore;
    for (let at = from; at < to; at++) {
      const posting = postings[at]!;
      const document = posting >>> countBits;
      if (sums[document] === 0) this.#touched[touched++] = document;
      sums[document]! += value * termWeight((posting & (largestCount - 1)) + 1) * scales[document]!;
    }
    return touched;
  }

  #renumbered(kept: Int32Array): Segment[] {
    const places = new Int32Array(this.documents).fill(-1);
    for (const [place, document] of kept.entries()) places[document] = place;
    return this.#segments.map((segment) => {
      const starts = new Uint32Array(segment.starts.length);
      const postings = new Uint32Array(segment.postings.length);
      let end = 0;
      for (let feature = 0; feature + 1 < starts.length; feature++) {
        for (let at = segment.starts[feature]!; at < segment.starts[feature + 1]!; at++) {
          const posting = segment.postings[at]!;
          const place = places[posting >>> countBits]!;
          if (place >= 0) postings[end++] = asPosting(place, (posting & (largestCount - 1)) + 1);
        }
        starts[feature + 1] = end;
      }
      return { starts, postings: postings.slice(0, end) };
    });
  }

  #list(feature: number, posting: number): void {
    const list = this.#recent.get(feature);
    if (list) list.push(posting);
    else this.#recent.set(feature, [posting]);
    this.#recentPostings++;
    if (this.#recentPostings >= listedMost) this.#sortLists();
  }

  #pairedRoom(length: number): void {
    if (this.#paired + length > pairedMost) this.#sortPairs();
    this.#pairedFeatures = withRoom(this.#pairedFeatures, this.#paired + length);
    this.#pairedPostings = withRoom(this.#pairedPostings, this.#paired + length);
  }

  /** Makes a segment of the lists. */
  #sortLists(): void {
    if (this.#recentPostings === 0) return;
    const lists = [...this.#recent].toSorted(([left], [right]) => left - right);
    this.#recent = new Map();
    this.#recentPostings = 0;
    for (const [feature, list] of lists) {
      this.#pairedRoom(list.length);
      this.#pairedFeatures.fill(feature, this.#paired, this.#paired + list.length);
      this.#pairedPostings.set(list, this.#paired);
      this.#paired += list.length;
    }
    this.#sortPairs();
  }

  /** Makes a segment of the pairs (counting sort: the order of the documents stays). */
  #sortPairs(): void {
    if (this.#paired === 0) return;
    const starts = new Uint32Array(this.#vocabulary.size + 1);
    const postings = new Uint32Array(this.#paired);
    for (let at = 0; at < this.#paired; at++) starts[this.#pairedFeatures[at]! + 1]!++;
    for (let feature = 1; feature < starts.length; feature++)
      starts[feature]! += starts[feature - 1]!;
    for (let at = 0; at < this.#paired; at++)
      postings[starts[this.#pairedFeatures[at]!]!++] = this.#pairedPostings[at]!;
    starts.copyWithin(1, 0);
    starts[0] = 0;
    this.#segments.push({ starts, postings });
    this.#paired = 0;
    this.#pairedFeatures = new Uint32Array(0);
    this.#pairedPostings = new Uint32Array(0);
  }
}

const asPosting = (document: number, count: number): number =>
  ((document << countBits) | (count - 1)) >>> 0;

/** Keeps the `limit` best of many, best first. */
class BestFew {
  /** What does not exceed this is not among the best. */
  threshold = 0;
  readonly #limit: number;
  #kept: Neighbour[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(example: number, similarity: number): void {
    this.#kept.push({ example, similarity });
    if (this.#kept.length >= this.#limit * 4) this.#cut();
  }

  sorted(): Neighbour[] {
    this.#cut();
    return this.#kept;
  }

  #cut(): void {
    this.#kept.sort(
      (left, right) => right.similarity - left.similarity || left.example - right.example,
    );
    this.#kept.length = Math.min(this.#kept.length, this.#limit);
    if (this.#kept.length === this.#limit) this.threshold = this.#kept.at(-1)!.similarity;
  }
}
