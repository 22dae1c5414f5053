import { FeatureExtractor, largestCount } from "./features.ts";
import type { FeatureSet } from "./features.ts";
import { shareOfQuestions } from "./decision/background.ts";
import { share, unit } from "./meanings.ts";
import { powerOfTwo, withRoom } from "./typed-arrays.ts";

/**
 * Before anything is taught it is as if so many prompts had been seen: in a small set nothing else tells
 * what a question is about. For the rich set they are questions in English or Russian; for the lean one,
 * of which there are more, function words stand in this share of them.
 */
const imagined = {
  rich: { prompts: 3_000 },
  lean: { prompts: 30, commonShare: 0.3 },
} as const;

/**
 * A prompt as a sparse unit vector: parallel arrays of feature numbers and values. What it says comes
 * first, what it means behind that; the features of meaning have the first numbers.
 */
export type SparseVector = { readonly features: Int32Array; readonly values: Float32Array };

export type PackedVocabulary = {
  readonly set: FeatureSet;
  readonly dimensions: number;
  readonly documents: number;
  readonly hashes: Uint32Array;
  readonly groups: Uint8Array;
  readonly common: Uint8Array;
  readonly counts: Int32Array;
  readonly rarity: Float32Array;
};

/**
 * Numbers the features that were taught and knows how rare each is. Rarity is the smoothed inverse
 * document frequency, frozen until the next `freeze`, so that a prompt
 * has the same vector when it is learned and when it is forgotten.
 */
export class Vocabulary {
  readonly extractor: FeatureExtractor;
  readonly set: FeatureSet;
  /** So many features, the first ones, are axes of an encoder; they occur in no prompt. */
  readonly dimensions: number;
  size = 0;
  /** How many prompts there were when the rarities were frozen. */
  #documents = 0;
  hashes: Uint32Array = new Uint32Array(1024);
  groups: Uint8Array = new Uint8Array(1024);
  /** 1 for features that come from function words alone. */
  common: Uint8Array = new Uint8Array(1024);
  /** In how many active prompts each feature occurs. */
  counts: Int32Array = new Int32Array(1024);
  rarity: Float32Array = new Float32Array(1024);
  #slots: Int32Array = new Int32Array(4096);

  constructor(set: FeatureSet, dimensions = 0) {
    this.set = set;
    this.dimensions = dimensions;
    this.size = dimensions;
    this.rarity.fill(1, 0, dimensions);
    this.extractor = new FeatureExtractor(set);
  }

  static unpack(packed: PackedVocabulary): Vocabulary {
    const vocabulary = new Vocabulary(packed.set, packed.dimensions);
    vocabulary.size = packed.hashes.length;
    vocabulary.#documents = packed.documents;
    vocabulary.hashes = packed.hashes;
    vocabulary.groups = packed.groups;
    vocabulary.common = packed.common;
    vocabulary.counts = packed.counts;
    vocabulary.rarity = packed.rarity;
    vocabulary.#rebuildSlots(powerOfTwo(packed.hashes.length * 2 + 4096));
    return vocabulary;
  }

  pack(): PackedVocabulary {
    return {
      set: this.set,
      dimensions: this.dimensions,
      documents: this.#documents,
      hashes: this.hashes.slice(0, this.size),
      groups: this.groups.slice(0, this.size),
      common: this.common.slice(0, this.size),
      counts: this.counts.slice(0, this.size),
      rarity: this.rarity.slice(0, this.size),
    };
  }

  /** The number of a feature, or -1 when it was never taught. */
  find(hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let found = this.#slots[slot]!; found !== 0; found = this.#slots[slot]!) {
      if (this.hashes[found - 1] === hash) return found - 1;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** Whether a prompt that counts holds a word with this stem. */
  holdsStem(stem: string): boolean {
    const feature = this.find(this.extractor.hashOfStem(stem));
    return feature >= 0 && this.counts[feature]! > 0;
  }

  /**
   * Gives numbers to the features that the extractor holds and have none, and counts each once
   * more.
   */
  register(): void {
    const { length, hashes, groups, common } = this.extractor;
    for (let at = 0; at < length; at++) {
      const known = this.find(hashes[at]!);
      const feature = known >= 0 ? known : this.#take(hashes[at]!, groups[at]!, common[at]!);
      this.counts[feature]!++;
      if (common[at] === 0) this.common[feature] = 0;
    }
  }

  /** Adds `change` to the count of every known feature that the extractor holds. */
  recount(change: 1 | -1): void {
    const { length, hashes } = this.extractor;
    for (let at = 0; at < length; at++) {
      const feature = this.find(hashes[at]!);
      if (feature >= 0) this.counts[feature]! += change;
    }
  }

  /** Sets every rarity from the counts; `documents` is the number of active prompts. */
  freeze(documents: number): void {
    for (let feature = this.dimensions; feature < this.size; feature++)
      this.rarity[feature] = this.#rarityOf(
        documents,
        this.counts[feature]!,
        this.hashes[feature]!,
        this.common[feature]!,
      );
    this.#documents = documents;
  }

  /**
   * The vector of the prompt that the extractor holds. Each group is scaled to its weight by the
   * norm of all its features, those never taught included: a prompt full of foreign words gets a
   * short vector and so low scores. `inverseNorms`, when given, receives the scale of each group.
   * `meaning`: what an encoder made of the prompt.
   */
  vector(meaning: Int8Array | null = null, inverseNorms?: Float32Array): SparseVector {
    const { extractor, dimensions } = this;
    const { length, hashes, counts, groups, common, groupWeights } = extractor;
    const room = length + (meaning ? dimensions : 0);
    const features = new Int32Array(room);
    const values = new Float32Array(room);
    const squares = [0, 0, 0];
    let known = 0;
    for (let at = 0; at < length; at++) {
      const feature = this.find(hashes[at]!);
      const group = groups[at]!;
      if (feature < 0 || this.counts[feature] === 0) {
        const rarity = this.#rarityOf(this.#documents, 0, hashes[at]!, common[at]!);
        squares[group]! += counts[at]! * rarity ** 2;
        continue;
      }
      const value = termWeight(counts[at]!) * this.rarity[feature]!;
      squares[group]! += value * value;
      features[known] = feature;
      values[known++] = value;
    }
    const whole = dimensions > 0 ? Math.sqrt(share.words) : 1;
    const scales = squares.map((sum, group) =>
      sum > 0 ? (whole * groupWeights[group]!) / Math.sqrt(sum) : 0,
    );
    for (let at = 0; at < known; at++) values[at]! *= scales[this.groups[features[at]!]!]!;
    inverseNorms?.set(scales);
    if (meaning) known = addMeaning(meaning, features, values, known);
    return { features: features.subarray(0, known), values: values.subarray(0, known) };
  }

  /** The part of a vector that tells what the prompt says. */
  wordsOf(vector: SparseVector): SparseVector {
    const { features, values } = vector;
    const last = features.at(-1);
    if (last === undefined || last >= this.dimensions) return vector;
    const end = features.length - this.dimensions;
    return { features: features.subarray(0, end), values: values.subarray(0, end) };
  }

  /** The vector of a prompt. */
  vectorOf(prompt: string, meaning: Int8Array | null = null): SparseVector {
    this.extractor.extract(prompt);
    return this.vector(meaning);
  }

  #take(hash: number, group: number, common: number): number {
    const feature = this.size++;
    if (feature >= this.hashes.length) this.#grow();
    this.hashes[feature] = hash;
    this.groups[feature] = group;
    this.common[feature] = common;
    this.counts[feature] = 0;
    this.rarity[feature] = this.#rarityOf(this.#documents, 0, hash, common);
    if (this.size * 2 > this.#slots.length) this.#rebuildSlots(this.#slots.length * 2);
    else this.#occupy(feature);
    return feature;
  }

  #rarityOf(documents: number, count: number, hash: number, common: number): number {
    const { rich, lean } = imagined;
    if (this.set === "lean")
      return inverseFrequency(documents, count, lean.prompts, lean.commonShare * common);
    return inverseFrequency(documents, count, rich.prompts, shareOfQuestions(hash, common === 1));
  }

  #occupy(feature: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.hashes[feature]! & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = feature + 1;
  }

  #rebuildSlots(length: number): void {
    this.#slots = new Int32Array(length);
    for (let feature = this.dimensions; feature < this.size; feature++) this.#occupy(feature);
  }

  #grow(): void {
    this.hashes = withRoom(this.hashes, this.size);
    this.groups = withRoom(this.groups, this.hashes.length);
    this.common = withRoom(this.common, this.hashes.length);
    this.counts = withRoom(this.counts, this.hashes.length);
    this.rarity = withRoom(this.rarity, this.hashes.length);
  }
}

/** Puts the axes of an encoder behind what a prompt says; tells where the vector ends. */
function addMeaning(
  meaning: Int8Array,
  features: Int32Array,
  values: Float32Array,
  from: number,
): number {
  const scale = Math.sqrt(share.meaning) / unit;
  for (let axis = 0; axis < meaning.length; axis++) {
    features[from + axis] = axis;
    values[from + axis] = meaning[axis]! * scale;
  }
  return from + meaning.length;
}

/** Inverse document frequency, with so many imagined prompts of which a share holds the feature. */
const inverseFrequency = (
  documents: number,
  count: number,
  imaginedPrompts: number,
  shareOfThem: number,
): number =>
  Math.log((1 + documents + imaginedPrompts) / (1 + count + imaginedPrompts * shareOfThem)) + 1;

const termWeights = Float64Array.from(
  { length: largestCount + 1 },
  (_, count) => 1 + Math.log(Math.max(1, count)),
);

/** 1 + ln of how often a feature occurs in the prompt. */
export const termWeight = (count: number): number => termWeights[count]!;
