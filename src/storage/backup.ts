import { createWriteStream } from "node:fs";
import { copyFile, link, lstat, mkdir, open, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { backup as copySqlite, DatabaseSync } from "node:sqlite";
import { pipeline } from "node:stream/promises";
import { create } from "tar";
import { isoTime, now } from "../core/clock.ts";
import { ApprenticeError } from "../core/errors.ts";
import { newId } from "../core/ids.ts";
import { silentLog } from "../core/log.ts";
import { renameWithoutReplacing } from "./atomic-file.ts";
import {
  backupFolders,
  asManifest,
  hashFile,
  isBackupPath,
  manifestFile,
} from "./backup-manifest.ts";
import type { BackupFile } from "./backup-manifest.ts";
import { breathe } from "./breathe.ts";
import { copyTables } from "./copy-tables.ts";
import { openDatabase } from "./database.ts";
import { checkIntegrity } from "./integrity.ts";
import { databaseFile } from "./database-file.ts";
import type { Database } from "./database.ts";
import { makeFolder } from "./make-folder.ts";
import { modelFiles } from "./model-versions.ts";

export type BackupOptions = {
  /** The data folder. */
  readonly folder: string;
  readonly database: Database;
  /** The archive to make, e.g. `apprentice-2026-11-21.tar.zst`. */
  readonly target: string;
  readonly signal?: AbortSignal;
  /** Bytes packed so far, and of how many. */
  readonly progress?: (done: number, total: number) => void;
};

export type BackupSummary = {
  readonly files: number;
  readonly bytes: number;
  /** Library files that were left out because no command could name them. */
  readonly skipped: number;
};

/** Every page in one step: a backup in several steps starts over whenever something is written. */
const allPages = 2 ** 31 - 1;
const stagingPrefix = ".backup-";

/**
 * Packs the database, as it is at one moment, library, datasets, archives and trained models into one
 * archive, while everything keeps running. A Postgres database is packed as an embedded one, so that a backup can be restored
 * into either. What is damaged is not packed. Throws `backup-target-exists`, `database-damaged`,
 * `cancelled` or `disk-full`; then nothing is left.
 */
export async function backup(options: BackupOptions): Promise<BackupSummary> {
  const target = resolve(options.target);
  const exists = () => new ApprenticeError("backup-target-exists", { path: options.target });
  if (await lstat(target).catch(() => undefined)) throw exists();
  await makeFolder(dirname(target));
  const staging = join(options.folder, `${stagingPrefix}${newId()}`);
  const partial = `${target}.${newId()}.partial`;
  try {
    await makeFolder(staging);
    await stageDatabase(options, staging);
    const { paths, skipped } = await stageFiles(options, staging);
    const files = await describeFiles(staging, [databaseFile, ...paths], options.signal);
    await writeFile(join(staging, manifestFile), asManifest(isoTime(now()), files));
    await pack(staging, files, partial, options);
    if (!(await renameWithoutReplacing(partial, target))) throw exists();
    return { files: files.length, bytes: totalOf(files), skipped };
  } finally {
    await rm(staging, { recursive: true, force: true });
    await rm(partial, { force: true });
  }
}

const totalOf = (files: readonly BackupFile[]): number =>
  files.reduce((sum, file) => sum + file.size, 0);

async function stageDatabase(options: BackupOptions, staging: string): Promise<void> {
  await breathe(options.signal);
  if (options.database.engine === "postgres") {
    const copy = await openDatabase({ folder: staging, log: silentLog });
    try {
      await copyTables(options.database, copy, {
        target: staging,
        ...(options.signal && { signal: options.signal }),
      });
    } finally {
      await copy.close();
    }
    return;
  }
  const path = join(options.folder, databaseFile);
  await checkIntegrity(options.folder, options.signal);
  const source = new DatabaseSync(path, { readOnly: true });
  try {
    await copySqlite(source, join(staging, databaseFile), { rate: allPages });
  } finally {
    source.close();
  }
  await checkIntegrity(staging, options.signal);
}

/** Puts the files of all workspaces next to the database copy, as links where the file system has them. */
async function stageFiles(
  { folder, database, signal }: BackupOptions,
  staging: string,
): Promise<{ paths: readonly string[]; skipped: number }> {
  const paths: string[] = [];
  let skipped = 0;
  for await (const path of allFiles(folder, await modelFiles(database.query))) {
    await breathe(signal);
    if (!isBackupPath(path)) {
      skipped += 1;
      continue;
    }
    const copy = join(staging, path);
    await mkdir(dirname(copy), { recursive: true });
    const staged = await link(join(folder, path), copy)
      .catch(() => copyFile(join(folder, path), copy))
      .then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          // Removed in the meantime.
          if (error.code === "ENOENT") return false;
          throw error;
        },
      );
    if (staged) paths.push(path);
  }
  return { paths: paths.toSorted(), skipped };
}

/** Of the models only what is finished: a training that goes on still writes into its folder. */
async function* allFiles(root: string, models: readonly string[]): AsyncGenerator<string> {
  for (const folder of backupFolders) if (folder !== "models") yield* plainFiles(root, folder);
  yield* models;
}

async function* plainFiles(root: string, path: string): AsyncGenerator<string> {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const below = `${path}/${entry.name}`;
    if (entry.isDirectory()) yield* plainFiles(root, below);
    if (entry.isFile()) yield below;
  }
}

async function describeFiles(
  staging: string,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly BackupFile[]> {
  const files: BackupFile[] = [];
  for (const path of paths) files.push({ path, ...(await hashFile(join(staging, path), signal)) });
  return files;
}

async function pack(
  staging: string,
  files: readonly BackupFile[],
  partial: string,
  { signal, progress }: BackupOptions,
): Promise<void> {
  const total = totalOf(files);
  let done = 0;
  const archive = create(
    {
      cwd: staging,
      portable: true,
      zstd: true,
      strict: true,
      onWriteEntry: (entry) => {
        done += entry.stat?.size ?? 0;
        progress?.(Math.min(done, total), total);
      },
    },
    [manifestFile, ...files.map((file) => file.path)],
  );
  await pipeline(
    archive as unknown as AsyncIterable<Buffer>,
    createWriteStream(partial, { flags: "wx", mode: 0o600 }),
    signal ? { signal } : {},
  );
  const written = await open(partial, "r");
  await written.sync().finally(() => written.close());
}
