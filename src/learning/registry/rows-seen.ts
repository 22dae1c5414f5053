import { join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";
import type { ModelVersion } from "../../core/model-version.ts";
import { workspaceFolder } from "../../storage/workspace-folder.ts";
import { linesOf } from "../datasets/lines.ts";

/**
 * The rows behind the lines that a language model was trained and tuned with, as the export beside its
 * job says. Throws `training-rows-unknown` when that is gone.
 */
export async function rowsSeen(data: string, version: ModelVersion): Promise<ReadonlySet<string>> {
  const { workspace, jobId, number } = version;
  const folder = join(data, "models", workspaceFolder(workspace), jobId, "data");
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
