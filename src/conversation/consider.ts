import { languageOf } from "../core/language.ts";
import type { Answer } from "../core/answer.ts";
import type { Message } from "../core/message.ts";
import type { Answers } from "../learning/live/answers.ts";
import type { Recollect, Recollection, RecollectOptions } from "../learning/recall/recall.ts";
import type { LanguageModel } from "../models/model.ts";
import type { Workspaces } from "../storage/workspaces.ts";
import type { Voice } from "../texts/say.ts";
import type { Asking } from "./ahead.ts";
import { withFiles } from "./attached.ts";
import { historyMessages, type HistoryWindow } from "./history.ts";
import { withoutManners } from "./manners.ts";
import { systemPrompt } from "./prompt.ts";
import { isSettledByRecall, type RecallAsked } from "./recalled.ts";
import { smallTalkAnswer } from "./small-talk-answer.ts";

export type ConsiderParts = HistoryWindow & {
  readonly workspaces: Pick<Workspaces, "settings">;
  readonly answers: Answers;
  /** Without one, and without a live trained one, only what was taught is answered. */
  readonly model?: LanguageModel;
  /** How the bot speaks where a workspace has not chosen; `auto` follows each message. */
  readonly voice?: Voice | "auto";
  /** Of commands, where a workspace has not chosen its own. */
  readonly prefix: string;
};

/** A message, and what there is now to answer it with. */
export type Considered = RecallAsked & {
  readonly message: Message;
  readonly persona: string | null;
  /** The model that is to answer; missing where what was taught decides, or there is none. */
  readonly model: LanguageModel | undefined;
  /** The answer itself, where neither recall nor a model gives it. */
  readonly ready?: Omit<Answer, "turnId">;
};

/** Looks what there is to answer a message with; nothing is stored. */
export async function consider(parts: ConsiderParts, message: Message): Promise<Considered> {
  const { workspace, text: prompt } = message;
  const settings = await parts.workspaces.settings(workspace);
  const { recollect, recallVersion, model = parts.model } = await parts.answers.of(workspace);
  const language = languageOf(prompt, message.language ?? "en");
  const general = parts.voice === undefined || parts.voice === "auto" ? language : parts.voice;
  const voice = settings.voice ?? general;
  const { persona } = settings;
  const prefix = settings.prefix ?? parts.prefix;
  const talk =
    message.files.length > 0
      ? undefined
      : smallTalkAnswer({
          text: prompt,
          voice,
          persona,
          platform: message.platform,
          prefix,
          recollect,
          recallVersion,
        });
  const recollection =
    talk && "taught" in talk
      ? talk.taught
      : surest(recollect, prompt, { hints: model !== undefined });
  const considered = { message, voice, persona, recollection, recallVersion };
  if (talk) return { ...considered, model: undefined, ...("own" in talk && { ready: talk.own }) };
  return { ...considered, model: isSettledByRecall(recollection) ? undefined : model };
}

/** What is known of a message, or of what it asks behind its greeting where that is surer. */
function surest(recollect: Recollect, text: string, options: RecollectOptions): Recollection {
  const whole = recollect(text, options);
  const question = withoutManners(text);
  if (whole.tier === "exact" || whole.isTaughtUnknown || question === text) return whole;
  const asked = recollect(question, options);
  return asked.score > whole.score || asked.isTaughtUnknown ? asked : whole;
}

/** What the model is asked, and the ids of the examples that it is shown. */
export async function modelRequest(
  window: HistoryWindow,
  { message, ...considered }: Considered,
  model: LanguageModel,
  signal?: AbortSignal,
): Promise<Asking & { readonly usedIds: readonly string[] }> {
  const { system, usedIds } = systemPrompt(considered);
  const earlier = await historyMessages(window, message);
  const last = await withFiles(earlier.at(-1)!, message.files, {
    sees: model.sees ?? false,
    ...(signal && { signal }),
  });
  return { model, request: { system, messages: [...earlier.slice(0, -1), last] }, usedIds };
}
