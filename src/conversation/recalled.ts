import type { Answer } from "../core/answer.ts";
import type { Message } from "../core/message.ts";
import type { Recollection } from "../learning/recall/recall.ts";
import { say, type Voice } from "../texts/say.ts";

/** What recall made of a prompt. */
export type RecallAsked = {
  readonly voice: Voice;
  readonly recollection: Recollection;
  /** `recall@<position>`, or `v3+recall@<position>`. */
  readonly recallVersion: string;
} & Partial<AboutQuestion>;

/** What a message was taken to ask, where that is told. */
type AboutQuestion = { readonly question: string; readonly told: string | undefined };

/** What an answer says of the question it answers. */
export const aboutQuestion = (
  voice: Voice,
  message: Pick<Message, "text" | "partOf">,
  { question, told }: Partial<AboutQuestion>,
): Pick<Answer, "question" | "understood"> => ({
  ...(question !== undefined &&
    (question !== message.text || message.partOf !== undefined) && { question }),
  ...(told !== undefined && { understood: say(voice, "answer.understood", { question: told }) }),
});

/**
 * Whether what was taught decides, language model or not: what a community wrote is more right than a
 * paraphrase, and it costs nothing. A persona may ask for the paraphrase.
 */
export function isSettledByRecall(recollection: Recollection, persona: string | null): boolean {
  if (recollection.answer === null) return recollection.isTaughtUnknown;
  return !rephrases(persona);
}

/** Whether a persona says to put taught answers into other words. */
export const rephrases = (persona: string | null): boolean => {
  const text = (persona ?? "").slice(0, longestRead);
  return rephrasing.test(text) && !keeping.test(text);
};
const longestRead = 8_000;
const rephrasing =
  /\b(?:rephrase|rephrasing|paraphrase|reword|rewrite)\b|\bin your own words\b|перефраз|переформул|перескаж|пересказыв|своими словами/iu;
const keeping =
  /\b(?:never|not|n't)\s{1,4}(?:rephrase|paraphrase|reword|rewrite)\b|(?:не|никогда)\s{1,4}(?:перефраз|переформул|перескаж|пересказыв)/iu;

/** The taught answer word for word, or an honest "I do not know that yet" with what may be meant. */
export function answerOfRecall({
  voice,
  recollection,
  recallVersion,
}: RecallAsked): Omit<Answer, "turnId"> {
  const { tier, score, answer, answerId, exampleIds, suggestions } = recollection;
  const common = { tier, score, modelVersion: recallVersion };
  if (answer !== null)
    return { ...common, text: answer, known: true, answerId, exampleIds, suggestions: [] };
  const meant = suggestions.map(({ prompt }) => `- ${prompt}`);
  const lines = [say(voice, "answer.unknown")];
  if (meant.length > 0) lines.push(say(voice, "answer.did-you-mean"), ...meant);
  return {
    ...common,
    text: lines.join("\n"),
    known: false,
    exampleIds: recollection.isTaughtUnknown ? exampleIds : [],
    suggestions,
  };
}
