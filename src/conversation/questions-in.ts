import { mostQuestions } from "../core/message.ts";
import {
  beginsAsking,
  isAsked,
  isPointing,
  joined,
  placedWords,
  thingsIn,
} from "./question-words.ts";
import { withoutManners } from "./manners.ts";

const longestText = 12_000;
const mostSentences = 60;
const mostReadings = 12;
/** A message with more words than this tells a story around its question. */
const mostWordsTogether = 40;

/** The sentences of a text, each with its mark. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const { 0: mark, index } of text.matchAll(/[.!?…]{1,9}(?=\s|$)|\n{1,9}/gu)) {
    sentences.push(text.slice(from, index + mark.length));
    from = index + mark.length;
  }
  return [...sentences, text.slice(from)]
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/**
 * What a message may ask when it says more than that: its questions, and where nothing is put as one,
 * its sentences. Without the message itself.
 */
export function questionsWithin(text: string, names: readonly string[]): string[] {
  const bare = withoutManners(text, names);
  const readings = bare === text ? [] : [bare];
  if (text.length > longestText) return readings;
  const sentences = sentencesOf(text).slice(0, mostSentences);
  const questions = sentences.filter(isAsked);
  const told = questions.length > 0 ? questions : sentences.length > 1 ? sentences : [];
  for (const sentence of told)
    readings.push(withoutManners(sentence, names), ...questionsBehind(sentence));
  return [...new Set(readings)].filter((each) => each !== text).slice(0, mostReadings);
}

/** What a message asks by its own words, where it tells more than that; else nothing. */
export function onlyQuestionIn(text: string): string | undefined {
  if (text.length > longestText || placedWords(text).length <= mostWordsTogether) return undefined;
  const questions = sentencesOf(text).filter(isAsked);
  return questions.length === 1 ? questions[0] : undefined;
}

/** "Anyway, how much is it": what stands behind a comma and begins as a question. */
function questionsBehind(sentence: string): string[] {
  return Array.from(sentence.matchAll(/[,:;—–-]\s/gu), ({ index }) =>
    sentence.slice(index + 1).trim(),
  )
    .slice(0, 8)
    .filter((rest) => standsAlone(joined(rest).words));
}

/** Whether words ask something that they name themselves. */
const standsAlone = (words: readonly string[]): boolean =>
  beginsAsking(words) &&
  thingsIn(words).length > 0 &&
  !words.some((_, place) => isPointing(words, place));

/** Where one question may end and the next begin within a sentence. */
const seam = /[,;]\s{1,9}|\s{1,9}(?:and|also|plus|и|а|да)\s{1,9}/giu;

/** The questions of a message that puts several, in order; fewer than two when it does not. */
export function questionsApart(text: string, names: readonly string[]): string[] {
  if (text.length > longestText) return [];
  const bare = withoutManners(text, names);
  if (placedWords(bare).length > mostWordsTogether) return [];
  const parts = sentencesOf(bare)
    .map((sentence) => withoutManners(sentence, names))
    .flatMap((sentence) => (isAsked(sentence) ? askedApart(sentence) : []));
  return parts.length <= mostQuestions ? parts : [];
}

function askedApart(sentence: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: joint, index } of sentence.matchAll(seam)) {
    const left = joined(sentence.slice(from, index));
    const right = joined(sentence.slice(index + joint.length));
    if (!beginsAsking(left.words) || !beginsAsking(right.words)) continue;
    parts.push(sentence.slice(from, index).trim());
    from = sentence.indexOf(right.rest, index);
  }
  return [...parts, sentence.slice(from).trim()];
}
