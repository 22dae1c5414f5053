import { BestFew } from "./best-few.ts";
import type { Neighbour } from "./best-few.ts";
import { largestCount } from "./features.ts";
import { planReading } from "./reading-plan.ts";
import type { ReadingPlan } from "./reading-plan.ts";
import { countBits, SimilaritySums } from "./similarity-sums.ts";
import { withRoom } from "./typed-arrays.ts";
import { termWeight } from "./vocabulary.ts";
import type { SparseVector, Vocabulary } from "./vocabulary.ts";

/** Postings of all features one after the other; those of feature f end where f + 1 starts. */
export type Segment = { readonly starts: Uint32Array; readonly postings: Uint32Array };

export type PackedIndex = {
  readonly segments: readonly Segment[];
  readonly scales: readonly Float32Array[];
};

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
  readonly #sums = new SimilaritySums();
  #listed = new Uint32Array(64);
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
    this.#vocabulary.vector(null, this.#groupScales);
    for (const [group, scales] of this.#scales.entries()) {
      const roomy = withRoom(scales, this.documents);
      roomy[document] = this.#groupScales[group]!;
      this.#scales[group] = roomy;
    }
  }

  /**
   * The documents whose words are most like those of a prompt, best first, at most `limit`; of equals the
   * oldest.
   */
  search(prompt: SparseVector, limit: number, counts: (document: number) => boolean): Neighbour[] {
    this.#sortPairs();
    const vector = this.#vocabulary.wordsOf(prompt);
    const { rarity, groups } = this.#vocabulary;
    const { places, postings } = this.#plan(vector);
    this.#sums.begin(this.documents, postings);
    for (let at = 0; at < places.length; at++) {
      const place = places[at]!;
      const feature = vector.features[place]!;
      const value = vector.values[place]! * rarity[feature]!;
      this.#read(feature, value, this.#scales[groups[feature]!]!);
    }
    const best = new BestFew(limit);
    this.#sums.drain(best, counts);
    return best.sorted();
  }

  /** Whether a search for this vector reads all that there is: it then finds the whole cosine. */
  readsAll(vector: SparseVector): boolean {
    return this.#plan(this.#vocabulary.wordsOf(vector)).isWhole;
  }

  #plan({ features }: SparseVector): ReadingPlan {
    return planReading(features, this.#vocabulary.counts, this.documents);
  }

  #read(feature: number, value: number, scales: Float32Array): void {
    for (const { starts, postings } of this.#segments)
      if (feature + 1 < starts.length)
        this.#sums.add(postings, starts[feature]!, starts[feature + 1]!, value, scales);
    const recent = this.#recent.get(feature);
    if (!recent) return;
    this.#listed = withRoom(this.#listed, recent.length);
    this.#listed.set(recent);
    this.#sums.add(this.#listed, 0, recent.length, value, scales);
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
