import type { CommandCall } from "../../core/message.ts";

/** Commands that a link may open: they show something and change nothing. */
const harmless = new Set(["help", "hi", "instruction", "privacy", "status"]);

/**
 * What `/start` and links like `t.me/bot?start=help_teach` open: a greeting, or a command that only
 * shows something, with its first option. `undefined`: the text is no `/start`.
 */
export function deepLink(text: string, commands: ReadonlySet<string>): CommandCall | undefined {
  const match = /^\/start(?:\s+([\w-]*))?\s*$/i.exec(text);
  if (!match) return undefined;
  const [name = "", ...rest] = (match[1] ?? "").split("_");
  const option = rest.join("_");
  if (!commands.has(name) || !harmless.has(name)) return { name: "hi", values: {} };
  const values = name === "help" && option !== "" ? { command: option } : {};
  return { name, values };
}
