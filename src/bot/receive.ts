import type { AnswerEvent } from "../core/answer.ts";
import { asApprenticeError } from "../core/errors.ts";
import { languageOf, type Language } from "../core/language.ts";
import type { Log } from "../core/log.ts";
import type { Message } from "../core/message.ts";
import type { Outbound, Receive } from "../core/platform.ts";
import { splitCommand } from "../commands/parse.ts";
import { say, sayError, type Voice } from "../texts/say.ts";
import type { Turns } from "../storage/turns.ts";
import type { Workspaces } from "../storage/workspaces.ts";
import { deliverAnswer, deliverReply } from "./deliver.ts";
import type { Limits } from "./limits.ts";
import { effectiveRole } from "./permissions.ts";
import type { RoomQueues } from "./rooms.ts";
import type { RunCommand } from "./run-command.ts";
import { createSeen } from "./seen.ts";

export type ReceiveParts = {
  readonly prefix: string;
  /** `auto` follows the language of each message. */
  readonly voice: Voice | "auto";
  readonly limits: Limits;
  readonly rooms: RoomQueues;
  readonly runCommand: RunCommand;
  readonly respond: (message: Message, signal: AbortSignal) => AsyncIterable<AnswerEvent>;
  readonly turns: Turns;
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
    if (message.person.isBot || !seen.isNew(message.id)) return;
    const command = commandIn(message, parts.prefix);
    if (!command && !message.addressed) return;
    await parts.rooms.run(message.room, () => answer(parts, message, command, outbound, signal));
  };
}

/** Discord sends its slash commands apart; everywhere else people type them. */
const commandIn = ({ text, platform }: Message, prefix: string) =>
  splitCommand(text, prefix) ?? (platform === "discord" ? undefined : splitCommand(text, "/"));

async function answer(
  parts: ReceiveParts,
  received: Message,
  command: ReturnType<typeof splitCommand>,
  outbound: Outbound,
  signal: AbortSignal,
): Promise<void> {
  let voice = voiceFor(parts.voice, received);
  try {
    const settings = await parts.workspaces.settings(received.workspace);
    voice = settings.voice ?? voice;
    await parts.limits.check(received);
    const message = await withRole(parts.workspaces, received);
    if (command) {
      const language = languageFor(message);
      const reply = await parts.runCommand(command, { message, voice, language, signal });
      await deliverReply(reply, outbound, signal);
    } else if (message.text.trim() === "") {
      await deliverReply(
        { text: say(voice, "files.unasked", { count: message.files.length }) },
        outbound,
        signal,
      );
    } else {
      const delivered = await deliverAnswer(parts.respond(message, signal), outbound, signal);
      if (delivered && delivered.messageIds.length > 0) {
        await parts.turns.sent(delivered.answer.turnId, delivered.messageIds);
      }
    }
  } catch (thrown) {
    await tellFailure(parts.log, thrown, voice, outbound);
  }
}

async function withRole(workspaces: Workspaces, message: Message): Promise<Message> {
  const granted = await workspaces.roleOf(message.workspace, message.person.id);
  return {
    ...message,
    person: { ...message.person, role: effectiveRole(message.person.role, granted) },
  };
}

/** Nothing is silent: the person reads what went wrong, and the log keeps the cause under its id. */
async function tellFailure(
  log: Log,
  thrown: unknown,
  voice: Voice,
  outbound: Outbound,
): Promise<void> {
  const error = asApprenticeError(thrown);
  const level = error.code === "internal" ? "error" : "info";
  log[level]("A message could not be answered", {
    id: error.id,
    code: error.code,
    ...(level === "error" && { error: error.cause }),
  });
  await outbound
    .send({ text: sayError(voice, error), failure: { code: error.code, id: error.id } })
    .catch((cause: unknown) => {
      log.warn("A failure could not be told", {
        id: error.id,
        code: asApprenticeError(cause).code,
      });
    });
}

/** A command's own words are English: they say nothing about the person's language. */
function languageFor(message: Message): Language {
  const words = message.text.replace(/^\S+/, "");
  return languageOf(words, message.language ?? "en") === "ru" ? "ru" : (message.language ?? "en");
}

function voiceFor(voice: Voice | "auto", message: Message): Voice {
  if (voice !== "auto") return voice;
  const isCommand = /^\W/.test(message.text);
  return isCommand ? languageFor(message) : languageOf(message.text, message.language ?? "en");
}
