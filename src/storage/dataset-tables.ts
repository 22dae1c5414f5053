import type { Kysely } from "kysely";

/** What the database keeps about datasets; their rows lie in files. */
export type DatasetTables = {
  /** A workspace's current dataset, and the key of its splits and pseudonyms. */
  workspace_dataset: { workspace: string; current: string | null; salt: string };
  /** A row that must not be in any later version, as long as its action stands. */
  tombstone: { action_id: string; workspace: string; row_id: string; reason: string };
};

export async function createDatasetTables({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("workspace_dataset")
    .addColumn("workspace", "text", (column) => column.primaryKey())
    .addColumn("current", "text")
    .addColumn("salt", "text", (column) => column.notNull())
    .execute();
  await schema
    .createTable("tombstone")
    .addColumn("action_id", "text", (column) => column.notNull().references("action.id"))
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("row_id", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("tombstone_key", ["action_id", "row_id"])
    .execute();
  await schema
    .createIndex("tombstone_workspace")
    .on("tombstone")
    .columns(["workspace", "row_id"])
    .execute();
}
