import { normalizeText, stem, tokensOf } from "../../storage/words.ts";
import { isFunctionWord } from "./function-words.ts";
import { finish, hashStart, step, stepAll } from "./hash.ts";
import { powerOfTwo, withRoom } from "./typed-arrays.ts";

/**
 * `rich`: words, stems and character 2..5-grams; the best answers. `lean`: stems and character
 * 3..4-grams, a third of the memory, for hundreds of thousands of prompts.
 */
export type FeatureSet = "rich" | "lean";

/** How much each group of features counts. */
const weights: Record<FeatureSet, readonly number[]> = {
  rich: [0.6, 0.9, 1],
  lean: [1, 0.3, 0.5],
};

/** Only the beginning of a longer prompt is looked at: a question is shorter. */
const longestPrompt = 4_000;

/** Occurrences of a feature beyond this are not counted. */
export const largestCount = 8;

const kind = { word: 1, pair: 2, first: 3, last: 4, firstPair: 5, characters: 6 } as const;
const space = 0x20;

/**
 * Turns prompts into features: 32-bit hashes with counts, in groups. The arrays are reused; they
 * hold the last prompt given to `extract`, `length` of their elements are valid.
 */
export class FeatureExtractor {
  /** Weight of each group; their squares add up to 1. */
  readonly groupWeights: readonly number[];
  hashes = new Uint32Array(1024);
  counts = new Uint8Array(1024);
  groups = new Uint8Array(1024);
  /** 1 for features that come from function words alone. */
  common = new Uint8Array(1024);
  length = 0;

  readonly #set: FeatureSet;
  #slots = new Int32Array(4096);
  #group = 0;

  constructor(set: FeatureSet) {
    this.#set = set;
    const norm = Math.hypot(...weights[set]);
    this.groupWeights = weights[set].map((weight) => weight / norm);
  }

  extract(prompt: string): void {
    this.#clear();
    const text = normalizeText(prompt.slice(0, longestPrompt));
    const tokens = tokensOf(text);
    const common = tokens.map(isFunctionWord);
    const stems = tokens.map(stem);
    if (this.#set === "rich") {
      this.#group = 0;
      this.#addWords(tokens, common);
      this.#group = 1;
      this.#addWords(stems, common);
      this.#group = 2;
      for (const word of text.split(/\s+/u)) this.#addCharacters(word, 2, 5);
    } else {
      this.#group = 0;
      for (const [at, word] of stems.entries()) this.#addWord(kind.word, word, common[at]!);
      this.#group = 1;
      this.#addPairs(stems, common);
      this.#group = 2;
      for (const word of tokens) this.#addCharacters(word, 3, 4);
    }
  }

  /** Single words, neighbouring pairs, and what the prompt begins and ends with. */
  #addWords(words: readonly string[], common: readonly boolean[]): void {
    for (let at = 0; at < words.length; at++) this.#addWord(kind.word, words[at]!, common[at]!);
    this.#addPairs(words, common);
    const last = words.length - 1;
    if (last < 0) return;
    this.#addWord(kind.first, words[0]!, common[0]!);
    this.#addWord(kind.last, words[last]!, common[last]!);
    if (last > 0) this.#addPair(kind.firstPair, words[0]!, words[1]!, common[0]! && common[1]!);
  }

  #addPairs(words: readonly string[], common: readonly boolean[]): void {
    for (let at = 0; at + 1 < words.length; at++)
      this.#addPair(kind.pair, words[at]!, words[at + 1]!, common[at]! && common[at + 1]!);
  }

  #addWord(wordKind: number, word: string, common: boolean): void {
    this.#add(stepAll(this.#seed(wordKind), word), common);
  }

  #addPair(pairKind: number, left: string, right: string, common: boolean): void {
    this.#add(stepAll(step(stepAll(this.#seed(pairKind), left), space), right), common);
  }

  /** Runs of `shortest` to `longest` characters of a word with a space on both sides. */
  #addCharacters(word: string, shortest: number, longest: number): void {
    if (word === "") return;
    const common = isFunctionWord(word);
    const end = word.length + 1;
    const seed = this.#seed(kind.characters);
    for (let start = 0; start < end; start++) {
      let hash = seed;
      const stop = Math.min(longest, end + 1 - start);
      for (let length = 1; length <= stop; length++) {
        const at = start + length - 1;
        hash = step(hash, at === 0 || at === end ? space : word.charCodeAt(at - 1));
        if (length >= shortest) this.#add(hash, common);
      }
    }
  }

  /** The hash of a word's stem as a feature of the set. */
  hashOfStem(stem: string): number {
    this.#group = this.#set === "rich" ? 1 : 0;
    return finish(stepAll(this.#seed(kind.word), stem));
  }

  #seed(featureKind: number): number {
    return step(step(hashStart, this.#group + 1), featureKind);
  }

  #add(unfinished: number, common: boolean): void {
    const hash = finish(unfinished);
    if (this.length * 2 >= this.#slots.length) this.#growSlots();
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let found = this.#slots[slot]!; found !== 0; found = this.#slots[slot]!) {
      if (this.hashes[found - 1] === hash) {
        if (this.counts[found - 1]! < largestCount) this.counts[found - 1]!++;
        if (!common) this.common[found - 1] = 0;
        return;
      }
      slot = (slot + 1) & mask;
    }
    const at = this.length++;
    if (at >= this.hashes.length) this.#growFeatures();
    this.hashes[at] = hash;
    this.counts[at] = 1;
    this.groups[at] = this.#group;
    this.common[at] = common ? 1 : 0;
    this.#slots[slot] = at + 1;
  }

  #clear(): void {
    const mask = this.#slots.length - 1;
    if (this.length * 4 > this.#slots.length) this.#slots.fill(0);
    else
      for (let at = 0; at < this.length; at++) {
        let slot = this.hashes[at]! & mask;
        while (this.#slots[slot] !== 0) {
          this.#slots[slot] = 0;
          slot = (slot + 1) & mask;
        }
      }
    this.length = 0;
  }

  #growFeatures(): void {
    this.hashes = withRoom(this.hashes, this.length * 2);
    this.counts = withRoom(this.counts, this.hashes.length);
    this.groups = withRoom(this.groups, this.hashes.length);
    this.common = withRoom(this.common, this.hashes.length);
  }

  #growSlots(): void {
    const slots = new Int32Array(powerOfTwo(this.#slots.length * 2));
    const mask = slots.length - 1;
    for (let at = 0; at < this.length; at++) {
      let slot = this.hashes[at]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = at + 1;
    }
    this.#slots = slots;
  }
}
