import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetPlace, DatasetRow, Split } from "./dataset.ts";
import { listDatasets, listVersions, rowsFile, versionFolder } from "./versions.ts";

/** Bytes read at once; a row starts with its id, so this much always holds a whole id. */
const windowSize = 4_096;

/** A version that holds a row, and the part of it that the row is in. */
export type RowPlace = DatasetPlace & { readonly split: Split };

/** The versions of a workspace's datasets that hold a row, by name and number. */
export async function versionsWithRow(
  data: string,
  workspace: string,
  id: string,
): Promise<readonly RowPlace[]> {
  const found: RowPlace[] = [];
  for (const name of await listDatasets(data, workspace)) {
    for (const version of await listVersions(data, workspace, name)) {
      const place = { workspace, name, version };
      const row = await findRow(data, place, id);
      if (row) found.push({ ...place, split: row.split });
    }
  }
  return found;
}

/**
 * The row of a version with this id, also when it was retracted since. Looks it up in lines sorted by
 * id, by halving: a few reads in a file of any size.
 */
export async function findRow(
  data: string,
  place: DatasetPlace,
  id: string,
): Promise<DatasetRow | undefined> {
  const path = join(versionFolder(data, place), rowsFile);
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  });
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    let [low, high] = [0, size];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const start = await lineStart(file, middle, low);
      const found = await idAt(file, start);
      if (found === id) {
        const line = await read(file, start, (await nextLine(file, start, size)) - start);
        return JSON.parse(line.toString("utf8")) as DatasetRow;
      }
      if (found < id) low = await nextLine(file, middle, high);
      else high = start;
    }
    return undefined;
  } finally {
    await file.close();
  }
}

/** Where the line around an offset starts; `least` is the start of some line before it. */
async function lineStart(file: FileHandle, offset: number, least: number): Promise<number> {
  for (let end = offset; end > least; end -= windowSize) {
    const start = Math.max(least, end - windowSize);
    const at = (await read(file, start, end - start)).lastIndexOf(0x0a);
    if (at >= 0) return start + at + 1;
  }
  return least;
}

/** Where the line after an offset starts. */
async function nextLine(file: FileHandle, offset: number, size: number): Promise<number> {
  for (let start = offset; start < size; start += windowSize) {
    const at = (await read(file, start, windowSize)).indexOf(0x0a);
    if (at >= 0) return start + at + 1;
  }
  return size;
}

async function idAt(file: FileHandle, start: number): Promise<string> {
  const text = (await read(file, start, windowSize)).toString("latin1");
  return /^\{"id":"([^"]*)"/.exec(text)?.[1] ?? "";
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
