import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ApprenticeError } from "../core/errors.ts";
import { unusableFolder } from "./unusable-folder.ts";
import type { Json } from "../core/reply.ts";
import { makeFolder } from "./make-folder.ts";
import { replaceFile } from "./atomic-file.ts";

/** The right of this process to use a data folder. */
export type Lock = {
  /** Leaves a note for other processes, such as the address of the console. */
  note(value: Json): Promise<void>;
  release(): Promise<void>;
};

/** What the process that holds a folder says about itself. */
export type LockNote = { readonly process: number; readonly note: Json };

const lockFile = "apprentice.lock";
const noteFile = "apprentice.lock.json";
/** SQLITE_BUSY: https://www.sqlite.org/rescode.html */
const sqliteBusy = 5;
/** A connection that nobody refers to is closed by the garbage collector, which would free the lock. */
const heldConnections = new Set<DatabaseSync>();

/** Outlasts the glance of a process that only looks whether the folder is held. */
const patienceMilliseconds = 150;

/**
 * Takes a data folder for this process. It is held by an exclusive transaction on an own database
 * file, so the operating system frees it when the process dies in whatever way. Throws
 * `data-folder-in-use` or `data-folder-unusable`. Needs a file system with working locks.
 */
export async function lockFolder(folder: string): Promise<Lock> {
  const connection = await openLockFile(folder);
  try {
    connection.exec("begin exclusive");
  } catch (error) {
    connection.close();
    if (!isBusy(error)) throw unusableFolder(folder, error);
    const holder = await readNote(folder);
    throw new ApprenticeError(
      "data-folder-in-use",
      { folder, process: String(holder?.process ?? "?") },
      { cause: error },
    );
  }
  const note = (value: Json) =>
    replaceFile(
      join(folder, noteFile),
      Buffer.from(JSON.stringify({ process: process.pid, note: value } satisfies LockNote)),
    );
  try {
    await note(null);
  } catch (error) {
    connection.close();
    throw unusableFolder(folder, error);
  }
  heldConnections.add(connection);
  return {
    note,
    async release() {
      if (!heldConnections.delete(connection)) return;
      await rm(join(folder, noteFile), { force: true });
      connection.close();
    },
  };
}

/** What the process that holds the folder says about itself; `undefined` when nobody holds it. */
export async function readLockNote(folder: string): Promise<LockNote | undefined> {
  const note = await readNote(folder);
  return note !== undefined && isHeld(folder) ? note : undefined;
}

async function openLockFile(folder: string): Promise<DatabaseSync> {
  try {
    await makeFolder(folder);
    return new DatabaseSync(join(folder, lockFile), { timeout: patienceMilliseconds });
  } catch (error) {
    throw unusableFolder(folder, error);
  }
}

function isHeld(folder: string): boolean {
  try {
    const connection = new DatabaseSync(join(folder, lockFile), { readOnly: true, timeout: 0 });
    try {
      connection.prepare("select count(*) from sqlite_schema").get();
      return false;
    } finally {
      connection.close();
    }
  } catch (error) {
    return isBusy(error);
  }
}

async function readNote(folder: string): Promise<LockNote | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, noteFile), "utf8")) as LockNote;
  } catch {
    return undefined;
  }
}

const isBusy = (error: unknown): boolean => (error as { errcode?: unknown }).errcode === sqliteBusy;
