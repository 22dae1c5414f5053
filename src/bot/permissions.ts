import { roles, type Role } from "../core/person.ts";

/** The higher of what the platform grants a person and what the workspace does. */
export const effectiveRole = (platform: Role, workspace: Role): Role =>
  roles[Math.max(roles.indexOf(platform), roles.indexOf(workspace))]!;
