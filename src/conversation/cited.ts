import { isFunctionWord } from "../learning/recall/function-words.ts";
import type { Hint } from "../learning/recall/recall.ts";
import { stem, wordsOf } from "../storage/words.ts";

/** What a model has said of the examples that it used: `[[1,3]]`, `[[]]` for none. */
export type Citation = {
  /** Whether it said so at all. */
  isGiven: boolean;
  /** The numbers of the examples, from 1. */
  readonly numbers: Set<number>;
};

export const newCitation = (): Citation => ({ isGiven: false, numbers: new Set() });

const longestMark = 60;

/** The pieces of an answer without the marks in it; what they say is added to `citation`. */
export async function* withoutMarks(
  pieces: AsyncIterable<string>,
  citation: Citation,
): AsyncGenerator<string, void> {
  let held = "";
  let isBegun = false;
  const ready = (text: string): string => {
    const told = isBegun ? text : text.trimStart();
    isBegun ||= told !== "";
    return told;
  };
  for await (const piece of pieces) {
    held += piece;
    const { text, rest } = read(held, citation);
    held = rest;
    const told = ready(text);
    if (told !== "") yield told;
  }
  const told = ready(held);
  if (told !== "") yield told;
}

/** Takes the marks out of a text; `rest` may be the beginning of one. */
function read(held: string, citation: Citation): { readonly text: string; readonly rest: string } {
  let text = "";
  let rest = held;
  for (;;) {
    const at = rest.indexOf("[[");
    if (at < 0) {
      const end = rest.endsWith("[") ? rest.length - 1 : rest.length;
      return { text: text + rest.slice(0, end), rest: rest.slice(end) };
    }
    text += rest.slice(0, at);
    rest = rest.slice(at);
    const end = rest.indexOf("]]");
    if (end < 0 && rest.length <= longestMark) return { text, rest };
    const mark = end < 0 ? "" : rest.slice(2, end);
    if (end >= 0 && /^[\d,;\s]{0,56}$/.test(mark)) {
      citation.isGiven = true;
      for (const [number] of mark.matchAll(/\d{1,3}/g)) citation.numbers.add(Number(number));
      rest = rest.slice(end + 2);
    } else {
      text += "[[";
      rest = rest.slice(2);
    }
  }
}

/**
 * The examples behind an answer: those that the model said it used; where it said nothing, those whose
 * words it repeats.
 */
export function examplesUsed(
  shown: readonly Hint[],
  citation: Citation,
  said: string,
): readonly string[] {
  const used = citation.isGiven
    ? shown.filter((_, place) => citation.numbers.has(place + 1))
    : shown.filter(({ answer, label }) => label === "positive" && isRepeated(answer, said));
  return used.map(({ exampleId }) => exampleId);
}

/** An answer is repeated when half of the words that tell something in it are said. */
function isRepeated(answer: string | null, said: string): boolean {
  const taught = tellingStems(answer ?? "");
  const spoken = tellingStems(said);
  const shared = [...taught].filter((each) => spoken.has(each)).length;
  return taught.size > 0 && shared >= taught.size / 2;
}

const tellingStems = (text: string): ReadonlySet<string> =>
  new Set(
    wordsOf(text)
      .filter((word) => !isFunctionWord(word))
      .map(stem),
  );

/**
 * The pieces of an answer once it is sure that they rest on an example; nothing when they do not.
 * An answer without a mark is held back until it can be compared with what was taught.
 */
export async function* onlyTaught(
  pieces: AsyncIterable<string>,
  shown: readonly Hint[],
  citation: Citation,
): AsyncGenerator<string, void> {
  let held = "";
  for await (const piece of pieces) {
    if (citation.isGiven && examplesUsed(shown, citation, "").length === 0) return;
    if (!citation.isGiven) held += piece;
    else {
      yield held + piece;
      held = "";
    }
  }
  if (held !== "" && examplesUsed(shown, citation, held).length > 0) yield held;
}
