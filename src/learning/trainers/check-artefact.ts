import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";
import type { Artefact, ArtefactFile } from "../../core/model-version.ts";

/**
 * Whether what a trainer says it left is there, byte for byte. Throws `training-artefact-missing` and
 * `training-artefact-damaged`. What a provider keeps is out of reach.
 */
export async function checkArtefact(
  data: string,
  artefact: Artefact,
  source: string,
): Promise<void> {
  if (artefact.kind === "hosted") return;
  const files = artefact.kind === "memory" ? [artefact.file] : artefact.files;
  if (files.length === 0) {
    throw new ApprenticeError("training-artefact-missing", { source, missing: artefact.folder });
  }
  for (const file of files) await checkFile(join(data, artefact.folder), file, source);
}

async function checkFile(folder: string, file: ArtefactFile, source: string): Promise<void> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(join(folder, file.path))) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    const options = { cause };
    throw new ApprenticeError("training-artefact-missing", { source, missing: file.path }, options);
  }
  if (bytes === file.bytes && hash.digest("hex") === file.sha256) return;
  const reason = bytes === file.bytes ? "SHA-256" : `${bytes} ≠ ${file.bytes}`;
  throw new ApprenticeError("training-artefact-damaged", { file: file.path, reason });
}
