import type { BaseInteraction } from "discord.js";
import type { Person } from "../../core/person.ts";
import { personIdOf } from "./place.ts";
import { roleOf, type Standing } from "./roles.ts";

/** Who uses a command, a menu, a button or a window. */
export const personIn = (
  interaction: BaseInteraction,
  trainerRoles: readonly string[],
): Person => ({
  id: personIdOf(interaction.user.id),
  name: displayName(interaction),
  role: roleOf(standingOf(interaction), trainerRoles),
});

const displayName = ({ member, user }: BaseInteraction): string =>
  (member && "displayName" in member ? member.displayName : undefined) ?? user.displayName;

/** Discord sends along what the person may do; the roles' names come from the guild. */
function standingOf(interaction: BaseInteraction): Standing | undefined {
  const { memberPermissions, member, guild, guildId } = interaction;
  if (!guildId || !memberPermissions) return undefined;
  const given = member?.roles ?? [];
  const ids = Array.isArray(given) ? given : [...given.cache.keys()];
  return {
    permissions: memberPermissions,
    roles: ids.map((id) => ({ id, name: guild?.roles.cache.get(id)?.name ?? "" })),
  };
}
