import { normalizeText, stem } from "./words.ts";

/** Characters at which words are cut; Postgres refuses lexemes beyond 2 KB. */
const longestWord = 64;
/** In longer searches words that stand apart are not tried as one. */
const mostJoined = 5;

/** Plurals that are no form of the word they belong to. */
const irregular: ReadonlyMap<string, string> = new Map(
  (
    [
      ["child", "children"],
      ["man", "men"],
      ["woman", "women"],
      ["person", "people"],
      ["mouse", "mice"],
      ["foot", "feet"],
      ["tooth", "teeth"],
      ["goose", "geese"],
      ["knife", "knives"],
      ["leaf", "leaves"],
      ["shelf", "shelves"],
      ["half", "halves"],
      ["life", "lives"],
      ["wife", "wives"],
      ["ребенок", "дети детей детям детьми детях"],
      ["человек", "люди людей людям людьми людях"],
      ["год", "лет летам летами"],
      ["друг", "друзья друзей друзьям друзьями друзьях"],
    ] as const
  ).flatMap(([word, forms]) => forms.split(" ").map((form) => [form, word] as const)),
);

const pieces = /[\p{L}\p{M}]+|\p{N}+/gu;
/** Signs that make one word of two. */
const joiners = new Set(["", "-", "‐", "‑", "'", "/", "&", "."]);

/**
 * Everything that one text is found by: the stem of each word, and that of words written with a hyphen
 * or an apostrophe as one.
 */
export function indexedWords(text: string): readonly string[] {
  const folded = fold(text);
  const words = [...wordsIn(folded), ...compoundsIn(folded)].map(searchStem);
  return [...new Set(words)].filter((word) => word !== "");
}

/**
 * What a text has to hold to be found: all words of any one of these lists. Words that stand apart, or
 * with a hyphen between them, may be one word there. Empty: nothing to search for.
 */
export function searchedWords(search: string): readonly (readonly string[])[] {
  const words = wordsIn(fold(search));
  if (words.length === 0) return [];
  const lists = words.length > mostJoined ? [words] : joinedIn(words);
  return lists.map((list) => [...new Set(list.map(searchStem))]);
}

/** Without case, ё, forms of letters and the accents of Latin letters. */
const fold = (text: string): string =>
  normalizeText(text)
    .normalize("NFD")
    .replaceAll(/(\p{Script=Latin})\p{M}{1,4}/gu, "$1")
    .normalize("NFC");

const wordsIn = (folded: string): string[] => folded.match(pieces) ?? [];

/** The words that stand together without a space, as one. */
function compoundsIn(folded: string): string[] {
  const compounds: string[] = [];
  let words: string[] = [];
  let end = 0;
  const close = (): void => {
    if (words.length > 1) compounds.push(words.join(""));
    words = [];
  };
  for (const { 0: word, index } of folded.matchAll(pieces)) {
    if (index - end > 1 || !joiners.has(folded.slice(end, index))) close();
    words.push(word);
    end = index + word.length;
  }
  close();
  return compounds;
}

/** The words as they are, and with one or more pairs of neighbours as one word. */
function joinedIn(words: readonly string[]): string[][] {
  const [first, second, ...rest] = words;
  if (first === undefined) return [[]];
  const apart = joinedIn(words.slice(1)).map((list) => [first, ...list]);
  if (second === undefined) return apart;
  return [...apart, ...joinedIn(rest).map((list) => [first + second, ...list])];
}

/** A vowel that comes and goes (котёнок, котёнка), and one that is left of an ending (вайфай, вайфая). */
const fleeting = /(?<=[а-я]{3})(?:[ое](?=[кц]$)|[аеиоуыэюяй]$)/u;

function searchStem(word: string): string {
  const own = stem(irregular.get(word) ?? word).replace(fleeting, "");
  return own.slice(0, longestWord).toWellFormed();
}
