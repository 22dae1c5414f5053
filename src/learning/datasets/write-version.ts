import { createHash } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { newId } from "../../core/ids.ts";
import { syncFolder } from "../../storage/atomic-file.ts";
import { makeFolder } from "../../storage/make-folder.ts";

/** Text in pieces, and what was written of it. */
type Pieces = Iterable<string> | AsyncIterable<string>;
export type WrittenFiles = Readonly<
  Record<string, { readonly sha256: string; readonly bytes: number }>
>;

/** Bytes gathered before they are written. */
const blockSize = 256 * 1024;

/**
 * Makes a folder with these text files, whole or not at all: written beside its place, brought to
 * disk, and renamed. `last` makes one more file out of what was written, e.g. a manifest with hashes.
 * Throws when the folder exists with something in it.
 */
export async function writeFolder(
  folder: string,
  files: Readonly<Record<string, Pieces>>,
  last: { readonly name: string; readonly content: (written: WrittenFiles) => string },
): Promise<WrittenFiles> {
  await makeFolder(dirname(folder));
  const building = join(dirname(folder), `.${newId()}.building`);
  try {
    await mkdir(building);
    const written: Record<string, { sha256: string; bytes: number }> = {};
    for (const [name, pieces] of Object.entries(files)) {
      written[name] = await writeFile(join(building, name), pieces);
    }
    await writeFile(join(building, last.name), [last.content(written)]);
    await syncFolder(building);
    await rename(building, folder);
    await syncFolder(dirname(folder));
    return written;
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

async function writeFile(path: string, pieces: Pieces): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  let block = "";
  const file = await open(path, "wx", 0o600);
  const flush = async () => {
    const buffer = Buffer.from(block);
    block = "";
    hash.update(buffer);
    bytes += buffer.length;
    await file.writeFile(buffer);
  };
  try {
    for await (const piece of pieces) {
      block += piece;
      if (block.length >= blockSize) await flush();
    }
    await flush();
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest("hex"), bytes };
}
