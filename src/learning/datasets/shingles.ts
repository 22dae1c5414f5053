const length = 5;

/** The different character 5-grams of a normalised text, hashed (FNV-1a), in ascending order. */
export function shingles(text: string): Uint32Array {
  const padded = ` ${text} `;
  const count = Math.max(1, padded.length - length + 1);
  const hashes = new Uint32Array(count);
  for (let start = 0; start < count; start += 1) {
    let hash = 0x811c_9dc5;
    const end = Math.min(start + length, padded.length);
    for (let at = start; at < end; at += 1) {
      hash = Math.imul(hash ^ padded.charCodeAt(at), 0x0100_0193);
    }
    hashes[start] = hash;
  }
  hashes.sort();
  let kept = 1;
  for (let at = 1; at < count; at += 1) {
    if (hashes[at] !== hashes[at - 1]) hashes[kept++] = hashes[at]!;
  }
  return hashes.subarray(0, kept);
}

/**
 * Whether the Jaccard similarity of two sets in ascending order is at least `least`, 0..1. Stops as
 * soon as too few members are left to get there.
 */
export function areSimilar(first: Uint32Array, second: Uint32Array, least: number): boolean {
  const needed = Math.ceil((least / (1 + least)) * (first.length + second.length));
  let [left, right, common] = [0, 0, 0];
  while (common + Math.min(first.length - left, second.length - right) >= needed) {
    if (common === needed) return true;
    const [one, other] = [first[left]!, second[right]!];
    if (one === other) common += 1;
    if (one <= other) left += 1;
    if (other <= one) right += 1;
  }
  return false;
}
