import type { Role } from "../core/person.ts";
import type { Database } from "./database.ts";
import type { Flag } from "./schema.ts";

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

/** The workspaces kept in `database`. */
export function createWorkspaces(database: Database): Workspaces {
  const { query } = database;
  return {
    async settings(workspace) {
      const row = await query
        .selectFrom("workspace")
        .selectAll()
        .where("name", "=", workspace)
        .executeTakeFirst();
      return {
        persona: row?.persona ?? null,
        voice: row?.voice ?? null,
        reviewMembers:
          row === undefined || row.review_members === null ? null : row.review_members === 1,
      };
    },

    async change(workspace, { persona, voice, reviewMembers }) {
      const changed = {
        ...(persona !== undefined && { persona }),
        ...(voice !== undefined && { voice }),
        ...(reviewMembers !== undefined && { review_members: asFlag(reviewMembers) }),
      };
      const unset = { persona: null, voice: null, review_members: null };
      await query
        .insertInto("workspace")
        .values({ name: workspace, ...unset, ...changed })
        .onConflict((conflict) =>
          conflict.column("name").doUpdateSet({ name: workspace, ...changed }),
        )
        .execute();
    },

    async roleOf(workspace, person) {
      const row = await query
        .selectFrom("person_role")
        .select("role")
        .where("workspace", "=", workspace)
        .where("person", "=", person)
        .executeTakeFirst();
      return row?.role ?? "member";
    },

    async giveRole(workspace, person, role) {
      await query
        .insertInto("person_role")
        .values({ workspace, person, role })
        .onConflict((conflict) => conflict.columns(["workspace", "person"]).doUpdateSet({ role }))
        .execute();
    },

    async list() {
      const rows = await query
        .selectFrom("workspace")
        .select("name")
        .union(query.selectFrom("person_role").select("workspace as name"))
        .union(query.selectFrom("turn").select("workspace as name"))
        .union(query.selectFrom("action").select("workspace as name"))
        .execute();
      return rows.map((row) => row.name).toSorted();
    },
  };
}

const asFlag = (value: boolean | null): Flag | null => (value === null ? null : value ? 1 : 0);
