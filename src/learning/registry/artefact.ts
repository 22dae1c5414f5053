import { readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";
import type { Artefact, ArtefactFile, ModelVersion } from "../../core/model-version.ts";
import { hashFile } from "../../storage/backup-manifest.ts";

/**
 * The files of an artefact that are not what they were when it was made: gone, or with another hash.
 * What a provider keeps cannot be looked at from here, so there it is none.
 */
export async function damagedFiles(
  data: string,
  artefact: Artefact,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const damaged: string[] = [];
  for (const { path, sha256, bytes } of filesOf(artefact)) {
    const found = await hashFile(join(data, folderOf(artefact), path), signal).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT" || error.code === "EISDIR") return undefined;
        throw error;
      },
    );
    if (found?.sha256 !== sha256 || found.size !== bytes) damaged.push(path);
  }
  return damaged;
}

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

function filesOf(artefact: Artefact): readonly ArtefactFile[] {
  switch (artefact.kind) {
    case "memory":
      return [artefact.file];
    case "adapter":
      return artefact.files;
    case "hosted":
      return [];
  }
}

const folderOf = (artefact: Artefact): string =>
  artefact.kind === "hosted" ? "" : artefact.folder;
