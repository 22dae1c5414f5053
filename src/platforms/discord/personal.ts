import type { KeptCall, SlashForm } from "./parts.ts";

/** Commands whose answers are for whoever asked, in a channel full of people. */
const personalCommands = new Set([
  "feedback",
  "help",
  "instruction",
  "privacy",
  "mydata",
  "settings",
  "status",
  "stop",
  "undo",
  "why",
]);

/** Commands whose answers nobody else in a channel reads, even when they were typed there. */
const confidentialCommands = new Set(["consent", "mydata", "privacy", "why"]);

/** Work that a team does together, although not everybody may do it. */
const sharedCommands = new Set(["review"]);

/** Whether an answer is shown only to its person: what is personal, and what only trainers and admins do. */
export function isPersonal({ name }: KeptCall, commands: readonly SlashForm[]): boolean {
  if (personalCommands.has(name)) return true;
  if (sharedCommands.has(name)) return false;
  const form = commands.find((command) => command.name === name);
  return form !== undefined && form.needs !== "member";
}

/**
 * What of a typed command's answers goes to its person's private chat: everything, or the failures of what
 * only trainers and admins may do. Discord hides no answer to a message.
 */
export function confidentialPart(
  name: string,
  commands: readonly SlashForm[],
): "everything" | "failures" | "nothing" {
  if (confidentialCommands.has(name)) return "everything";
  const form = commands.find((command) => command.name === name);
  return form !== undefined && form.needs !== "member" ? "failures" : "nothing";
}
