import type { AnyCommand } from "../commands/command.ts";
import { parseArguments, splitCommand } from "../commands/parse.ts";
import { ApprenticeError } from "../core/errors.ts";
import type { Message } from "../core/message.ts";
import { commandNamed } from "../texts/command-names.ts";
import type { Call } from "./run-command.ts";
import { spokenCall } from "./spoken-call.ts";

/**
 * The command that a message calls, if any: a form that was filled, `!name ...` with the workspace's
 * prefix, `/name ...` where people type that, words said aloud that mean one, or `@bot name ...`. The last only counts when the words
 * fit the command and ask nothing: "@bot new ideas?" is talk.
 */
export function callIn(
  message: Message,
  commands: readonly AnyCommand[],
  prefix: string,
): Call | undefined {
  if (message.call) return message.call;
  if (message.isForwarded) return undefined;
  if (message.via === "voice") return spokenCall(message.text);
  const { text, platform } = message;
  // Discord sends its slash commands apart.
  const typed =
    named(splitCommand(text, prefix)) ??
    (platform === "discord" ? undefined : named(splitCommand(text, "/")));
  if (typed || !message.mentioned || text.trimEnd().endsWith("?")) return typed;
  const spoken = named(splitCommand(prefix + text.trimStart(), prefix));
  return spoken && fits(spoken, message, commands, prefix) ? spoken : undefined;
}

/** A typed command under the name it is known by, whatever language it was typed in. */
const named = (typed: ReturnType<typeof splitCommand>): ReturnType<typeof splitCommand> =>
  typed && { ...typed, name: commandNamed(typed.name) };

/** Whether a command of this name takes these words. */
function fits(
  { name, rest }: { readonly name: string; readonly rest: string },
  { files }: Message,
  commands: readonly AnyCommand[],
  prefix: string,
): boolean {
  const command = commands.find((candidate) => candidate.name === name);
  if (!command || (command.ignoresWords && rest !== "")) return false;
  try {
    parseArguments(command, rest, files, prefix);
    return true;
  } catch (thrown) {
    if (thrown instanceof ApprenticeError) return false;
    throw thrown;
  }
}
