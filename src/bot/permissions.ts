import { ApprenticeError } from "../core/errors.ts";
import { mayActAs, roles, type Person, type Role } from "../core/person.ts";
import { say, type Voice } from "../texts/say.ts";

/** The higher of what the platform grants a person and what the workspace does. */
export const effectiveRole = (platform: Role, workspace: Role): Role =>
  roles[Math.max(roles.indexOf(platform), roles.indexOf(workspace))]!;

/** Throws `permission-denied`, naming both roles, unless the person may act as `needed`. */
export function requireRole(person: Person, needed: Role, voice: Voice): void {
  if (mayActAs(person.role, needed)) return;
  throw new ApprenticeError("permission-denied", {
    needed: say(voice, `role.${needed}`),
    role: say(voice, `role.${person.role}`),
  });
}
