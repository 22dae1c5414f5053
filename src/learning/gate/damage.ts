import { asApprenticeError } from "../../core/errors.ts";
import type { ModelVersion } from "../../core/model-version.ts";
import type { DatasetPlace } from "../datasets/dataset.ts";
import { readManifest, readVersionRows, rowsFile } from "../datasets/versions.ts";
import { damagedFiles } from "../registry/artefact.ts";
import { datasetOf } from "../registry/dataset-of.ts";

/**
 * What is not, byte for byte, what was recorded: files of the artefact, the rows of the dataset
 * version. Throws `dataset-version-missing`.
 */
export async function findDamage(
  data: string,
  version: ModelVersion,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const place = datasetOf(version);
  const manifest = await readManifest(data, place);
  const isRecorded = manifest.files[rowsFile]?.sha256 === version.dataset.sha256;
  const isSame = isRecorded && (await isWhole(data, place));
  const damaged = await damagedFiles(data, version.artefact, signal);
  return isSame ? damaged : [...damaged, `${place.name}@${place.version}`];
}

async function isWhole(data: string, place: DatasetPlace): Promise<boolean> {
  try {
    // The hash is checked once the last row was read.
    for await (const _row of readVersionRows(data, place));
    return true;
  } catch (error) {
    if (asApprenticeError(error).code === "dataset-damaged") return false;
    throw error;
  }
}
