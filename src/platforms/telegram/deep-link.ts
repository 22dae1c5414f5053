import type { CommandCall } from "../../core/message.ts";

/** Commands that a link may open: they show something and change nothing. */
const harmless = new Set(["help", "hi", "instruction", "privacy", "status"]);

/** Longer than `/start` with the 64 characters that Telegram allows behind it. */
const maxLink = 200;

/**
 * What `/start` and links like `t.me/bot?start=help_teach` open: a greeting, or a command that only
 * shows something, with its first option. `undefined`: the text is no `/start`.
 */
export function deepLink(text: string, commands: ReadonlySet<string>): CommandCall | undefined {
  const [start = "", payload = "", more] = text.trim().slice(0, maxLink).split(/\s+/);
  if (start.toLowerCase() !== "/start" || more !== undefined || /[^\w-]/.test(payload))
    return undefined;
  const [name = "", ...rest] = payload.split("_");
  const option = rest.join("_");
  if (!commands.has(name) || !harmless.has(name)) return { name: "hi", values: {} };
  const values = name === "help" && option !== "" ? { command: option } : {};
  return { name, values };
}
