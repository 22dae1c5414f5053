/** FNV-1a over bytes (Fowler, Noll and Vo). */
const hashStart = 0x811c9dc5;
const step = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);

const newline = 0x0a;

/**
 * The entries of a pack, found by their bytes. They stay in the one block that was read from disk:
 * a map of strings would take five times the memory.
 */
export class PieceVocabulary {
  readonly count: number;
  /** In bytes. */
  readonly longest: number;
  readonly #bytes: Uint8Array;
  readonly #starts: Uint32Array;
  /** Entry numbers, one more than they are; 0 where a slot is free. */
  readonly #slots: Int32Array;

  /** `bytes`: the entries in UTF-8, each with a line feed behind it. */
  constructor(bytes: Uint8Array, count: number) {
    this.count = count;
    this.#bytes = bytes;
    this.#starts = new Uint32Array(count + 1);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(count * 2)));
    let longest = 0;
    let entry = 0;
    let hash = hashStart;
    for (let at = 0; at < bytes.length && entry < count; at++) {
      if (bytes[at] !== newline) {
        hash = step(hash, bytes[at]!);
        continue;
      }
      longest = Math.max(longest, at - this.#starts[entry]!);
      this.#occupy(hash, entry);
      this.#starts[++entry] = at + 1;
      hash = hashStart;
    }
    this.longest = longest;
  }

  /**
   * Calls `visit` with every entry that `text` holds from byte `from` on, the shorter ones first, and
   * with the byte behind it.
   */
  forEachAt(text: Uint8Array, from: number, visit: (entry: number, end: number) => void): void {
    const last = Math.min(text.length, from + this.longest);
    let hash = hashStart;
    for (let end = from; end < last;) {
      hash = step(hash, text[end++]!);
      if (isContinuation(text[end])) continue;
      const entry = this.#find(text, from, end, hash);
      if (entry >= 0) visit(entry, end);
    }
  }

  #find(text: Uint8Array, from: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = spread(hash) & mask;
    for (let found = this.#slots[slot]!; found !== 0; found = this.#slots[slot]!) {
      if (this.#equals(found - 1, text, from, end)) return found - 1;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  #equals(entry: number, text: Uint8Array, from: number, end: number): boolean {
    const start = this.#starts[entry]!;
    const length = this.#starts[entry + 1]! - 1 - start;
    if (length !== end - from) return false;
    for (let at = 0; at < length; at++)
      if (this.#bytes[start + at] !== text[from + at]) return false;
    return true;
  }

  #occupy(hash: number, entry: number): void {
    const mask = this.#slots.length - 1;
    let slot = spread(hash) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry + 1;
  }
}

const spread = (hash: number): number => hash ^ (hash >>> 15);

/** Whether a byte of UTF-8 continues a character. */
const isContinuation = (byte: number | undefined): boolean =>
  byte !== undefined && (byte & 0xc0) === 0x80;
