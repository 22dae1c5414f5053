/** Start value for `step` (FNV-1a, 32 bit: Fowler, Noll and Vo). */
export const hashStart = 0x811c9dc5;

/** Takes one more code unit into a hash. */
export const step = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);

/** Takes a whole string into a hash. */
export function stepAll(hash: number, text: string): number {
  let state = hash;
  for (let at = 0; at < text.length; at++) state = step(state, text.charCodeAt(at));
  return state;
}

/** Spreads every bit over the whole word (the finaliser of MurmurHash3) and keeps clear of 0. */
export function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return mixed >>> 0 || 1;
}

export const hashText = (text: string): number => finish(stepAll(hashStart, text));
