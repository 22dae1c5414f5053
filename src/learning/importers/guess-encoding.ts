import { isUtf8 } from "node:buffer";

/** What a text without a byte order mark may be written in when it is no UTF-8. */
const singleByte = ["windows-1251", "koi8-r", "ibm866"] as const;
const doubleByte = ["utf-16le", "utf-16be"] as const;
export type GuessedEncoding = (typeof singleByte)[number] | (typeof doubleByte)[number];

/** How much of a file tells its encoding, in bytes. */
const sampleLength = 65_536;
/** The letters that make up half of a Russian text. */
const common = new Set("оеаинтсрвл");

/**
 * The encoding of a Russian text that is not UTF-8 and says nothing about it, or of UTF-16 without a
 * mark; `undefined` when nothing fits well.
 */
export function guessEncoding(bytes: Uint8Array): GuessedEncoding | undefined {
  const sample = bytes.subarray(0, sampleLength);
  if (sample.length < 4 || hasMark(sample) || (isUtf8(bytes) && !sample.includes(0)))
    return undefined;
  const wide = bytes.length % 2 === 0 ? doubleByte.find((name) => isWide(sample, name)) : undefined;
  if (wide !== undefined || sample.includes(0)) return wide;
  const scored = singleByte.map((name) => ({ name, score: scoreOf(sample, name) }));
  const best = scored.reduce((most, other) => (other.score > most.score ? other : most));
  return best.score > 0.2 ? best.name : undefined;
}

const hasMark = ([first, second, third]: Uint8Array): boolean =>
  (first === 0xef && second === 0xbb && third === 0xbf) ||
  (first === 0xff && second === 0xfe) ||
  (first === 0xfe && second === 0xff);

/** Whether nearly every unit is a character of European and Russian texts. */
function isWide(sample: Uint8Array, name: (typeof doubleByte)[number]): boolean {
  const text = new TextDecoder(name).decode(sample.subarray(0, sample.length & ~1));
  let [fitting, usual] = [0, 0];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const isLine = code === 9 || code === 10 || code === 13;
    const isUsual = isLine || (code > 31 && code < 127) || (code >= 0x4_00 && code < 0x4_60);
    if (isUsual) usual += 1;
    if (isUsual || (code > 159 && code < 0x5_30) || (code >= 0x20_00 && code < 0x20_70))
      fitting += 1;
  }
  // A few odd bytes are letters of some script too; a text is mostly Latin or Russian.
  return text.length > 1 && fitting / text.length > 0.95 && usual / text.length > 0.7;
}

/** The share of common small letters among what is not ASCII; -1 when too little of it is letters. */
function scoreOf(sample: Uint8Array, name: (typeof singleByte)[number]): number {
  const text = new TextDecoder(name).decode(sample);
  let [outside, letters, frequent] = [0, 0, 0];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 128) continue;
    outside += 1;
    if ((code >= 0x4_00 && code < 0x4_60) || "«»—–…№“”„\u00a0".includes(character)) letters += 1;
    if (common.has(character)) frequent += 1;
  }
  return outside > 3 && letters / outside > 0.97 ? frequent / outside : -1;
}
