import { readFileSync } from "node:fs";
import { stem } from "../../../storage/words.ts";
import { isFunctionWord } from "../function-words.ts";
import { hashText } from "../hash.ts";

/** A question of the background has so many words. */
const wordsInQuestion = 8;
/** How often what the table does not hold occurs. */
const unheard = { latin: 1.5e-6, cyrillic: 4e-6, digits: 1e-5 } as const;
/** The same for the share of questions that hold a feature: one of function words alone, and another. */
const unheardShare = { common: 0.02, other: 1e-5 } as const;
/** What says little in any subject counts so much of what its rarity says. */
const functionWordShare = 0.15;

/** Hashes, ascending, and how often what they stand for occurs, in steps of a twelfth of ln. */
type Table = { readonly hashes: Uint32Array; readonly rarities: Uint8Array };
const stepsPerUnit = 12;

type Background = { readonly words: Table; readonly stems: Table; readonly features: Table };
let loaded: Background | undefined;

/** Whether a normalised word is one of English or Russian. */
export const isLanguage = (word: string): boolean => find(background().words, hashText(word)) >= 0;

const remembered = new Map<string, number>();
const mostRemembered = 20_000;

/** How much a normalised word tells about the subject of a question, 0..1: little if it is common. */
export function informationOf(word: string): number {
  const known = remembered.get(word);
  if (known !== undefined) return known;
  if (remembered.size >= mostRemembered) remembered.clear();
  const frequency = frequencyOf(background().stems, hashText(stem(word))) ?? unheardOf(word);
  const information = Math.max(0, Math.min(1, (-Math.log(frequency) - 4.5) / 8));
  const told = isFunctionWord(word) ? information * functionWordShare : information;
  remembered.set(word, told);
  return told;
}

/** The share of all questions in English or Russian that hold a feature of the rich set. */
export function shareOfQuestions(hash: number, isCommon: boolean): number {
  const frequency = frequencyOf(background().features, hash);
  if (frequency === undefined) return isCommon ? unheardShare.common : unheardShare.other;
  return 1 - Math.exp(-wordsInQuestion * frequency);
}

const unheardOf = (word: string): number =>
  /\p{Script=Cyrillic}/u.test(word)
    ? unheard.cyrillic
    : /\p{N}/u.test(word)
      ? unheard.digits
      : unheard.latin;

function background(): Background {
  loaded ??= readBackground(new URL("./background.bin", import.meta.url));
  return loaded;
}

/** Three tables one after the other: how many, the hashes, the rarities, to a multiple of 4 bytes. */
function readBackground(file: URL): Background {
  const bytes = new Uint8Array(readFileSync(file)).buffer;
  let at = 0;
  const next = (): Table => {
    const count = new Uint32Array(bytes, at, 1)[0]!;
    const hashes = new Uint32Array(bytes, at + 4, count);
    const rarities = new Uint8Array(bytes, at + 4 + count * 4, count);
    at += 4 + Math.ceil((count * 5) / 4) * 4;
    return { hashes, rarities };
  };
  return { words: next(), stems: next(), features: next() };
}

function frequencyOf(table: Table, hash: number): number | undefined {
  const at = find(table, hash);
  return at < 0 ? undefined : Math.exp(-table.rarities[at]! / stepsPerUnit);
}

function find({ hashes }: Table, hash: number): number {
  let [low, high] = [0, hashes.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const there = hashes[middle]!;
    if (there === hash) return middle;
    if (there < hash) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
