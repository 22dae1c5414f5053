import type { AutocompleteInteraction } from "discord.js";
import type { DiscordParts } from "./parts.ts";
import { personIn } from "./interaction-person.ts";
import { workspaceOf } from "./place.ts";

/** Discord's limits: choices, and characters of each. */
const mostChoices = 25;
const longest = 100;

/** Offers what fits the option that somebody is typing into. What cannot be offered is no failure. */
export async function completeOption(
  interaction: AutocompleteInteraction,
  { commands, suggest, settings, log }: DiscordParts,
): Promise<void> {
  const { name, value } = interaction.options.getFocused(true);
  const form = commands.find((command) => command.name === interaction.commandName);
  const kind = form && Object.hasOwn(form.options, name) ? form.options[name]?.suggest : undefined;
  try {
    const whom = {
      workspace: workspaceOf(interaction.guildId, interaction.user.id),
      person: personIn(interaction, settings.trainerRoles),
      needs: form?.needs ?? "admin",
    };
    const found = kind === undefined ? [] : await suggest(kind, value, whom);
    const choices = found
      .filter(
        ({ label, value: chosen }) => label !== "" && chosen !== "" && chosen.length <= longest,
      )
      .slice(0, mostChoices)
      .map(({ label, value: chosen }) => ({
        name: label.slice(0, longest).toWellFormed(),
        value: chosen,
      }));
    await interaction.respond(choices);
  } catch {
    log.info("An option could not be completed", { command: interaction.commandName });
  }
}
