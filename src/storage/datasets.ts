import { randomBytes } from "../core/clock.ts";
import type { Database } from "./database.ts";
import type { Query } from "./query.ts";
import { idEnding } from "./id-ending.ts";

/** What is remembered about a workspace's datasets beside their files. */
export type DatasetMemory = {
  /** The secret of a workspace's splits and pseudonyms: made when first asked for, then the same. */
  salt(workspace: string): Promise<string>;
  /** The name of the dataset that training uses, when one was selected. */
  current(workspace: string): Promise<string | undefined>;
  select(workspace: string, name: string): Promise<void>;
  /** The ids of all rows that were retracted and not brought back. */
  retracted(workspace: string): Promise<ReadonlySet<string>>;
};

const saltBytes = 16;

/** What is kept in `database`. */
export function createDatasetMemory({ query }: Database): DatasetMemory {
  const rowOf = (workspace: string) =>
    query
      .selectFrom("workspace_dataset")
      .selectAll()
      .where("workspace", "=", workspace)
      .executeTakeFirst();
  const salt = async (workspace: string): Promise<string> => {
    await query
      .insertInto("workspace_dataset")
      .values({ workspace, current: null, salt: randomBytes(saltBytes).toString("hex") })
      .onConflict((conflict) => conflict.column("workspace").doNothing())
      .execute();
    return (await rowOf(workspace))!.salt;
  };
  return {
    salt,
    current: async (workspace) => (await rowOf(workspace))?.current ?? undefined,
    async select(workspace, name) {
      await salt(workspace);
      await query
        .updateTable("workspace_dataset")
        .set({ current: name })
        .where("workspace", "=", workspace)
        .execute();
    },
    async retracted(workspace) {
      const rows = await query
        .selectFrom("tombstone")
        .innerJoin("action", "action.id", "tombstone.action_id")
        .select("row_id")
        .where("tombstone.workspace", "=", workspace)
        .where("action.undone_at", "is", null)
        .execute();
      return new Set(rows.map((row) => row.row_id));
    },
  };
}

/** Bars a row from every later dataset version, for as long as the action stands. */
export async function addTombstone(
  query: Query,
  tombstone: {
    readonly actionId: string;
    readonly workspace: string;
    readonly rowId: string;
    readonly reason: string;
  },
): Promise<void> {
  await query
    .insertInto("tombstone")
    .values({
      action_id: tombstone.actionId,
      workspace: tombstone.workspace,
      row_id: tombstone.rowId,
      reason: tombstone.reason,
    })
    .execute();
}

/**
 * The id of the one example whose id is, or ends with, at least six given characters; `undefined`
 * when none or several are.
 */
export async function findExampleId(
  query: Query,
  workspace: string,
  id: string,
): Promise<string | undefined> {
  const ending = idEnding(id.trim());
  if (ending === undefined) return undefined;
  const rows = await query
    .selectFrom("example")
    .select("id")
    .where("workspace", "=", workspace)
    .where("id", "like", `%${ending}`)
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0]!.id : undefined;
}
