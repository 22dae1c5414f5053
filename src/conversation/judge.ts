import type { Recollection } from "../learning/recall/recall.ts";
import { thresholds } from "../learning/recall/thresholds.ts";
import type { LanguageModel } from "../models/model.ts";
import { say, type Voice } from "../texts/say.ts";
import type { BriefQuestions } from "./brief-questions.ts";

/** So many answers are judged, and so much of each is shown, in UTF-16 units. */
const mostCandidates = 5;
const longestShown = 600;

/** What stands before the version of recall where a model chose among taught answers. */
const judged = "judged/";

/** The model that chose a taught answer which recall alone was not sure of, by its model version. */
export const judgeOf = (modelVersion: string): string | undefined =>
  modelVersion.startsWith(judged) ? modelVersion.slice(judged.length) : undefined;

export type ToJudge = {
  readonly workspace: string;
  readonly question: string;
  readonly voice: Voice;
  readonly recollection: Recollection;
  readonly recallVersion: string;
};

/** Whether memory has something that may well be meant, and is not sure enough to say it. */
export const isInTheMiddle = ({ answer, isTaughtUnknown, score }: Recollection): boolean =>
  answer === null && !isTaughtUnknown && score >= thresholds.suggest;

/**
 * Lets a language model say which of the likeliest taught answers, if any, answers a question.
 * `undefined`: none, or it did not say.
 */
export async function judge(
  ask: BriefQuestions,
  model: LanguageModel,
  { workspace, question, voice, recollection, recallVersion }: ToJudge,
  signal?: AbortSignal,
): Promise<Pick<ToJudge, "recollection" | "recallVersion"> | undefined> {
  const candidates = candidatesOf(recollection);
  if (candidates.length === 0) return undefined;
  const answers = candidates.map(({ prompt, answer }, place) => ({
    n: place + 1,
    question: shortened(prompt),
    answer: shortened(answer),
  }));
  const content = JSON.stringify({ question: shortened(question), answers });
  const reply = await ask(
    workspace,
    model,
    { system: say(voice, "answer.judge"), content },
    signal,
  );
  // Whoever says more than a number has not judged.
  const chosen =
    candidates[Number(/^\D{0,4}(\d{1,2})\D{0,4}$/u.exec((reply ?? "").trim())?.[1] ?? 0) - 1];
  if (!chosen) return undefined;
  const { answer, answerId, exampleIds } = chosen;
  return {
    recollection: { ...recollection, tier: "hint", answer, answerId, exampleIds, suggestions: [] },
    recallVersion: `${judged}${model.name}+${recallVersion}`,
  };
}

type Candidate = {
  readonly prompt: string;
  readonly answer: string;
  readonly answerId: string | null;
  readonly exampleIds: readonly string[];
};

/** The likeliest answers, each once. */
function candidatesOf(recollection: Recollection): readonly Candidate[] {
  const { guess, guessId, exampleIds, hints, suggestions } = recollection;
  const closest = hints.find(({ exampleId }) => exampleId === exampleIds[0]);
  const all: Candidate[] = [
    ...(guess === null || !closest
      ? []
      : [{ prompt: closest.prompt, answer: guess, answerId: guessId, exampleIds }]),
    ...suggestions.map(({ prompt, answer, answerId = null, exampleIds: behind }) => ({
      prompt,
      answer,
      answerId,
      exampleIds: behind,
    })),
    ...hints.flatMap(({ exampleId, prompt, answer, label }) =>
      answer === null || label === "negative"
        ? []
        : [{ prompt, answer, answerId: null, exampleIds: [exampleId] }],
    ),
  ];
  const byAnswer = new Map<string, Candidate>();
  for (const each of all) if (!byAnswer.has(each.answer)) byAnswer.set(each.answer, each);
  return [...byAnswer.values()].slice(0, mostCandidates);
}

const shortened = (text: string): string =>
  text.length > longestShown ? `${text.slice(0, longestShown)}…`.toWellFormed() : text;
