import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ReadEntry } from "tar";
import { ApprenticeError, asApprenticeError } from "../core/errors.ts";
import { newId } from "../core/ids.ts";
import { silentLog } from "../core/log.ts";
import type { Log } from "../core/log.ts";
import { syncFolder } from "./atomic-file.ts";
import { backupFolders, manifestFile, parseManifest } from "./backup-manifest.ts";
import type { BackupFile } from "./backup-manifest.ts";
import { copyTables } from "./copy-tables.ts";
import { openDatabase } from "./database.ts";
import { databaseFile } from "./database-file.ts";
import { requireRoom } from "./disk-room.ts";
import { findDamage } from "./find-damage.ts";
import { readTar } from "./read-tar.ts";

export type RestoreOptions = {
  readonly archive: string;
  /** The data folder: empty, or not there yet. */
  readonly folder: string;
  /** An empty Postgres database to restore into instead of an embedded one. */
  readonly url?: string;
  readonly log: Log;
  readonly signal?: AbortSignal;
  /** Bytes unpacked so far, and of how many. */
  readonly progress?: (done: number, total: number) => void;
};

const largestManifest = 64 * 1024 * 1024;
const mostFiles = 200_000;
const mostBytes = 256 * 1024 ** 3;
/** What taking the folder for this process leaves in it. */
const lockFiles = /^apprentice\.lock/u;

/**
 * Unpacks a backup into an empty data folder. Everything is checked against the manifest before
 * anything is put in place. Throws `backup-target-exists`, `backup-invalid`, `database-newer`,
 * `disk-full` or `cancelled`; then the folder is as it was.
 */
export async function restore(options: RestoreOptions): Promise<{ readonly files: number }> {
  const { folder } = options;
  await mkdir(folder, { recursive: true });
  const present = (await readdir(folder)).filter((name) => !lockFiles.test(name));
  if (present.length > 0) throw new ApprenticeError("backup-target-exists", { path: folder });
  const staging = join(folder, `.restore-${newId()}`);
  try {
    for (const name of backupFolders) await mkdir(join(staging, name), { recursive: true });
    const files = await unpack(options, staging);
    checkDatabase(join(staging, databaseFile), options.archive);
    await placeDatabase(options, staging);
    for (const name of backupFolders) await rename(join(staging, name), join(folder, name));
    await syncFolder(folder);
    return { files };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

const invalid = (archive: string, reason: string) =>
  new ApprenticeError("backup-invalid", { path: archive, reason });

/** Unpacks what the manifest promises, in exactly that size and with that hash. */
async function unpack(options: RestoreOptions, staging: string): Promise<number> {
  const { archive, signal, progress } = options;
  let promised: ReadonlyMap<string, BackupFile> | undefined;
  const unpacked = new Set<string>();
  let done = 0;
  let total = 0;

  const take = async (entry: ReadEntry): Promise<void> => {
    if (entry.type !== "File" && entry.type !== "OldFile")
      throw invalid(archive, "it holds a link");
    if (promised === undefined) {
      promised = parseManifest(await readManifest(entry, archive), archive);
      total = await checkSizes(promised, options);
      return;
    }
    const file = promised.get(entry.path);
    if (file === undefined || unpacked.has(file.path) || entry.size !== file.size) {
      throw invalid(archive, "it holds a file that its manifest does not promise");
    }
    await unpackFile(entry, file, staging, archive);
    unpacked.add(file.path);
    done += file.size;
    progress?.(done, total);
  };

  await readTar(bytesOf(archive, signal), take, () =>
    invalid(archive, "it is damaged or not a tar.zst archive"),
  ).catch((error: unknown) => {
    throw asApprenticeError(error);
  });
  if (promised === undefined) throw invalid(archive, "it has no manifest");
  if (unpacked.size !== promised.size) throw invalid(archive, "files are missing");
  return unpacked.size;
}

async function* bytesOf(archive: string, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(archive) as AsyncIterable<Buffer>) {
      if (signal?.aborted) throw new ApprenticeError("cancelled", {}, { cause: signal.reason });
      yield chunk;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isMissing = code === "ENOENT" || code === "EISDIR";
    throw isMissing ? invalid(archive, "there is no such file") : error;
  }
}

async function readManifest(entry: ReadEntry, archive: string): Promise<string> {
  if (entry.path !== manifestFile || entry.size > largestManifest) {
    throw invalid(archive, "it does not begin with a manifest");
  }
  const chunks: Buffer[] = [];
  for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function checkSizes(
  files: ReadonlyMap<string, BackupFile>,
  { archive, folder }: RestoreOptions,
): Promise<number> {
  const total = [...files.values()].reduce((sum, file) => sum + file.size, 0);
  if (files.size > mostFiles || total > mostBytes) throw invalid(archive, "it is too large");
  await requireRoom(folder, total);
  return total;
}

async function unpackFile(
  entry: ReadEntry,
  file: BackupFile,
  staging: string,
  archive: string,
): Promise<void> {
  const path = join(staging, file.path);
  await mkdir(dirname(path), { recursive: true });
  const hash = createHash("sha256");
  const target = await open(path, "wx", 0o600);
  try {
    for await (const chunk of entry as AsyncIterable<Buffer>) {
      hash.update(chunk);
      await target.writeFile(chunk);
    }
    await target.sync();
  } finally {
    await target.close();
  }
  if (hash.digest("hex") !== file.sha256) throw invalid(archive, "a file in it is damaged");
}

function checkDatabase(path: string, archive: string): void {
  if (findDamage(path).length > 0) throw invalid(archive, "its database is damaged");
}

async function placeDatabase(options: RestoreOptions, staging: string): Promise<void> {
  const { folder, url, log, signal } = options;
  // Also brings the schema of an older backup up to date, and refuses a newer one.
  const staged = await openDatabase({ folder: staging, log: silentLog });
  try {
    if (url !== undefined) {
      const target = await openDatabase({ folder, url, log });
      try {
        await copyTables(staged, target, { target: folder, ...(signal && { signal }) });
      } finally {
        await target.close();
      }
    }
  } finally {
    await staged.close();
  }
  if (url === undefined) await rename(join(staging, databaseFile), join(folder, databaseFile));
}
