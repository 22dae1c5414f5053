import type { Kysely } from "kysely";
import type { Label } from "../core/example.ts";

/** The tables of evaluations and of what waits for review because an evaluation found it wrong. */
export type EvaluationTables = {
  evaluation: {
    id: string;
    workspace: string;
    /** What was tested, in words: a file's name, a dataset's version, `message`. */
    what: string;
    model_version: string;
    grader: string;
    person: string;
    at: number;
    item_count: number;
    judged_count: number;
    right_count: number;
    /** The metrics as JSON. */
    metrics: string;
    /** The result of every item: JSON lines, compressed with gzip, as Base64. */
    items: string;
  };
  /** A row of a test that was answered wrong. */
  review_item: {
    id: string;
    workspace: string;
    evaluation_id: string;
    /** A hash of the test row: the same row is never two items. */
    item_key: string;
    prompt: string;
    expected: string | null;
    /** `negative`: `expected` is what must not be answered. */
    label: Label;
    predicted: string | null;
    state: "open" | "approved" | "edited" | "rejected";
    /** The action that settled it; once that is undone, the item is open again. */
    action_id: string | null;
    at: number;
  };
};

export async function createEvaluationTables({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("evaluation")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("what", "text", (column) => column.notNull())
    .addColumn("model_version", "text", (column) => column.notNull())
    .addColumn("grader", "text", (column) => column.notNull())
    .addColumn("person", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("item_count", "integer", (column) => column.notNull())
    .addColumn("judged_count", "integer", (column) => column.notNull())
    .addColumn("right_count", "integer", (column) => column.notNull())
    .addColumn("metrics", "text", (column) => column.notNull())
    .addColumn("items", "text", (column) => column.notNull())
    .execute();
  await schema
    .createIndex("evaluation_workspace_id")
    .on("evaluation")
    .columns(["workspace", "id"])
    .execute();
  await schema
    .createTable("review_item")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("evaluation_id", "text", (column) => column.notNull().references("evaluation.id"))
    .addColumn("item_key", "text", (column) => column.notNull())
    .addColumn("prompt", "text", (column) => column.notNull())
    .addColumn("expected", "text")
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("predicted", "text")
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("action_id", "text", (column) => column.references("action.id"))
    .addColumn("at", "bigint", (column) => column.notNull())
    .addUniqueConstraint("review_item_key", ["workspace", "item_key"])
    .execute();
}
