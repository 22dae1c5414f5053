import { ApprenticeError } from "../core/errors.ts";
import type { CommandContext } from "./context.ts";
import { usageHints } from "./usage.ts";

/** What a command says that cannot do without one of its options this time. */
export function missingOption(
  name: string,
  option: string,
  { commands, prefix }: Pick<CommandContext, "commands" | "prefix">,
): ApprenticeError {
  const form = commands.find((command) => command.name === name)!;
  return new ApprenticeError("command-argument-missing", {
    command: name,
    option,
    ...usageHints(form, prefix),
  });
}
