import type { Command as Program, CommanderError } from "commander";
import { ApprenticeError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import type { Voice } from "../texts/say.ts";
import { usageOf } from "./program.ts";

/** What commander refused, as one of our errors, so that it is told in every language and as JSON. */
export function asUsageError(
  refused: CommanderError,
  program: Program,
  words: readonly string[],
  voice: Voice,
): ApprenticeError {
  const given = words.find((word) => !word.startsWith("-")) ?? "";
  const command = program.commands.find((candidate) => candidate.name() === given) ?? program;
  // Commander puts what it stumbled over between quotation marks.
  const [, named = ""] = /'([^']*)'/.exec(refused.message) ?? [];
  const usage = `apprentice ${command === program ? "--help" : usageOf(command, voice)}`;
  switch (refused.code) {
    case "commander.unknownCommand":
      return unknownCommand(named, program);
    case "commander.unknownOption":
      return new ApprenticeError("command-argument-unknown", {
        command: command.name(),
        option: named,
        nearest: nearest(named, optionsOf(command)) ?? "",
        usage,
      });
    case "commander.excessArguments":
      return new ApprenticeError("command-argument-extra", {
        command: command.name(),
        near: words.findLast((word) => !word.startsWith("-")) ?? "",
        usage,
      });
    default:
      return new ApprenticeError("command-argument-missing", {
        command: command.name(),
        option: named,
        usage,
      });
  }
}

function unknownCommand(name: string, program: Program): ApprenticeError {
  const names = program.commands.map((command) => command.name());
  return new ApprenticeError("command-unknown", { name, nearest: nearest(name, names) ?? "" });
}

const optionsOf = (command: Program): string[] =>
  command.options.flatMap(({ long }) => (long ? [long] : []));
