import type { Kysely } from "kysely";
import type { Alias, TrainingMethod } from "../core/model-version.ts";

/** The tables of trained models and of the names they answer under. */
export type ModelTables = {
  /** A trained model: written once, when its training ended, and never changed. */
  model_version: {
    id: string;
    workspace: string;
    number: number;
    method: TrainingMethod;
    trainer: string;
    base: string | null;
    job_id: string;
    dataset_name: string;
    dataset_version: number;
    dataset_sha256: string;
    /** The artefact as JSON. */
    artefact: string;
    /** How it is reached, as JSON. */
    served: string | null;
    sunset: string | null;
    author: string;
    created_at: number;
  };
  /** Where each alias stands now; without a row, or with `null`, no trained model does. */
  model_alias: { workspace: string; alias: Alias; version_id: string | null };
};

export async function createModelTables({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("model_version")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("method", "text", (column) => column.notNull())
    .addColumn("trainer", "text", (column) => column.notNull())
    .addColumn("base", "text")
    .addColumn("job_id", "text", (column) => column.notNull().unique())
    .addColumn("dataset_name", "text", (column) => column.notNull())
    .addColumn("dataset_version", "integer", (column) => column.notNull())
    .addColumn("dataset_sha256", "text", (column) => column.notNull())
    .addColumn("artefact", "text", (column) => column.notNull())
    .addColumn("served", "text")
    .addColumn("sunset", "text")
    .addColumn("author", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addUniqueConstraint("model_version_number", ["workspace", "number"])
    .execute();
  await schema
    .createTable("model_alias")
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("alias", "text", (column) => column.notNull())
    .addColumn("version_id", "text", (column) => column.references("model_version.id"))
    .addPrimaryKeyConstraint("model_alias_key", ["workspace", "alias"])
    .execute();
}
