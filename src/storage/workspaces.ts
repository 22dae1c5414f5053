import type { Role } from "../core/person.ts";
import type { Database } from "./database.ts";
import { createRemembered } from "./remembered.ts";
import type { Flag } from "./column-types.ts";

/** What a community has set. `null` means: not set, the default holds. */
export type WorkspaceSettings = {
  /** The system prompt. */
  readonly persona: string | null;
  /** How the bot speaks here. */
  readonly voice: "en" | "ru" | "classic" | null;
  /** Whether corrections by members wait for review. */
  readonly reviewMembers: boolean | null;
  /** What a command starts with here. */
  readonly prefix: string | null;
  /** Whether each conversation gets a thread of its own, where the platform has threads. */
  readonly threads: boolean | null;
  /** Whether a language model answers from what was taught alone. */
  readonly taughtOnly: boolean | null;
};

export type Workspaces = {
  settings(workspace: string): Promise<WorkspaceSettings>;
  change(workspace: string, settings: Partial<WorkspaceSettings>): Promise<void>;
  /** The role given to a person here; `member` when none was. */
  roleOf(workspace: string, person: string): Promise<Role>;
  giveRole(workspace: string, person: string, role: Role): Promise<void>;
  /** Whether every message of a room is answered, without a mention. */
  isListening(workspace: string, room: string): Promise<boolean>;
  setListening(workspace: string, room: string, on: boolean): Promise<void>;
  /** All workspaces that hold anything, by name. */
  list(): Promise<readonly string[]>;
};

/** The workspaces kept in `database`. */
export function createWorkspaces(database: Database): Workspaces {
  const { query } = database;

  // What is asked about every message.
  const settings = createRemembered(
    database,
    ["workspace"],
    async (workspace: string): Promise<WorkspaceSettings> => {
      const row = await query
        .selectFrom("workspace")
        .selectAll()
        .where("name", "=", workspace)
        .executeTakeFirst();
      return {
        persona: row?.persona ?? null,
        voice: row?.voice ?? null,
        reviewMembers: asToggle(row?.review_members),
        prefix: row?.prefix ?? null,
        threads: asToggle(row?.threads),
        taughtOnly: asToggle(row?.taught_only),
      };
    },
  );
  const roleOf = createRemembered(
    database,
    ["person_role"],
    async (workspace: string, person: string): Promise<Role> => {
      const row = await query
        .selectFrom("person_role")
        .select("role")
        .where("workspace", "=", workspace)
        .where("person", "=", person)
        .executeTakeFirst();
      return row?.role ?? "member";
    },
  );
  const isListening = createRemembered(
    database,
    ["listening_room"],
    async (workspace: string, room: string): Promise<boolean> => {
      const row = await query
        .selectFrom("listening_room")
        .select("room")
        .where("workspace", "=", workspace)
        .where("room", "=", room)
        .executeTakeFirst();
      return row !== undefined;
    },
  );

  return {
    settings,
    roleOf,
    isListening,

    async change(workspace, { persona, voice, reviewMembers, prefix, threads, taughtOnly }) {
      const changed = {
        ...(persona !== undefined && { persona }),
        ...(voice !== undefined && { voice }),
        ...(reviewMembers !== undefined && { review_members: asFlag(reviewMembers) }),
        ...(prefix !== undefined && { prefix }),
        ...(threads !== undefined && { threads: asFlag(threads) }),
        ...(taughtOnly !== undefined && { taught_only: asFlag(taughtOnly) }),
      };
      const unset = {
        persona: null,
        voice: null,
        review_members: null,
        prefix: null,
        threads: null,
        taught_only: null,
      };
      await query
        .insertInto("workspace")
        .values({ name: workspace, ...unset, ...changed })
        .onConflict((conflict) =>
          conflict.column("name").doUpdateSet({ name: workspace, ...changed }),
        )
        .execute();
    },

    async giveRole(workspace, person, role) {
      await query
        .insertInto("person_role")
        .values({ workspace, person, role })
        .onConflict((conflict) => conflict.columns(["workspace", "person"]).doUpdateSet({ role }))
        .execute();
    },

    async setListening(workspace, room, on) {
      if (on) {
        await query
          .insertInto("listening_room")
          .values({ workspace, room })
          .onConflict((conflict) => conflict.columns(["workspace", "room"]).doNothing())
          .execute();
      } else {
        await query
          .deleteFrom("listening_room")
          .where("workspace", "=", workspace)
          .where("room", "=", room)
          .execute();
      }
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

const asToggle = (flag: Flag | null | undefined): boolean | null =>
  flag === undefined || flag === null ? null : flag === 1;
const asFlag = (value: boolean | null): Flag | null => (value === null ? null : value ? 1 : 0);
