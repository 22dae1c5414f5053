import type { Role } from "../core/person.ts";

/** What a community has set. `null` means: not set, the default holds. */
export type WorkspaceSettings = {
  /** The system prompt. */
  readonly persona: string | null;
  /** How the bot speaks here. */
  readonly voice: "en" | "ru" | "classic" | null;
  /** Whether corrections by members wait for review. */
  readonly reviewMembers: boolean | null;
};

export type Workspaces = {
  settings(workspace: string): Promise<WorkspaceSettings>;
  change(workspace: string, settings: Partial<WorkspaceSettings>): Promise<void>;
  /** The role given to a person here; `member` when none was. */
  roleOf(workspace: string, person: string): Promise<Role>;
  giveRole(workspace: string, person: string, role: Role): Promise<void>;
  /** All workspaces that hold anything, by name. */
  list(): Promise<readonly string[]>;
};
