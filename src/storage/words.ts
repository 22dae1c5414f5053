import snowball from "snowball-stemmers";

const tokenPattern = /[\p{L}\p{M}]+|\p{N}+|[^\s\p{L}\p{M}\p{N}]/gu;
const wordPattern = /[\p{L}\p{M}]+|\p{N}+/gu;
const cyrillic = /\p{Script=Cyrillic}/u;

const english = snowball.newStemmer("english");
const russian = snowball.newStemmer("russian");

/** Longer "words" are keys, links or noise: they have no grammar to strip. */
const longestStemmed = 40;
const stemsRemembered = 50_000;
const stems = new Map<string, string>();

/** Text in the form in which it is compared: NFKC, lower case, ё as е, one kind of apostrophe. */
export function normalizeText(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/[’ʼ`´]/gu, "'");
}

/** Words, numbers and single signs of an already normalised text, in order. */
export function tokensOf(normalized: string): string[] {
  return normalized.match(tokenPattern) ?? [];
}

/** The words and numbers of a text, normalised, in order. */
export function wordsOf(text: string): string[] {
  return normalizeText(text).match(wordPattern) ?? [];
}

/** The stem of one normalised word: Russian for Cyrillic script, English for the rest (Snowball). */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= stemsRemembered) stems.clear();
  const found = word.length > longestStemmed ? word : stemmerFor(word).stem(word);
  stems.set(word, found);
  return found;
}

/** The stems of the words of a text, in order. */
export function stemmedWords(text: string): string[] {
  return wordsOf(text).map(stem);
}

const stemmerFor = (word: string) => (cyrillic.test(word) ? russian : english);
