import type { Answer } from "../core/answer.ts";
import type { Message } from "../core/message.ts";
import type { Recollection } from "../learning/recall/recall.ts";
import { say, type Voice } from "../texts/say.ts";

/**
 * From this confidence on a taught answer is given word for word even where a language model could
 * reword it: what a community wrote is more right than a paraphrase, and it costs nothing. Below it
 * one answer in ten would be wrong, and the model may judge by the whole question.
 */
const sureEnoughToQuote = 0.9;

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

/** Whether what was taught decides, language model or not. */
export function isSettledByRecall(recollection: Recollection): boolean {
  const { tier, answer, score } = recollection;
  if (answer === null) return recollection.isTaughtUnknown;
  return tier === "exact" || score >= sureEnoughToQuote;
}

/** The taught answer word for word, or an honest "I do not know that yet" with what may be meant. */
export function answerOfRecall({
  voice,
  recollection,
  recallVersion,
}: RecallAsked): Omit<Answer, "turnId"> {
  const { tier, score, answer, exampleIds, suggestions } = recollection;
  const common = { tier, score, modelVersion: recallVersion };
  if (answer !== null) return { ...common, text: answer, known: true, exampleIds, suggestions: [] };
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
