import { PermissionFlagsBits, type PermissionsBitField } from "discord.js";
import type { Role } from "../../core/person.ts";

export type Standing = {
  readonly permissions: Readonly<PermissionsBitField>;
  readonly roles: readonly { readonly id: string; readonly name: string }[];
};

/**
 * What Discord's own roles make of somebody: who may manage the guild is an admin, who has one of the
 * configured roles a trainer. In a private chat there is no guild: everybody teaches their own copy,
 * and manages nothing that is not theirs.
 */
export function roleOf(standing: Standing | undefined, trainerRoles: readonly string[]): Role {
  if (!standing) return "trainer";
  const { permissions, roles } = standing;
  if (permissions.any([PermissionFlagsBits.Administrator, PermissionFlagsBits.ManageGuild]))
    return "admin";
  const wanted = trainerRoles.map((role) => role.toLowerCase());
  const isTrainer = roles.some(
    ({ id, name }) => wanted.includes(id) || wanted.includes(name.toLowerCase()),
  );
  return isTrainer ? "trainer" : "member";
}
