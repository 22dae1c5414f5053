/** What a person may do in a workspace, from least to most. Unknown people are members. */
export const roles = ["member", "trainer", "admin"] as const;
export type Role = (typeof roles)[number];

/** An author on a platform. `id` carries the platform: `discord:1234`, `web:local`. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** True for other bots; their messages are never answered. */
  readonly isBot?: boolean;
  /** True where several people write under this id: anonymous administrators, channels. */
  readonly isShared?: boolean;
};

/** Whether `role` includes everything `needed` may do. */
export const mayActAs = (role: Role, needed: Role): boolean =>
  roles.indexOf(role) >= roles.indexOf(needed);
