import type { CommandForm, Option } from "./command-form.ts";

/** What a command starts with in a shell. */
export const shellPrefix = "apprentice ";

/**
 * How a command is typed: `!teach <prompt> <answer> [--label=positive|negative]`, and in a shell
 * `apprentice teach <prompt> [--label <positive|negative>]`.
 */
export function usageOf(command: CommandForm, prefix: string): string {
  const isShell = prefix === shellPrefix;
  const bare = bareOptions(command);
  const options = Object.entries(command.options).map(([name, option]) => {
    const form = isShell && !bare.includes(name) ? shellForm(name, option) : chatForm(name, option);
    return option.optional ? `[${form}]` : `<${form}>`;
  });
  return [prefix + command.name, ...options].join(" ");
}

/** Only what cannot be left out: `!teach <prompt>`. */
export function briefUsageOf(command: CommandForm, prefix: string): string {
  const needed = Object.entries(command.options).filter(([, { optional }]) => !optional);
  return usageOf({ ...command, options: Object.fromEntries(needed) }, prefix);
}

/** How a command is used, as errors say it: its form, and in a chat a line to go by. */
export function usageHints(
  command: CommandForm,
  prefix: string,
): { readonly usage: string; readonly usageExample: string } {
  const [line] = command.usageExamples?.filter((each) => each !== command.name) ?? [];
  const usageExample = line === undefined || prefix === shellPrefix ? "" : prefix + line;
  return { usage: usageOf(command, prefix), usageExample };
}

/** The options that a shell gives as words, in their order; nothing follows one that takes all. */
export function bareOptions(command: CommandForm): readonly string[] {
  const texts = Object.entries(command.options).filter(
    ([, { type }]) => type === "text" || type === "rest",
  );
  const last = texts.findIndex(([, { type }]) => type === "rest");
  return texts.slice(0, last === -1 ? undefined : last + 1).map(([name]) => name);
}

function chatForm(name: string, option: Option): string {
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

function shellForm(name: string, option: Option): string {
  switch (option.type) {
    case "flag":
      return `--${name}`;
    case "choice":
      return `--${name} <${option.choices?.join("|") ?? ""}>`;
    case "files":
      return "--file <path...>";
    case "turn":
      return `--last | --${name} <id>`;
    default:
      return `--${name} <value>`;
  }
}
