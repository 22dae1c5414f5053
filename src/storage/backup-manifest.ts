import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { ApprenticeError } from "../core/errors.ts";
import { databaseFile } from "./database-file.ts";
import { librarySegments } from "./library-path.ts";

/** One file of a backup, as its manifest promises it. */
export type BackupFile = {
  /** `apprentice.db`, or `<one of backupFolders>/<workspace folder>/<path>`. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
};

/**
 * What a backup holds beside the database. Of `models` only what trainings left: instant memories are
 * built again from the ledger.
 */
export const backupFolders = ["library", "datasets", "archives", "models"] as const;

export const manifestFile = "manifest.json";
const format = "apprentice-backup-1";
const workspaceFolderPattern = /^[a-z]+_[a-z0-9._-]+$/u;

export const asManifest = (madeAt: string, files: readonly BackupFile[]): string =>
  JSON.stringify({ format, madeAt, files }, undefined, 1);

/** Whether a backup may hold a file with this path: nothing else is packed or unpacked. */
export function isBackupPath(path: string): boolean {
  if (path === databaseFile) return true;
  const [folder, workspace, ...rest] = path.split("/");
  if (!backupFolders.some((ours) => ours === folder)) return false;
  if (!workspaceFolderPattern.test(workspace ?? "")) return false;
  // Directly in a workspace's models lies its instant memory; each training has a folder.
  const least = folder === "models" ? 2 : 1;
  try {
    return librarySegments(rest.join("/")).length >= least;
  } catch {
    return false;
  }
}

/** The files a manifest promises, by path. Throws `backup-invalid`. */
export function parseManifest(text: string, archive: string): ReadonlyMap<string, BackupFile> {
  const invalid = (reason: string) =>
    new ApprenticeError("backup-invalid", { path: archive, reason });
  let manifest: { readonly format?: unknown; readonly files?: unknown };
  try {
    manifest = JSON.parse(text) as typeof manifest;
  } catch {
    throw invalid("its manifest is not JSON");
  }
  if (manifest?.format !== format || !Array.isArray(manifest.files)) {
    throw invalid("its manifest is of another kind");
  }
  const files = new Map<string, BackupFile>();
  for (const file of manifest.files as readonly unknown[]) {
    if (!isBackupFile(file) || files.has(file.path))
      throw invalid("its manifest names a wrong file");
    files.set(file.path, file);
  }
  if (!files.has(databaseFile)) throw invalid("the database is missing");
  return files;
}

function isBackupFile(value: unknown): value is BackupFile {
  const { path, size, sha256 } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return (
    typeof path === "string" &&
    isBackupPath(path) &&
    Number.isSafeInteger(size) &&
    (size as number) >= 0 &&
    typeof sha256 === "string" &&
    /^[0-9a-f]{64}$/u.test(sha256)
  );
}

/** The SHA-256 of a file as hexadecimal, and its size in bytes. */
export async function hashFile(
  path: string,
  signal: AbortSignal | undefined,
): Promise<Pick<BackupFile, "size" | "sha256">> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of createReadStream(path, signal && { signal }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest("hex") };
}
