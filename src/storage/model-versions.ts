import { now } from "../core/clock.ts";
import { newId } from "../core/ids.ts";
import type { Alias, Artefact, ModelVersion, ServedModel } from "../core/model-version.ts";
import type { Query } from "./query.ts";
import type { Schema } from "./schema.ts";
import { workspaceFolder } from "./workspace-folder.ts";
import { idEnding } from "./id-ending.ts";

export type NewModelVersion = Omit<ModelVersion, "id" | "number" | "createdAt">;

/** Keeps a trained model under the workspace's next number. */
export async function addModelVersion(
  query: Query,
  version: NewModelVersion,
): Promise<ModelVersion> {
  const { workspace } = version;
  // The row of the alias is a lock: two trainings that end at once get different numbers.
  await moveAlias(query, workspace, "candidate", null);
  const last = await query
    .selectFrom("model_version")
    .select((select) => select.fn.max("number").as("number"))
    .where("workspace", "=", workspace)
    .executeTakeFirst();
  const made: ModelVersion = {
    ...version,
    id: newId(),
    number: (last?.number ?? 0) + 1,
    createdAt: now(),
  };
  await query.insertInto("model_version").values(asRow(made)).execute();
  return made;
}

/** The version with this number. */
export async function modelVersionNumbered(
  query: Query,
  workspace: string,
  number: number,
): Promise<ModelVersion | undefined> {
  const row = await versionsOf(query, workspace).where("number", "=", number).executeTakeFirst();
  return row && asModelVersion(row);
}

/** The version with this id, or the only one whose id ends so (at least 6 characters). */
export async function modelVersionEnding(
  query: Query,
  workspace: string,
  id: string,
): Promise<ModelVersion | undefined> {
  const ending = idEnding(id);
  if (ending === undefined) return undefined;
  const rows = await versionsOf(query, workspace)
    .where("id", "like", `%${ending}`)
    .limit(2)
    .execute();
  return rows.length === 1 ? asModelVersion(rows[0]!) : undefined;
}

/** The version that an alias stands at. */
export async function modelVersionUnder(
  query: Query,
  workspace: string,
  alias: Alias,
): Promise<ModelVersion | undefined> {
  const row = await query
    .selectFrom("model_alias")
    .innerJoin("model_version", "model_version.id", "model_alias.version_id")
    .selectAll("model_version")
    .where("model_alias.workspace", "=", workspace)
    .where("model_alias.alias", "=", alias)
    .executeTakeFirst();
  return row && asModelVersion(row);
}

/** All versions of a workspace, newest first. */
export async function listModelVersions(
  query: Query,
  workspace: string,
): Promise<readonly ModelVersion[]> {
  const rows = await versionsOf(query, workspace).orderBy("number", "desc").execute();
  return rows.map(asModelVersion);
}

/** The files that trained models consist of, and the maps of what they were trained on, in the data folder. */
export async function modelFiles(query: Query): Promise<readonly string[]> {
  const rows = await query
    .selectFrom("model_version")
    .select(["workspace", "job_id", "artefact"])
    .orderBy("id")
    .execute();
  return rows.flatMap(({ workspace, job_id: jobId, artefact: text }) => {
    const artefact = JSON.parse(text) as Artefact;
    const map = `models/${workspaceFolder(workspace)}/${jobId}/export/map.jsonl`;
    if (artefact.kind === "hosted") return [map];
    const files = artefact.kind === "memory" ? [artefact.file] : artefact.files;
    return [...files.map(({ path }) => `${artefact.folder}/${path}`), map];
  });
}

/** Where each alias that was ever moved stands; `null`: at no trained model. */
export async function aliasesOf(
  query: Query,
  workspace: string,
): Promise<ReadonlyMap<Alias, string | null>> {
  const rows = await query
    .selectFrom("model_alias")
    .select(["alias", "version_id"])
    .where("workspace", "=", workspace)
    .execute();
  return new Map(rows.map((row) => [row.alias, row.version_id]));
}

/** Lets an alias stand at a version, or at none. */
export async function moveAlias(
  query: Query,
  workspace: string,
  alias: Alias,
  versionId: string | null,
): Promise<void> {
  await query
    .insertInto("model_alias")
    .values({ workspace, alias, version_id: versionId })
    .onConflict((conflict) =>
      conflict.columns(["workspace", "alias"]).doUpdateSet({ version_id: versionId }),
    )
    .execute();
}

const versionsOf = (query: Query, workspace: string) =>
  query.selectFrom("model_version").selectAll().where("workspace", "=", workspace);

const asRow = (version: ModelVersion): Schema["model_version"] => ({
  id: version.id,
  workspace: version.workspace,
  number: version.number,
  method: version.method,
  trainer: version.trainer,
  base: version.base,
  job_id: version.jobId,
  dataset_name: version.dataset.name,
  dataset_version: version.dataset.version,
  dataset_sha256: version.dataset.sha256,
  artefact: JSON.stringify(version.artefact),
  served: version.served && JSON.stringify(version.served),
  sunset: version.sunset,
  author: version.author,
  created_at: version.createdAt,
});

const asModelVersion = (row: Schema["model_version"]): ModelVersion => ({
  id: row.id,
  workspace: row.workspace,
  number: row.number,
  method: row.method,
  trainer: row.trainer,
  base: row.base,
  jobId: row.job_id,
  dataset: {
    name: row.dataset_name,
    version: row.dataset_version,
    sha256: row.dataset_sha256,
  },
  artefact: JSON.parse(row.artefact) as Artefact,
  served: row.served === null ? null : (JSON.parse(row.served) as ServedModel),
  sunset: row.sunset,
  author: row.author,
  createdAt: row.created_at,
});
