import { link, lstat, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { newId } from "../core/ids.ts";

/** Replaces a file as a whole: a crash at any moment leaves the old file or the new one. */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${newId()}.tmp`);
  try {
    await writeDurably(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Writes a new file and waits until it is on disk. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Gives a file its final name unless that is taken; tells whether it did. */
export async function renameWithoutReplacing(from: string, to: string): Promise<boolean> {
  try {
    // A link, unlike a renaming, never replaces what is there.
    await link(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code === undefined || !withoutLinks.has(code)) throw error;
    if (await lstat(to).catch(() => undefined)) return false;
    await rename(from, to);
  }
  await rm(from, { force: true });
  await syncFolder(dirname(to));
  return true;
}

/** How file systems without hard links answer. */
const withoutLinks = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/** Makes names that were added to or taken from a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; there the file system keeps names in order by itself.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
