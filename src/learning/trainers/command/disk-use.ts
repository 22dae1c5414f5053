import { readdir, stat, statfs } from "node:fs/promises";
import { join } from "node:path";

/** What a folder holds, and what is left on its disk, in bytes. */
export async function diskUse(folder: string): Promise<{ written: number; free: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  let written = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    // A program that trains also removes its files.
    const found = await stat(join(entry.parentPath, entry.name)).catch(() => undefined);
    written += found?.size ?? 0;
  }
  return { written, free: await freeSpace(folder) };
}

export async function freeSpace(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
