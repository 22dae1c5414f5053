import { trimEnd } from "../../core/trim-end.ts";
import { nearest } from "../../core/nearest.ts";

/** Words that show attention and ask for nothing. */
const backchannels = new Set(
  "угу ага да так мм ммм м-м хм хмм ясно понятно ок окей ладно ну uh huh uh-huh mm mhm mm-hmm hmm yeah yes yep ok okay right sure aha i see".split(
    " ",
  ),
);

/** How many words at the start and at the end may hold the name. */
const near = 3;

/** Whether a text only says "I am listening". */
export const isBackchannel = (text: string): boolean => {
  const words = wordsOf(text);
  return words.length <= 3 && words.every((word) => backchannels.has(word));
};

/** Whether a text begins or ends with one of the names, small mishearings allowed. */
export function isCalled(text: string, names: readonly string[]): boolean {
  const words = wordsOf(text);
  return [...words.slice(0, near), ...words.slice(-near)].some((word) => isName(word, names));
}

/** The text without the name at its start or end; the name alone stays. */
export function withoutName(text: string, names: readonly string[]): string {
  const [, first = "", after = ""] = /^([\p{L}\p{N}-]+)[\s,!.:—-]+(.+)$/su.exec(text) ?? [];
  if (after !== "" && isName(first.toLowerCase(), names)) return after;
  const words = trimEnd(text, ".!?");
  const from =
    Math.max(words.lastIndexOf(" "), words.lastIndexOf(","), words.lastIndexOf("\n")) + 1;
  const before = trimEnd(words.slice(0, from), " ,\n\t");
  if (before !== "" && isName(words.slice(from).toLowerCase(), names))
    return before + text.slice(words.length);
  return text;
}

/** A name of four letters or more may have a wrong one. */
const isName = (word: string, names: readonly string[]): boolean => {
  const lower = names.map((name) => name.toLowerCase());
  if (lower.includes(word)) return true;
  return (
    word.length >= 4 &&
    nearest(
      word,
      lower.filter((name) => name.length >= 4),
    ) !== undefined
  );
};

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}-]+/gu) ?? [];
