import { beginOperation } from "../core/current-operation.ts";
import { ApprenticeError } from "../core/errors.ts";
import type { Language } from "../core/language.ts";
import { pressedOnlyBy, type CommandCall, type Message } from "../core/message.ts";
import type { Person } from "../core/person.ts";
import { prefixOn } from "../core/prefix.ts";
import type { Reply, ReplyButton } from "../core/reply.ts";
import { originOf, type CommandContext, type CommandParts } from "../commands/context.ts";
import type { AnyCommand } from "../commands/command.ts";
import { requireRoleFor } from "../commands/require-role.ts";
import { findCommand, parseArguments, parseNamed } from "../commands/parse.ts";
import { say, type Voice } from "../texts/say.ts";

/** A command as typed, or as a form filled it. */
export type Call = { readonly name: string; readonly rest: string } | CommandCall;

export type Caller = {
  readonly message: Message;
  readonly voice: Voice;
  readonly language: Language;
  readonly signal: AbortSignal;
  /** Of commands in the workspace, where it has chosen its own. */
  readonly prefix?: string;
  /** Shows how far a long command is. */
  readonly progress?: (text: string) => void;
};

/** Finds, checks, parses and runs a command. Throws `command-*`, `permission-denied` and what the command throws. */
export type RunCommand = (call: Call, caller: Caller) => Promise<Reply>;

export const createRunCommand =
  (commands: readonly AnyCommand[], parts: CommandParts, chatPrefix: string): RunCommand =>
  async (call, caller) => {
    const prefix = prefixOn(caller.message.platform, caller.prefix ?? chatPrefix);
    const command = findCommand(commands, call.name, prefix);
    beginOperation(`running the command ${command.name}`);
    const context = contextFor(parts, { prefix, chatPrefix }, caller);
    requireRoleFor(context, command.needs);
    const { files, person } = context.message;
    if (command.personal && person.isShared) throw new ApprenticeError("sender-not-one-person");
    const values =
      "rest" in call
        ? parseArguments(command, call.rest, files, prefix)
        : parseNamed(command, pressedBy(person, call.values), files, prefix);
    // The values were built from this very command's options, which its type cannot express here.
    return onlyFor(person, command, await command.run(values as never, context));
  };

/** The values of a call without whose button it was. Throws `button-not-yours` for anybody else's. */
function pressedBy(person: Person, values: CommandCall["values"]): CommandCall["values"] {
  const { [pressedOnlyBy]: owner, ...own } = values;
  if (owner !== undefined && owner !== person.id) throw new ApprenticeError("button-not-yours");
  return own;
}

/** Buttons that confirm, and those of personal commands, belong to whoever called the command. */
function onlyFor(person: Person, { personal }: AnyCommand, reply: Reply): Reply {
  const isOwned = ({ call }: ReplyButton): boolean => personal === true || "yes" in call.values;
  const { buttons } = reply;
  if (!buttons?.some(isOwned)) return reply;
  return {
    ...reply,
    buttons: buttons.map((button) => {
      const { call } = button;
      if (!isOwned(button)) return button;
      return {
        ...button,
        call: { ...call, values: { ...call.values, [pressedOnlyBy]: person.id } },
      };
    }),
  };
}

function contextFor(
  parts: CommandParts,
  prefixes: Pick<CommandContext, "prefix" | "chatPrefix">,
  caller: Caller,
): CommandContext {
  const { message, voice } = caller;
  return {
    ...parts,
    ...caller,
    ...prefixes,
    progress: caller.progress ?? (() => {}),
    teacher: {
      workspace: message.workspace,
      person: message.person,
      origin: originOf(message),
      messageId: message.id,
      ...(message.consent && { consent: message.consent }),
    },
    say: (key, values) => say(voice, key, values),
    turn: (reference) => findTurn(parts, message, reference),
  };
}

async function findTurn({ turns }: CommandParts, message: Message, reference?: string) {
  const named =
    reference && !/^(last|послед\p{L}*)$/iu.test(reference) ? lastPart(reference) : undefined;
  const wanted = named ?? (reference ? undefined : message.replyTo);
  const turn = wanted
    ? await turns.find(message.workspace, wanted)
    : (await turns.list(message.workspace, message.room, { limit: 1, unanswered: true })).at(-1);
  if (!turn) throw new ApprenticeError("turn-missing");
  if (turn.answer === null) throw new ApprenticeError("turn-unanswered");
  return turn;
}

/** A link to a message ends with its id. */
const lastPart = (reference: string): string =>
  reference.startsWith("http") ? reference.split("/").at(-1)! : reference;
