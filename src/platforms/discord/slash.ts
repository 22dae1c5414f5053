import { ApplicationCommandOptionType, type ChatInputCommandInteraction } from "discord.js";
import { attachmentFrom } from "./attachments.ts";
import type { SlashForm, Wanted } from "./parts.ts";

/** What a filled slash command calls. */
export function slashCall(
  { commandName, options }: ChatInputCommandInteraction,
  commands: readonly SlashForm[],
): Wanted {
  const form = commands.find(({ name }) => name === commandName);
  const known = Object.keys(form?.options ?? {});
  const values = options.data
    .filter(({ type }) => type !== ApplicationCommandOptionType.Attachment)
    .filter(({ name }) => form === undefined || known.includes(name))
    .map(({ name, value }) => [name, value] as const);
  const files = options.data.flatMap(({ attachment }) => (attachment ? [attachment] : []));
  return {
    call: { name: commandName, values: Object.fromEntries(values) },
    files: files.map(attachmentFrom),
  };
}
