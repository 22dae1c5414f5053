import type { Kysely } from "kysely";

/** The table of decisions about what answers. */
export type PromotionTables = {
  /** A wish to promote, granted or not, or a rollback: never changed, never deleted. */
  promotion: {
    id: string;
    workspace: string;
    kind: "promote" | "rollback";
    /** What it is about: the version to go live; for a rollback, the one that no longer is. */
    version_id: string;
    /** What was live before; `null`: recall alone. */
    live_before: string | null;
    /** Whether the alias was moved. */
    done: 0 | 1;
    /** What the gate saw and how it judged it, as JSON; `null` for a rollback. */
    evidence: string | null;
    checks: string | null;
    override_reason: string | null;
    person: string;
    at: number;
  };
};

export async function createPromotionTables({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("promotion")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("version_id", "text", (column) => column.notNull().references("model_version.id"))
    .addColumn("live_before", "text", (column) => column.references("model_version.id"))
    .addColumn("done", "integer", (column) => column.notNull())
    .addColumn("evidence", "text")
    .addColumn("checks", "text")
    .addColumn("override_reason", "text")
    .addColumn("person", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await schema
    .createIndex("promotion_workspace_id")
    .on("promotion")
    .columns(["workspace", "id"])
    .execute();
}
