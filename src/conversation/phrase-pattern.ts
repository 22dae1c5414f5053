import { normalizeText, wordsOf } from "../storage/words.ts";

/** Words that follow each other; each place is a word, or a choice between several such rows. */
type Row = readonly Place[];
type Place = string | { readonly rows: readonly Row[]; readonly isOptional: boolean };

/** What a phrase may look like, read from `(a|b)` for one of several and `[a|b]` for one or none. */
export type PhrasePattern = {
  /** The words that it may begin with. */
  readonly starts: ReadonlySet<string>;
  /** Where this phrase may end when it begins at a word: places after its last word. */
  endsIn(words: readonly string[], from: number): ReadonlySet<number>;
  /** The first few ways of saying it, shortest choices first. */
  wordings(most: number): readonly string[];
};

/** The words of a text as they are compared with phrases: "hiiii" is "hi". */
export const spokenWords = (text: string): string[] => wordsOf(text).map(spoken);
const spoken = (word: string): string => word.replaceAll(/(\p{L})\1{2,9}/gu, "$1");

export function phrasePattern(template: string): PhrasePattern {
  const [row] = readRow(normalizeText(template), 0);
  return {
    starts: new Set(startsOf(row)),
    endsIn: (words, from) => ends(row, words, new Set([from])),
    wordings: (most) => spellings(row, most).filter((wording) => wording !== ""),
  };
}

function startsOf(row: Row): string[] {
  const starts: string[] = [];
  for (const place of row) {
    if (typeof place === "string") return [...starts, place];
    starts.push(...place.rows.flatMap(startsOf));
    if (!place.isOptional) return starts;
  }
  return starts;
}

function ends(row: Row, words: readonly string[], from: ReadonlySet<number>): ReadonlySet<number> {
  let at = from;
  for (const place of row) {
    const next = new Set<number>();
    for (const start of at) {
      if (typeof place === "string") {
        if (words[start] === place) next.add(start + 1);
        continue;
      }
      if (place.isOptional) next.add(start);
      for (const choice of place.rows)
        for (const end of ends(choice, words, new Set([start]))) next.add(end);
    }
    if (next.size === 0) return next;
    at = next;
  }
  return at;
}

function spellings(row: Row, most: number): string[] {
  let made = [""];
  for (const place of row) {
    const choices =
      typeof place === "string"
        ? [place]
        : [
            ...(place.isOptional ? [""] : []),
            ...place.rows.flatMap((choice) => spellings(choice, most)),
          ].slice(0, most);
    made = choices
      .flatMap((choice) => made.map((before) => (choice === "" ? before : `${before} ${choice}`)))
      .slice(0, most);
  }
  return made.map((wording) => wording.trim());
}

/** Reads up to the bar or bracket that ends a row, and says where that is. */
function readRow(template: string, from: number): [row: Place[], end: number] {
  const row: Place[] = [];
  let at = from;
  while (at < template.length && !"|)]".includes(template[at]!)) {
    const sign = template[at]!;
    if (sign === "(" || sign === "[") {
      const [rows, end] = readRows(template, at + 1);
      row.push({ rows, isOptional: sign === "[" });
      at = end + 1;
    } else if (sign === " ") at += 1;
    else {
      const word = /^[^\s()[\]|]{1,40}/u.exec(template.slice(at, at + 40))![0];
      row.push(spoken(word));
      at += word.length;
    }
  }
  return [row, at];
}

function readRows(template: string, from: number): [rows: Row[], end: number] {
  const rows: Row[] = [];
  for (let at = from; ; at += 1) {
    const [row, end] = readRow(template, at);
    rows.push(row);
    at = end;
    if (template[at] !== "|") return [rows, at];
  }
}
