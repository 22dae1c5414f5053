import type { CommandForm, Option } from "./command-form.ts";

/** How a command is typed: `!teach <prompt> <answer> [--label=positive|negative]`. */
export function usageOf(command: CommandForm, prefix: string): string {
  const options = Object.entries(command.options).map(([name, option]) =>
    optionUsage(name, option),
  );
  return [prefix + command.name, ...options].join(" ");
}

/** Only what cannot be left out: `!teach <prompt>`. */
export function briefUsageOf(command: CommandForm, prefix: string): string {
  const needed = Object.entries(command.options).filter(([, { optional }]) => !optional);
  return usageOf({ ...command, options: Object.fromEntries(needed) }, prefix);
}

function optionUsage(name: string, option: Option): string {
  const form = optionForm(name, option);
  return option.optional ? `[${form}]` : `<${form}>`;
}

function optionForm(name: string, option: Option): string {
  switch (option.type) {
    case "flag":
      return `--${name}`;
    case "choice":
      return `${name}=${option.choices?.join("|") ?? ""}`;
    case "rest":
      return `${name}...`;
    default:
      return name;
  }
}
