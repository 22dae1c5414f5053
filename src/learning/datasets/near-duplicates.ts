import { breathe } from "../../storage/breathe.ts";
import { areSimilar, shingles } from "./shingles.ts";

/** Two prompts are nearly the same from this Jaccard similarity of their shingles on. */
export const nearDuplicate = 0.7;

/** 25 bands of 5: a pair at the limit is met with probability 1 - (1 - 0.7^5)^25 = 0.99. */
const bands = 25;
const rowsPerBand = 5;
const signatureLength = bands * rowsPerBand;

/** With how many texts of its bucket one text is compared, so that a crowd costs no square. */
const comparisonsPerBucket = 8;
/** How many texts of its bucket are looked at, those that are known to be together included. */
const looksPerBucket = 32;
const textsPerRest = 10_000;

/**
 * The pairs of texts, by index and with the greater index first, whose similarity is at least
 * `nearDuplicate`: found by MinHash with banding (Broder 1997; Leskovec, Rajaraman and Ullman, Mining
 * of Massive Datasets, 3.4), each then verified by its exact Jaccard similarity. Pairs that `isKnown`
 * tells to be together already are left out. Throws `cancelled`.
 */
export async function* nearPairs(
  texts: readonly string[],
  isKnown: (first: number, second: number) => boolean,
  signal?: AbortSignal,
): AsyncGenerator<readonly [number, number]> {
  const sets: Uint32Array[] = [];
  // By band, so that a band's keys lie together.
  const keys = new Uint32Array(bands * texts.length);
  const signature = new Int32Array(signatureLength);
  for (const [index, text] of texts.entries()) {
    if (index % textsPerRest === textsPerRest - 1) await breathe(signal);
    const set = shingles(text);
    sets.push(set);
    sign(set, signature);
    for (let band = 0; band < bands; band += 1) {
      keys[band * texts.length + index] = bandKey(signature, band * rowsPerBand);
    }
  }
  const buckets = createBuckets(texts.length);
  for (let band = 0; band < bands; band += 1) {
    buckets.clear();
    for (let index = 0; index < sets.length; index += 1) {
      if (index % textsPerRest === textsPerRest - 1) await breathe(signal);
      const key = keys[band * texts.length + index]!;
      let [looks, compared] = [0, 0];
      let other = buckets.last(key);
      for (; other >= 0 && looks < looksPerBucket; other = buckets.before(other)) {
        looks += 1;
        if (isKnown(index, other)) continue;
        if (areSimilar(sets[index]!, sets[other]!, nearDuplicate)) yield [index, other];
        compared += 1;
        if (compared === comparisonsPerBucket) break;
      }
      buckets.add(index, key);
    }
  }
}

/** Lists of indices by key, newest first: a hash table with chains, in typed arrays. */
function createBuckets(size: number) {
  const heads = new Int32Array(2 ** Math.ceil(Math.log2(size * 2 + 2)));
  const previous = new Int32Array(size);
  const keys = new Uint32Array(size);
  const mask = heads.length - 1;
  const withKey = (start: number, key: number): number => {
    let at = start;
    while (at >= 0 && keys[at] !== key) at = previous[at]!;
    return at;
  };
  return {
    clear(): void {
      heads.fill(-1);
    },
    /** The index added last with a key, or -1. */
    last: (key: number): number => withKey(heads[key & mask]!, key),
    /** The index with the same key added before, or -1. */
    before: (index: number): number => withKey(previous[index]!, keys[index]!),
    add(index: number, key: number): void {
      keys[index] = key;
      previous[index] = heads[key & mask]!;
      heads[key & mask] = index;
    },
  };
}

/**
 * For each of the hash functions, the least hash of a set. The functions are `first + place * second`
 * of two independent ones (Kirsch and Mitzenmacher, Less Hashing, Same Performance, 2008).
 */
function sign(set: Uint32Array, signature: Int32Array): void {
  signature.fill(0x7fff_ffff);
  for (const shingle of set) {
    let hash = mixed(shingle, 0x85eb_ca6b);
    const step = mixed(shingle, 0x27d4_eb2f) | 1;
    for (let place = 0; place < signatureLength; place += 1) {
      hash = (hash + step) | 0;
      if (hash < signature[place]!) signature[place] = hash;
    }
  }
}

/** A 32-bit hash of a 32-bit value: the finaliser of MurmurHash3 with a first factor of one's own. */
function mixed(value: number, factor: number): number {
  let hash = Math.imul(value ^ (value >>> 16), factor);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}

function bandKey(signatures: Int32Array, start: number): number {
  let key = 0x811c_9dc5;
  for (let place = start; place < start + rowsPerBand; place += 1) {
    key = Math.imul(key ^ signatures[place]!, 0x0100_0193);
    key ^= key >>> 15;
  }
  return key >>> 0;
}
