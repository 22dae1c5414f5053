import type { AnswerEvent } from "../core/answer.ts";
import { beginOperation } from "../core/current-operation.ts";
import { ApprenticeError, asApprenticeError, causeCode } from "../core/errors.ts";
import type { Log } from "../core/log.ts";
import { messageLanguage } from "../core/message-language.ts";
import type { Message } from "../core/message.ts";
import type { Outbound, Receive } from "../core/platform.ts";
import { prefixOn } from "../core/prefix.ts";
import type { AnyCommand } from "../commands/command.ts";
import { say, sayError, type Voice } from "../texts/say.ts";
import type { CommandMessages } from "../storage/command-messages.ts";
import type { Turns } from "../storage/turns.ts";
import type { Workspaces } from "../storage/workspaces.ts";
import type { AnswerAloud } from "./answer-aloud.ts";
import { callIn } from "./call-in.ts";
import { deliverAnswer, deliverReply } from "./deliver.ts";
import { questionAbout } from "./file-question.ts";
import { looksLikeSound, type HearFiles } from "./hear-files.ts";
import type { JobNotices } from "./job-notices.ts";
import type { Limits } from "./limits.ts";
import { createProgress } from "./progress.ts";
import { effectiveRole } from "./permissions.ts";
import type { RoomQueues } from "./rooms.ts";
import { type Call, type RunCommand } from "./run-command.ts";
import type { RunningAnswers } from "./running-answers.ts";
import { createSeen } from "./seen.ts";
import { showReceiving } from "./show-receiving.ts";
import { tellHeard } from "./tell-heard.ts";

export type ReceiveParts = {
  readonly commands: readonly AnyCommand[];
  /** Of commands, where a workspace has not chosen its own. */
  readonly prefix: string;
  /** `auto` follows the language of each message. */
  readonly voice: Voice | "auto";
  readonly limits: Limits;
  /** Decide what a message is, in the order in which a room's messages came. */
  readonly doors: RoomQueues;
  readonly rooms: RoomQueues;
  readonly running: RunningAnswers;
  readonly runCommand: RunCommand;
  readonly commandMessages: CommandMessages;
  /** The questions of a message that puts several, each as a message. */
  readonly questionsOf: (message: Message) => Promise<readonly Message[]>;
  readonly respond: (message: Message, signal: AbortSignal) => AsyncIterable<AnswerEvent>;
  readonly hearFiles: HearFiles;
  readonly answerAloud: AnswerAloud;
  readonly turns: Turns;
  readonly notices: Pick<JobNotices, "shown">;
  readonly workspaces: Workspaces;
  readonly log: Log;
};

/**
 * The one door: every message of every platform passes here, in the order of its room. Answers,
 * replies and failures all go back through `outbound`; the promise rejects only for a bug.
 */
export function createReceive(parts: ReceiveParts): Receive {
  const seen = createSeen();
  const never = new AbortController().signal;
  return async (message, outbound, signal = never) => {
    if (message.person.isBot || parts.limits.isShut(message) || !seen.isNew(message.id)) return;
    const { done } = await parts.doors.run(message.room, async () => {
      beginOperation(`reading a message from ${message.platform}`);
      const wish = await wishOf(parts, message);
      if (!wish) return { done: undefined };
      const work = async (): Promise<void> => {
        if (!(await answer(parts, wish, outbound, signal))) seen.forget(message.id);
      };
      return { done: wish.atOnce ? work() : parts.rooms.run(message.room, work) };
    });
    await done;
  };
}

/** What somebody wants of the bot with a message. */
type Wish = {
  readonly message: Message;
  readonly call: Call | undefined;
  readonly prefix: string;
  readonly voice: Voice;
  /** A failure to read what the workspace has set; told when it is this message's turn. */
  readonly failure?: ApprenticeError;
  readonly atOnce: boolean;
};

/** Whether somebody wrote or said something. */
const hasWords = ({ text, files }: Message): boolean =>
  text.trim() !== "" || files.some(looksLikeSound);

/** `undefined`: nobody spoke to the bot. */
async function wishOf(parts: ReceiveParts, message: Message): Promise<Wish | undefined> {
  const { commands, workspaces } = parts;
  const own = voiceFor(parts.voice, message);
  try {
    const settings = await workspaces.settings(message.workspace);
    const prefix = settings.prefix ?? parts.prefix;
    const call = callIn(message, commands, prefix) ?? questionAbout(message);
    const { addressed, workspace, room } = message;
    if (!call && !addressed) {
      // A picture without words asks nothing of a bot that only listens.
      if (!hasWords(message) || !(await workspaces.isListening(workspace, room))) return undefined;
    }
    const called = commands.find(({ name }) => name === call?.name.toLowerCase());
    const atOnce = called?.atOnce ?? false;
    return { message, call, prefix, voice: settings.voice ?? own, atOnce };
  } catch (thrown) {
    if (!message.addressed) return undefined;
    const failure = asApprenticeError(thrown);
    return { message, call: undefined, prefix: parts.prefix, voice: own, failure, atOnce: false };
  }
}

/** `false`: nothing could be sent, not even why, so the message may be taken again. */
async function answer(
  parts: ReceiveParts,
  { message: received, call: given, prefix, voice, failure }: Wish,
  way: Outbound,
  signal: AbortSignal,
): Promise<boolean> {
  const outbound = (given && way.forCommand?.(given.name.toLowerCase())) ?? way;
  try {
    if (failure) throw failure;
    // While it waited for its turn, its author may have been told that it is too much.
    if (parts.limits.isShut(received)) return true;
    beginOperation(`answering a message from ${received.platform}`);
    await parts.limits.check(received);
    const sent = await withRole(parts.workspaces, received);
    const heard = given ? undefined : await parts.hearFiles(sent, signal);
    if (heard) {
      const shown = prefixOn(received.platform, prefix);
      await tellHeard(heard.files, { voice, prefix: shown }, outbound, signal);
      if (heard.message.text === "") return true;
    }
    const message = heard?.message ?? sent;
    const call = given ?? (heard && callIn(message, parts.commands, prefix));
    if (call) {
      const language = messageLanguage(message);
      await once(parts.commandMessages, message, call, async () => {
        const shown = createProgress(outbound);
        const files = showReceiving(message.files, shown.progress, voice);
        const caller = {
          message: { ...message, files },
          prefix,
          voice,
          language,
          signal,
          progress: shown.progress,
        };
        const reply = await parts.runCommand(call, caller);
        const messageIds = await shown.finish(reply, signal);
        if (reply.turnId !== undefined) await parts.turns.sent(reply.turnId, messageIds);
        const last = messageIds.at(-1);
        if (reply.jobId !== undefined && last !== undefined) {
          await parts.notices.shown(reply.jobId, last);
        }
      });
    } else if (message.text.trim() === "") {
      const count = message.files.length;
      const text = count > 0 ? say(voice, "files.unasked", { count }) : say(voice, "chat.no-words");
      await deliverReply({ text }, outbound, signal);
    } else {
      const questions = await parts.questionsOf(message);
      await parts.running.run(message, signal, async (running) => {
        for (const question of questions) {
          if (running.aborted && question !== questions[0]) break;
          const events = parts.respond(question, running);
          const delivered = await deliverAnswer(events, outbound, signal);
          if (!delivered) continue;
          await parts.turns.sent(delivered.answer.turnId, delivered.messageIds);
          await parts.answerAloud(question, delivered.answer.text, outbound, signal);
        }
      });
    }
  } catch (thrown) {
    const shown = prefixOn(received.platform, prefix);
    return tellFailure(parts.log, thrown, voice, shown, outbound);
  }
  return true;
}

/** Runs the command of a message that was not run before, also not by an earlier process. */
async function once(
  messages: CommandMessages,
  { id }: Message,
  { name }: Call,
  run: () => Promise<void>,
): Promise<void> {
  const state = await messages.begin(id);
  if (state === "finished") return;
  try {
    if (state === "unfinished") throw new ApprenticeError("command-interrupted", { command: name });
    await run();
  } finally {
    await messages.finish(id);
  }
}

async function withRole(workspaces: Workspaces, message: Message): Promise<Message> {
  const granted = await workspaces.roleOf(message.workspace, message.person.id);
  return {
    ...message,
    person: { ...message.person, role: effectiveRole(message.person.role, granted) },
  };
}

/**
 * Nothing is silent: the person reads what went wrong, and the log keeps the cause under its id.
 * `false` when nothing could be sent.
 */
async function tellFailure(
  log: Log,
  thrown: unknown,
  voice: Voice,
  prefix: string,
  outbound: Outbound,
): Promise<boolean> {
  const error = asApprenticeError(thrown);
  if (isUnreachable(error)) {
    log.info("A message could not be answered while its platform is away", { code: error.code });
    return false;
  }
  const level = error.code === "internal" ? "error" : "info";
  log[level]("A message could not be answered", {
    id: error.id,
    code: error.code,
    cause: causeCode(error),
    ...(level === "error" && { error: error.cause }),
  });
  try {
    await outbound.send({
      text: sayError(voice, error, prefix),
      failure: { code: error.code, id: error.id },
    });
    return true;
  } catch (cause) {
    const failure = asApprenticeError(cause);
    const { code } = failure;
    log.warn("A failure could not be told", { id: error.id, code, cause: causeCode(failure) });
    return false;
  }
}

/** Whether the platform itself is away: then nobody can be told, and the answer is sent later. */
const isUnreachable = ({ code }: ApprenticeError): boolean =>
  /^(discord|telegram)-unreachable$/.test(code);

const voiceFor = (voice: Voice | "auto", message: Message): Voice =>
  voice === "auto" ? messageLanguage(message) : voice;
