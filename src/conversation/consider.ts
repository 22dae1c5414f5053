import { sleep } from "../core/clock.ts";
import { isTaughtOnly as isTaughtOnlyIn, type TaughtOnlyPlaces } from "../core/community.ts";
import { languageOf } from "../core/language.ts";
import type { Answer } from "../core/answer.ts";
import type { Message } from "../core/message.ts";
import type { Answers } from "../learning/live/answers.ts";
import type { Hint, Recollect } from "../learning/recall/recall.ts";
import type { LanguageModel } from "../models/model.ts";
import type { Turns } from "../storage/turns.ts";
import type { Workspaces } from "../storage/workspaces.ts";
import type { Voice } from "../texts/say.ts";
import type { Asking } from "./ahead.ts";
import { withFiles } from "./attached.ts";
import type { BriefQuestions } from "./brief-questions.ts";
import { completeWithModel } from "./complete-with-model.ts";
import { historyMessages, type HistoryWindow } from "./history.ts";
import { isInTheMiddle, judge } from "./judge.ts";
import { questionBefore } from "./question-before.ts";
import { systemPrompt } from "./prompt.ts";
import { isSettledByRecall, type RecallAsked } from "./recalled.ts";
import { smallTalkAnswer } from "./small-talk-answer.ts";
import { namesIn } from "./tone.ts";
import { understand, type Understood } from "./understand.ts";

export type ConsiderParts = HistoryWindow & {
  readonly turns: Pick<Turns, "find" | "list">;
  readonly workspaces: Pick<Workspaces, "settings">;
  readonly answers: Answers;
  /** Without one, and without a live trained one, only what was taught is answered. */
  readonly model?: LanguageModel;
  /** How the bot speaks where a workspace has not chosen; `auto` follows each message. */
  readonly voice?: Voice | "auto";
  /** Asks a language model what is meant, where memory is not sure. */
  readonly ask?: BriefQuestions;
  /** Where only what was taught is answered, if a workspace has not chosen; in communities unless told. */
  readonly taughtOnly?: TaughtOnlyPlaces;
  /** Of commands, where a workspace has not chosen its own. */
  readonly prefix: string;
};

/** A message, and what there is now to answer it with. */
export type Considered = RecallAsked & {
  readonly message: Message;
  readonly persona: string | null;
  /** Whether a model answers from what was taught alone. */
  readonly isTaughtOnly: boolean;
  /** The model that is to answer; missing where what was taught decides, or there is none. */
  readonly model: LanguageModel | undefined;
  /** The answer itself, where neither recall nor a model gives it. */
  readonly ready?: Omit<Answer, "turnId">;
  /** What it was taken to ask. */
  readonly question: string;
  /** What people are told of that. */
  readonly told?: string | undefined;
};

export type ConsiderOptions = {
  /** Without asking a model what is meant: where it is not sure yet that the message is. */
  readonly isAhead?: boolean;
  readonly signal?: AbortSignal | undefined;
};

/** Milliseconds that a person waits for an encoder, which may have to be loaded first; then words decide. */
const longestReading = 3_000;

async function patiently(reading: Promise<void>): Promise<void> {
  const read = new AbortController();
  const late = sleep(longestReading, read.signal).catch(() => {});
  await Promise.race([reading, late]).finally(() => read.abort());
}

/** Looks what there is to answer a message with; nothing is stored. */
export async function consider(
  parts: ConsiderParts,
  message: Message,
  { isAhead = false, signal }: ConsiderOptions = {},
): Promise<Considered> {
  const { workspace, text } = message;
  const settings = await parts.workspaces.settings(workspace);
  const { persona, voice: chosen, prefix } = settings;
  const source = await parts.answers.of(workspace);
  const { recollect, recallVersion, model = parts.model } = source;
  await patiently(source.prepare([text]));
  const language = languageOf(text, message.language ?? "en");
  const general = parts.voice === undefined || parts.voice === "auto" ? language : parts.voice;
  const voice = chosen ?? general;
  const places = parts.taughtOnly ?? "communities";
  const isTaughtOnly = settings.taughtOnly ?? isTaughtOnlyIn(places, workspace);
  const known = { message, voice, persona, recallVersion, isTaughtOnly };
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
  const understood = understand({ text, recollect, before, names: namesIn(persona) });
  const { recollection } = understood;
  if (!model || isSettledByRecall(recollection, persona))
    return { ...known, ...understood, model: undefined };
  const asks = isAhead ? undefined : parts.ask;
  const meant = asks
    ? await withModel(asks, model, { ...known, ...understood, recollect }, signal)
    : understood;
  const isSettled = isSettledByRecall(meant.recollection, persona);
  // Of nothing taught a model that may say nothing else has nothing to say.
  const isMute = isTaughtOnly && meant.recollection.hints.length === 0;
  if (isSettled || isMute) return { ...known, ...meant, model: undefined };
  // Whoever answers sees the conversation: what was understood is shown by the answer.
  return { ...known, ...meant, told: undefined, model };
}

/** What a language model makes of a question that memory is not sure of: completed, then judged. */
async function withModel(
  ask: BriefQuestions,
  model: LanguageModel,
  known: Understood & {
    readonly message: Message;
    readonly voice: Voice;
    readonly recallVersion: string;
    readonly recollect: Recollect;
  },
  signal: AbortSignal | undefined,
): Promise<Understood & { readonly recallVersion: string }> {
  const { message, voice, recallVersion } = known;
  const completed = await completeWithModel(ask, model, known, signal);
  const { question, recollection } = completed;
  if (!isInTheMiddle(recollection)) return { ...completed, recallVersion };
  const judged = await judge(
    ask,
    model,
    { workspace: message.workspace, question, voice, recollection, recallVersion },
    signal,
  );
  return { ...completed, recallVersion, ...judged };
}

/** What came with a message, or was passed on in it, is not talk with the bot. */
const isOnlyWords = ({ files, quoted = [] }: Message): boolean =>
  files.length === 0 && quoted.length === 0;

/** What the model is asked, and the examples that it is shown, in the order of their numbers. */
export async function modelRequest(
  window: HistoryWindow,
  { message, ...considered }: Considered,
  model: LanguageModel,
  signal?: AbortSignal,
): Promise<Asking & { readonly shown: readonly Hint[] }> {
  const { system, shown } = systemPrompt(considered);
  const earlier = await historyMessages(window, message);
  const last = await withFiles(earlier.at(-1)!, message.files, {
    sees: model.sees ?? false,
    ...(signal && { signal }),
  });
  return { model, request: { system, messages: [...earlier.slice(0, -1), last] }, shown };
}
