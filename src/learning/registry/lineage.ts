import { asApprenticeError, ApprenticeError } from "../../core/errors.ts";
import type { ExampleStatus, Label } from "../../core/example.ts";
import type { ModelVersion } from "../../core/model-version.ts";
import { correctionsBehind, wasRetracted, type CorrectionBehind } from "../../storage/behind.ts";
import type { Database } from "../../storage/database.ts";
import { findExampleId } from "../../storage/datasets.ts";
import { examplesById } from "../../storage/example-lookup.ts";
import type { DatasetRow, Manifest, Split } from "../datasets/dataset.ts";
import type { Datasets } from "../datasets/datasets.ts";
import type { RowPlace } from "../datasets/find-row.ts";
import { readVersionRows } from "../datasets/versions.ts";
import type { OpenVersion } from "../live/open-version.ts";
import { datasetOf } from "./dataset-of.ts";
import type { Registry } from "./registry.ts";
import { rowsSeen } from "./rows-seen.ts";

/** What a trained model came from. */
export type VersionLineage = {
  readonly version: ModelVersion;
  /** The versions that it was trained on from, the nearest first. */
  readonly ancestors: readonly ModelVersion[];
  readonly manifest: Manifest;
  /** Rows it was trained with, by where they came from. */
  readonly rows: Readonly<Partial<Record<DatasetRow["source"], number>>>;
  /** Every correction among them, oldest first. */
  readonly corrections: readonly CorrectionBehind[];
};

/** A trained model that has seen a row. */
export type Descendant = {
  readonly version: ModelVersion;
  /** `train`: it was trained on it; `validation`: its training was tuned with it. */
  readonly split: Exclude<Split, "test">;
};

/** Where an example went. */
export type ExampleLineage = {
  readonly exampleId: string;
  readonly prompt: string;
  readonly answer: string | null;
  readonly label: Label;
  /** `null` for a row that only datasets hold. */
  readonly status: ExampleStatus | null;
  readonly datasets: readonly RowPlace[];
  readonly models: readonly Descendant[];
};

/** Lineage both ways: from a model to what stands behind it, and from an example to its models. */
export type Lineages = {
  /** Throws `dataset-version-missing`, `dataset-damaged`, `training-rows-unknown`. */
  ofVersion(version: ModelVersion): Promise<VersionLineage>;
  /** Throws `example-missing`. */
  ofExample(workspace: string, example: string): Promise<ExampleLineage>;
  /** The trained models that have seen a row, oldest first. */
  modelsWith(workspace: string, rowId: string): Promise<readonly Descendant[]>;
};

export type LineageParts = {
  /** The data folder. */
  readonly data: string;
  readonly database: Pick<Database, "query">;
  readonly datasets: Pick<Datasets, "describe" | "row" | "containing">;
  readonly registry: Pick<Registry, "list">;
  readonly openVersion: OpenVersion;
};

export const createLineages = (parts: LineageParts): Lineages => ({
  ofVersion: (version) => versionLineage(parts, version),
  ofExample: (workspace, example) => exampleLineage(parts, workspace, example),
  modelsWith: (workspace, rowId) => modelsWith(parts, workspace, rowId),
});

async function versionLineage(
  { data, database, datasets, registry, openVersion }: LineageParts,
  version: ModelVersion,
): Promise<VersionLineage> {
  const { workspace, dataset } = version;
  const manifest = await datasets.describe(workspace, dataset.name, dataset.version);
  const trainedOn = await trainedRows(data, openVersion, version);
  const rows: Partial<Record<DatasetRow["source"], number>> = {};
  const ids: string[] = [];
  for await (const { id, source } of readVersionRows(data, datasetOf(version), "train")) {
    if (!trainedOn(id)) continue;
    rows[source] = (rows[source] ?? 0) + 1;
    ids.push(id);
  }
  const corrections = await correctionsBehind(database.query, workspace, ids);
  return {
    version,
    ancestors: ancestorsOf(version, await registry.list(workspace)),
    manifest,
    rows,
    corrections,
  };
}

/** Says of the rows of the train split whether the model has seen them. */
async function trainedRows(
  data: string,
  openVersion: OpenVersion,
  version: ModelVersion,
): Promise<(id: string) => boolean> {
  if (version.artefact.kind !== "memory") {
    const seen = await rowsSeen(data, version);
    return (id) => seen.has(id);
  }
  try {
    const opened = await openVersion(version);
    const seen = new Set(opened.kind === "memory" ? opened.taught.map(({ id }) => id) : []);
    return (id) => seen.has(id);
  } catch (error) {
    // Without its file, what the dataset says is the best there is.
    if (asApprenticeError(error).code !== "internal") return () => true;
    throw error;
  }
}

function ancestorsOf(
  version: ModelVersion,
  versions: readonly ModelVersion[],
): readonly ModelVersion[] {
  const byId = new Map(versions.map((each) => [each.id, each]));
  const ancestors: ModelVersion[] = [];
  for (let base = byId.get(version.base ?? ""); base; base = byId.get(base.base ?? "")) {
    if (ancestors.includes(base)) break;
    ancestors.push(base);
  }
  return ancestors;
}

/** The id of a dataset row that came from a file. */
const fileRow = /^f_[0-9a-f]{24}$/;

async function exampleLineage(
  parts: LineageParts,
  workspace: string,
  example: string,
): Promise<ExampleLineage> {
  const { database, datasets } = parts;
  const given = example.trim().toLowerCase();
  const missing = () => new ApprenticeError("example-missing", { id: example.slice(0, 60) });
  const exampleId = fileRow.test(given)
    ? given
    : await findExampleId(database.query, workspace, given);
  if (exampleId === undefined) throw missing();
  const places = await datasets.containing(workspace, exampleId);
  const [known] = await examplesById(database.query, [exampleId]);
  const found = known ?? (places[0] && (await datasets.row(places[0], exampleId)));
  if (!found) throw missing();
  const { prompt, answer, label } = found;
  return {
    exampleId,
    prompt,
    answer,
    label,
    status: known?.status ?? null,
    datasets: places,
    models: await modelsAmong(parts, workspace, exampleId, places),
  };
}

const modelsWith = async (
  parts: LineageParts,
  workspace: string,
  rowId: string,
): Promise<readonly Descendant[]> =>
  modelsAmong(parts, workspace, rowId, await parts.datasets.containing(workspace, rowId));

/** The models trained on one of these dataset versions that have seen the row. */
async function modelsAmong(
  { data, database, registry }: LineageParts,
  workspace: string,
  rowId: string,
  places: readonly RowPlace[],
): Promise<readonly Descendant[]> {
  const found: Descendant[] = [];
  for (const version of (await registry.list(workspace)).toReversed()) {
    const { name, version: number } = version.dataset;
    const place = places.find((each) => each.name === name && each.version === number);
    if (place === undefined || place.split === "test") continue;
    const isKnown = version.artefact.kind === "memory" || (await sawRow(data, version, rowId));
    if (!isKnown) continue;
    if (await wasRetracted(database.query, workspace, rowId, version.createdAt)) continue;
    found.push({ version, split: place.split });
  }
  return found;
}

/** Where nobody can tell, it counts as seen: a person must rather hear too much than too little. */
const sawRow = async (data: string, version: ModelVersion, rowId: string): Promise<boolean> =>
  rowsSeen(data, version).then(
    (seen) => seen.has(rowId),
    () => true,
  );
