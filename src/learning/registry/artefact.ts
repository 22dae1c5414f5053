import { readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";
import type { ModelVersion } from "../../core/model-version.ts";

/** The bytes of a memory artefact, as they were made. Throws `model-artefact-damaged`. */
export async function readMemoryFile(
  data: string,
  version: ModelVersion,
): Promise<Uint8Array<ArrayBuffer>> {
  const { artefact } = version;
  const damaged = (cause?: unknown) =>
    new ApprenticeError("model-artefact-damaged", { version: `v${version.number}` }, { cause });
  if (artefact.kind !== "memory") throw damaged();
  const { path, sha256 } = artefact.file;
  const bytes = await readFile(join(data, artefact.folder, path)).catch((error: unknown) => {
    throw damaged(error);
  });
  if (createHash("sha256").update(bytes).digest("hex") !== sha256) throw damaged();
  return bytes;
}
