import type { PieceVocabulary } from "./vocabulary.ts";

/** An unknown character costs so much more than the least likely entry. */
const unknownCost = 10;
/** Stands in front of every word in the vocabulary. */
const wordStart = "▁";

/**
 * Splits one word into the entries with the highest sum of scores (Kudo, "Subword Regularization",
 * ACL 2018, section 3.2, by Viterbi's algorithm). A character in no entry is the unknown row;
 * neighbours of that kind are joined.
 */
export function segmenter(
  vocabulary: PieceVocabulary,
  scores: Float32Array,
  unknownRow: number,
): (word: string) => readonly number[] {
  const unknown = scores.reduce((least, score) => Math.min(least, score), 0) - unknownCost;
  return (word) => {
    const text = Buffer.from(wordStart + word);
    const best = new Float64Array(text.length + 1).fill(-Infinity);
    const from = new Int32Array(text.length + 1);
    const entries = new Int32Array(text.length + 1);
    best[0] = 0;
    const offer = (start: number, end: number, entry: number, score: number): void => {
      const sum = best[start]! + score;
      if (sum <= best[end]!) return;
      best[end] = sum;
      from[end] = start;
      entries[end] = entry;
    };
    for (let start = 0; start < text.length; start++) {
      if (best[start] === -Infinity) continue;
      const next = start + characterLength(text[start]!);
      let isKnown = false;
      vocabulary.forEachAt(text, start, (entry, end) => {
        if (entry === unknownRow) return;
        if (end === next) isKnown = true;
        offer(start, end, entry, scores[entry]!);
      });
      if (!isKnown) offer(start, next, unknownRow, unknown);
    }
    const pieces: number[] = [];
    for (let end = text.length; end > 0; end = from[end]!)
      if (entries[end] !== unknownRow || pieces.at(-1) !== unknownRow) pieces.push(entries[end]!);
    return pieces.toReversed();
  };
}

/** Bytes of the UTF-8 character that begins with this byte. */
const characterLength = (byte: number): number =>
  byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
