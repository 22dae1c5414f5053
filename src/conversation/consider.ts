import { languageOf } from "../core/language.ts";
import type { Answer } from "../core/answer.ts";
import type { Message } from "../core/message.ts";
import type { Answers } from "../learning/live/answers.ts";
import type { LanguageModel } from "../models/model.ts";
import type { Turns } from "../storage/turns.ts";
import type { Workspaces } from "../storage/workspaces.ts";
import type { Voice } from "../texts/say.ts";
import type { Asking } from "./ahead.ts";
import { withFiles } from "./attached.ts";
import { historyMessages, type HistoryWindow } from "./history.ts";
import { questionBefore } from "./question-before.ts";
import { systemPrompt } from "./prompt.ts";
import { isSettledByRecall, type RecallAsked } from "./recalled.ts";
import { smallTalkAnswer } from "./small-talk-answer.ts";
import { namesIn } from "./tone.ts";
import { understand } from "./understand.ts";

export type ConsiderParts = HistoryWindow & {
  readonly turns: Pick<Turns, "find" | "list">;
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
  /** What it was taken to ask. */
  readonly question: string;
  /** What people are told of that. */
  readonly told?: string | undefined;
};

/** Looks what there is to answer a message with; nothing is stored. */
export async function consider(parts: ConsiderParts, message: Message): Promise<Considered> {
  const { workspace, text } = message;
  const { persona, voice: chosen, prefix } = await parts.workspaces.settings(workspace);
  const { recollect, recallVersion, model = parts.model } = await parts.answers.of(workspace);
  const language = languageOf(text, message.language ?? "en");
  const general = parts.voice === undefined || parts.voice === "auto" ? language : parts.voice;
  const voice = chosen ?? general;
  const known = { message, voice, persona, recallVersion };
  const talk = isOnlyWords(message)
    ? smallTalkAnswer({
        text,
        voice,
        persona,
        platform: message.platform,
        prefix: prefix ?? parts.prefix,
        recollect,
        recallVersion,
      })
    : undefined;
  if (talk) {
    const ready = "own" in talk ? talk.own : undefined;
    const recollection = "taught" in talk ? talk.taught : recollect(text, { hints: false });
    return { ...known, question: text, recollection, model: undefined, ...(ready && { ready }) };
  }
  const before = await questionBefore(parts, message);
  const { recollection, ...understood } = understand({
    text,
    recollect,
    before,
    names: namesIn(persona),
  });
  const isSettled = isSettledByRecall(recollection);
  return { ...known, ...understood, recollection, model: isSettled ? undefined : model };
}

/** What came with a message, or was passed on in it, is not talk with the bot. */
const isOnlyWords = ({ files, quoted = [] }: Message): boolean =>
  files.length === 0 && quoted.length === 0;

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
