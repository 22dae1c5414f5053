import type { CommandForm, Option } from "../commands/command-form.ts";
import { parseArguments } from "../commands/parse.ts";
import { bareOptions } from "../commands/usage.ts";

/** An example of the chat (`correct last At ten.`) as a shell takes it: `correct "At ten." --last`. */
export function shellLine(command: CommandForm, line: string): string {
  const rest = line.slice(command.name.length).trim();
  const values = parseArguments(command, rest, [], "");
  const all = bareOptions(command);
  const gap = all.findIndex((name) => values[name] === undefined);
  // A word cannot be left out before another: what comes after a gap is named.
  const words = all.slice(0, gap === -1 ? undefined : gap);
  const bare = words.map((name) => quoted(String(values[name])));
  const named = Object.entries(command.options).flatMap(([name, option]) =>
    values[name] === undefined || words.includes(name) ? [] : asOption(name, option, values[name]),
  );
  return [command.name, ...bare, ...named].join(" ");
}

function asOption(name: string, option: Option, value: unknown): string[] {
  if (option.type === "flag") return value === true ? [`--${name}`] : [`--no-${name}`];
  if (option.type === "turn" && value === "last") return ["--last"];
  return [`--${name}`, quoted(String(value))];
}

/** One word stands for itself; anything else goes into quotation marks a shell leaves alone. */
function quoted(text: string): string {
  if (/^[\w./:@-]+$/.test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`;
}
