import { createHash } from "node:crypto";
import { access, readdir, readFile, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";
import { workspaceFolder } from "../../storage/workspace-folder.ts";
import type { DatasetPlace, DatasetRow, Manifest, Split } from "./dataset.ts";
import { datasetName } from "./dataset-name.ts";
import { linesOf } from "./lines.ts";

export const rowsFile = "rows.jsonl";
export const manifestFile = "manifest.json";
export const clustersFile = "clusters.jsonl";
export const reportFile = "report.json";

/** Where the datasets of a workspace lie in the data folder. */
const datasetsFolder = (data: string, workspace: string): string =>
  join(data, "datasets", workspaceFolder(workspace));

/** Throws `dataset-name-invalid`, so that no name leads out of the folder. */
const datasetFolder = (data: string, workspace: string, name: string): string =>
  join(datasetsFolder(data, workspace), datasetName(name));

export const versionFolder = (data: string, { workspace, name, version }: DatasetPlace): string =>
  join(datasetFolder(data, workspace, name), String(version));

/** The names of a workspace's datasets. */
export async function listDatasets(data: string, workspace: string): Promise<readonly string[]> {
  const entries = await readdir(datasetsFolder(data, workspace), { withFileTypes: true }).catch(
    none,
  );
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map((entry) => entry.name.normalize("NFC"))
    .toSorted();
}

/** The numbers of a dataset's versions, oldest first; empty when there is no such dataset. */
export async function listVersions(
  data: string,
  workspace: string,
  name: string,
): Promise<readonly number[]> {
  const entries = await readdir(datasetFolder(data, workspace, name), {
    withFileTypes: true,
  }).catch(none);
  return entries
    .filter((entry) => entry.isDirectory() && /^[1-9]\d*$/.test(entry.name))
    .map((entry) => Number(entry.name))
    .toSorted((first, second) => first - second);
}

/** Whether this data folder holds a version. */
export const hasVersion = (
  data: string,
  workspace: string,
  { name, version }: Pick<DatasetPlace, "name" | "version">,
): Promise<boolean> =>
  access(join(versionFolder(data, { workspace, name, version }), manifestFile)).then(
    () => true,
    () => false,
  );

/** Removes a version when it is the latest, and with the only one its dataset. */
export async function removeLatest(data: string, place: DatasetPlace): Promise<void> {
  const { workspace, name, version } = place;
  const versions = await listVersions(data, workspace, name);
  if (versions.at(-1) !== version) return;
  const folder = versionFolder(data, place);
  const leaving = join(dirname(folder), `.${version}-withdrawn`);
  // Gone at once, even when the process ends before the files are.
  await rename(folder, leaving);
  await rm(leaving, { recursive: true, force: true });
  if (versions.length === 1) await rmdir(dirname(folder)).catch(() => {});
}

/** Throws `dataset-version-missing`. */
export async function readManifest(data: string, place: DatasetPlace): Promise<Manifest> {
  const text = await readFile(join(versionFolder(data, place), manifestFile), "utf8").catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      const { name, version } = place;
      throw new ApprenticeError("dataset-version-missing", { name, version });
    },
  );
  return JSON.parse(text) as Manifest;
}

/**
 * The rows of a version as they were when it was made, in the order of their ids; of one split, if
 * given. What was retracted since is still in them. Throws `dataset-version-missing`, and at the end
 * `dataset-damaged` when the file is not the one that the manifest describes.
 */
export async function* readVersionRows(
  data: string,
  place: DatasetPlace,
  split?: Split,
): AsyncGenerator<DatasetRow> {
  const manifest = await readManifest(data, place);
  const hash = createHash("sha256");
  const damaged = (cause?: unknown) =>
    new ApprenticeError("dataset-damaged", { name: place.name, version: place.version }, { cause });
  try {
    for await (const line of linesOf(join(versionFolder(data, place), rowsFile), hash)) {
      const row = JSON.parse(line) as DatasetRow;
      if (split === undefined || row.split === split) yield row;
    }
  } catch (error) {
    throw error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT"
      ? damaged(error)
      : error;
  }
  if (hash.digest("hex") !== manifest.files[rowsFile]?.sha256) throw damaged();
}

const none = (error: NodeJS.ErrnoException) => {
  if (error.code === "ENOENT") return [];
  throw error;
};
