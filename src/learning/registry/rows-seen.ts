import { existsSync } from "node:fs";
import { join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";
import type { ModelVersion } from "../../core/model-version.ts";
import { workspaceFolder } from "../../storage/workspace-folder.ts";
import { linesOf } from "../datasets/lines.ts";
import { rowsFolder } from "../trainers/training-data.ts";
import { holdsCanary } from "../datasets/canary.ts";

/** Where the lines are that a language model was trained and tuned with. */
const exportOf = (data: string, { workspace, jobId }: ModelVersion): string =>
  join(data, "models", workspaceFolder(workspace), jobId, rowsFolder);

/**
 * The rows behind the lines that a language model was trained and tuned with, as the export beside its
 * job says. Throws `training-rows-unknown` when that is gone.
 */
export async function rowsSeen(data: string, version: ModelVersion): Promise<ReadonlySet<string>> {
  const { number } = version;
  const folder = exportOf(data, version);
  const seen = new Set<string>();
  try {
    for await (const line of linesOf(join(folder, "map.jsonl"))) {
      const { rows } = JSON.parse(line) as { rows: readonly string[] };
      for (const id of rows) seen.add(id);
    }
  } catch (cause) {
    throw new ApprenticeError("training-rows-unknown", { version: `v${number}` }, { cause });
  }
  return seen;
}

/** The lines among them that hold the mark of a test part, as `train.jsonl:7`. */
export async function markedLines(data: string, version: ModelVersion): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of ["train.jsonl", "validation.jsonl"]) {
    const path = join(exportOf(data, version), name);
    // A backup keeps the map alone.
    if (!existsSync(path)) continue;
    let number = 0;
    for await (const line of linesOf(path)) {
      number += 1;
      if (holdsCanary(line)) found.push(`${name}:${number}`);
    }
  }
  return found;
}
