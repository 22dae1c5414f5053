/** After this many features, those that occur in a larger share of prompts are skipped. */
const rareFeatures = 3;
const commonShare = 0.02;
const commonLeast = 1000;
/** No search reads more postings than this: it bounds the time at any size. */
const postingsRead = 50_000;

/** Which features of a prompt a search reads, by their places in its vector. */
export type ReadingPlan = {
  readonly places: Int32Array;
  /** How many postings they have. */
  readonly postings: number;
  /** Whether these are all features of the prompt. */
  readonly isWhole: boolean;
};

/** All features where that is little to read, else the rarest ones. `counts`: in how many prompts each occurs. */
export function planReading(
  features: Int32Array,
  counts: Int32Array,
  documents: number,
): ReadingPlan {
  const common = Math.max(commonLeast, commonShare * documents);
  let all = 0;
  let most = 0;
  for (let at = 0; at < features.length; at++) {
    const count = counts[features[at]!]!;
    all += count;
    if (count > most) most = count;
  }
  if (all <= postingsRead && most <= common) {
    const places = new Int32Array(features.length);
    for (let at = 0; at < places.length; at++) places[at] = at;
    return { places, postings: all, isWhole: true };
  }
  const places = rarestFirst(features, counts);
  let postings = 0;
  let used = 0;
  for (; used < places.length; used++) {
    const count = counts[features[places[used]!]!]!;
    if (used >= rareFeatures && (count > common || postings + count > postingsRead)) break;
    postings += count;
  }
  return { places: places.subarray(0, used), postings, isWhole: used === places.length };
}

/** More than a prompt can have features; a key holds a count and a place exactly. */
const placesMost = 2 ** 20;

/** The places of the features, the rarest first; of equals in their order. */
function rarestFirst(features: Int32Array, counts: Int32Array): Int32Array {
  const keys = new Float64Array(features.length);
  for (let at = 0; at < keys.length; at++) keys[at] = counts[features[at]!]! * placesMost + at;
  keys.sort();
  const places = new Int32Array(keys.length);
  for (let at = 0; at < keys.length; at++) places[at] = keys[at]! % placesMost;
  return places;
}
