import { open } from "node:fs/promises";

/** Lines that were added to a file, and where the next ones begin. */
export type NewLines = { readonly lines: readonly string[]; readonly offset: number };

/** A line of a training program that is longer than this, in bytes, is nothing we can read. */
const mostAtOnce = 1024 * 1024;

/**
 * The whole lines after `offset`, at most a megabyte at a time; `toEnd` counts a last line without its
 * end. `skip`: of more than that only the last part matters. What has no line end in all of a megabyte
 * is passed over. `undefined`: there is no such file.
 */
export async function newLines(
  path: string,
  offset: number,
  how: { readonly toEnd?: boolean; readonly skip?: boolean } = {},
): Promise<NewLines | undefined> {
  let file;
  try {
    file = await open(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const { size } = await file.stat();
    // A file that became shorter was begun anew.
    let from = size < offset ? 0 : offset;
    if (how.skip && size - from > mostAtOnce) from = size - mostAtOnce;
    const length = Math.min(size - from, mostAtOnce);
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await file.read(buffer, 0, length, from);
    const bytes = buffer.subarray(0, bytesRead);
    const end = bytes.lastIndexOf(0x0a) + 1;
    const isLast = how.toEnd === true && from + bytesRead === size;
    if (end === 0 && !isLast && bytesRead < mostAtOnce) return { lines: [], offset: from };
    const used = isLast || end === 0 ? bytesRead : end;
    const text = bytes.subarray(0, end === 0 && !isLast ? 0 : used).toString("utf8");
    return { lines: text.split("\n").filter((line) => line !== ""), offset: from + used };
  } finally {
    await file.close();
  }
}
