import type { Message } from "../core/message.ts";
import type { Recollect } from "../learning/recall/recall.ts";
import type { LanguageModel } from "../models/model.ts";
import { say, type Voice } from "../texts/say.ts";
import type { BriefQuestions } from "./brief-questions.ts";
import type { Understood } from "./understand.ts";

const longestQuestion = 300;

/**
 * A message that leans on the question before it as a language model completes it, where rules could
 * not; as it was where the model does not say.
 */
export async function completeWithModel(
  ask: BriefQuestions,
  model: LanguageModel,
  known: Understood & {
    readonly message: Pick<Message, "text" | "workspace">;
    readonly voice: Voice;
    readonly recollect: Recollect;
  },
  signal?: AbortSignal,
): Promise<Understood> {
  const { question, recollection, told, leansOn, message, voice, recollect } = known;
  const understood = { question, recollection, told };
  if (leansOn === undefined) return understood;
  const content = JSON.stringify({ question: leansOn, next: message.text });
  const reply = await ask(
    message.workspace,
    model,
    { system: say(voice, "answer.complete"), content },
    signal,
  );
  const [line = ""] = (reply ?? "").trim().split("\n", 1);
  const completed = line.replaceAll(/^["«“]|["»”]$/gu, "");
  if (completed === "" || completed.length > longestQuestion) return understood;
  return {
    question: completed,
    recollection: recollect(completed, { hints: true }),
    told: completed,
  };
}
