import { ApprenticeError } from "../core/errors.ts";
import { mayActAs, type Role } from "../core/person.ts";
import type { CommandContext } from "./context.ts";

/** Throws `permission-denied`, naming both roles, unless the person may act as `needed`. */
export function requireRoleFor(
  { message, say }: Pick<CommandContext, "message" | "say">,
  needed: Role,
): void {
  const { role } = message.person;
  if (mayActAs(role, needed)) return;
  throw new ApprenticeError("permission-denied", {
    needed: say(`role.${needed}`),
    role: say(`role.${role}`),
  });
}
