import { normalizeText, stemmedWords, wordsOf } from "../../../storage/words.ts";
import type { Grader } from "./grader.ts";

/** The same text, character for character. */
export const exact: Grader = ({ expected, answer }) => expected === answer;

/** The same words in the same order: case, punctuation and spaces do not count. */
export const normalised: Grader = ({ expected, answer }) => plain(expected) === plain(answer);

/** The expected words occur in the answer, in order and next to each other. */
export const contains: Grader = ({ expected, answer }) =>
  ` ${plain(answer)} `.includes(` ${plain(expected)} `);

/** How much of the words two texts must share to say the same. */
const alikeEnough = 0.7;

/** Mostly the same words, in any grammatical form and order. */
export const similarity: Grader = ({ expected, answer }) =>
  wordOverlap(expected, answer) >= alikeEnough || plain(expected) === plain(answer);

/**
 * The harmonic mean of how many of each text's stemmed words the other one has too, 0..1 (the F1 of
 * SQuAD; Rajpurkar et al., EMNLP 2016).
 */
function wordOverlap(first: string, second: string): number {
  const left = stemmedWords(first);
  const right = stemmedWords(second);
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of right) {
    const count = counts.get(word) ?? 0;
    if (count === 0) continue;
    counts.set(word, count - 1);
    shared += 1;
  }
  return shared === 0 ? 0 : (2 * shared) / (left.length + right.length);
}

/** A text that has no words (emoji, signs) is compared as it stands. */
function plain(text: string): string {
  const words = wordsOf(text).join(" ");
  return words === "" ? normalizeText(text).trim() : words;
}
