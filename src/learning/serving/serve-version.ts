import { join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";
import type { ModelVersion, ServedModel } from "../../core/model-version.ts";
import { checkArtefact } from "../trainers/check-artefact.ts";
import { keyOf } from "../trainers/job-key.ts";
import type { Serving } from "./serving.ts";

/**
 * Makes a version's adapter answer, also after the server has forgotten it. Throws
 * `training-artefact-missing`, `training-artefact-damaged`, `serving-failed`, and `model-not-served` for
 * a version that has no adapter.
 */
export async function serveVersion(
  { serving, data }: { readonly serving: Serving; readonly data: string },
  { artefact, jobId, number, trainer }: ModelVersion,
): Promise<ServedModel> {
  if (artefact.kind !== "adapter") {
    throw new ApprenticeError("model-not-served", { version: `v${number}` });
  }
  await checkArtefact(data, artefact, trainer);
  const adapter = { folder: join(data, artefact.folder), files: artefact.files };
  return serving.serve(adapter, keyOf(jobId));
}
