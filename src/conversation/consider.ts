import { sleep } from "../core/clock.ts";
import { languageOf } from "../core/language.ts";
import type { Message } from "../core/message.ts";
import type { Answers } from "../learning/live/answers.ts";
import type { LanguageModel } from "../models/model.ts";
import type { Workspaces } from "../storage/workspaces.ts";
import type { Voice } from "../texts/say.ts";
import type { Asking } from "./ahead.ts";
import { withFiles } from "./attached.ts";
import { historyMessages, type HistoryWindow } from "./history.ts";
import { systemPrompt } from "./prompt.ts";
import { isSettledByRecall, type RecallAsked } from "./recalled.ts";

export type ConsiderParts = HistoryWindow & {
  readonly workspaces: Pick<Workspaces, "settings">;
  readonly answers: Answers;
  /** Without one, and without a live trained one, only what was taught is answered. */
  readonly model?: LanguageModel;
  /** How the bot speaks where a workspace has not chosen; `auto` follows each message. */
  readonly voice?: Voice | "auto";
};

/** A message, and what there is now to answer it with. */
export type Considered = RecallAsked & {
  readonly message: Message;
  readonly persona: string | null;
  /** The model that is to answer; missing where what was taught decides, or there is none. */
  readonly model: LanguageModel | undefined;
};

/** Milliseconds that a person waits for an encoder, which may have to be loaded first; then words decide. */
const longestReading = 3_000;

async function patiently(reading: Promise<void>): Promise<void> {
  const read = new AbortController();
  const late = sleep(longestReading, read.signal).catch(() => {});
  await Promise.race([reading, late]).finally(() => read.abort());
}

/** Looks what there is to answer a message with; nothing is stored. */
export async function consider(parts: ConsiderParts, message: Message): Promise<Considered> {
  const { workspace, text: prompt } = message;
  const settings = await parts.workspaces.settings(workspace);
  const source = await parts.answers.of(workspace);
  const { recollect, recallVersion, model = parts.model } = source;
  await patiently(source.prepare([prompt]));
  const recollection = recollect(prompt, { hints: model !== undefined });
  const language = languageOf(prompt, message.language ?? "en");
  const general = parts.voice === undefined || parts.voice === "auto" ? language : parts.voice;
  return {
    message,
    voice: settings.voice ?? general,
    persona: settings.persona,
    recollection,
    recallVersion,
    model: isSettledByRecall(recollection) ? undefined : model,
  };
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
