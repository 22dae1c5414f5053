import { readFile, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { WholeFile } from "../core/attachment.ts";
import { ApprenticeError } from "../core/errors.ts";
import type { OutgoingFile } from "../core/reply.ts";

/** What programs call standard input where they take a file. */
export const standardInput = "-";

/** What a file is called; standard input has no name of its own. */
export const nameOf = (path: string): string => (path === standardInput ? "stdin" : basename(path));

/** A file of this machine, or standard input. Throws `attachment-too-large`, `attachment-unreadable`. */
export async function readWhole(path: string, limitMb: number): Promise<Uint8Array> {
  const refuse = (size: number) =>
    new ApprenticeError("attachment-too-large", {
      name: nameOf(path),
      size: Math.ceil(size / 1024 / 1024),
      limit: limitMb,
    });
  try {
    if (path === standardInput) {
      const pieces: Buffer[] = [];
      let size = 0;
      for await (const piece of process.stdin as AsyncIterable<Buffer>) {
        size += piece.length;
        if (size > limitMb * 1024 * 1024) throw refuse(size);
        pieces.push(piece);
      }
      return Buffer.concat(pieces);
    }
    const { size } = await stat(path);
    if (size <= limitMb * 1024 * 1024) return await readFile(path);
    throw refuse(size);
  } catch (thrown) {
    if (thrown instanceof ApprenticeError) throw thrown;
    throw unreadable(path, thrown);
  }
}

/** What the file system said about a file that was to be read. */
export const unreadable = (name: string, thrown: unknown): ApprenticeError =>
  new ApprenticeError("attachment-unreadable", { name, reason: codeOf(thrown) }, { cause: thrown });

/** What it said about one that was to be written. */
export const unwritable = (path: string, thrown: unknown): ApprenticeError =>
  codeOf(thrown) === "EEXIST"
    ? new ApprenticeError("backup-target-exists", { path }, { cause: thrown })
    : new ApprenticeError("file-unwritable", { path, reason: codeOf(thrown) }, { cause: thrown });

const codeOf = (thrown: unknown): string =>
  (thrown as NodeJS.ErrnoException).code ?? (thrown as Error).message;

/** Files of this machine as they are sent with a command. Throws as `readWhole` does. */
export const filesToSend = (paths: readonly string[], limitMb: number): Promise<WholeFile[]> =>
  Promise.all(
    paths.map(async (path) => ({
      name: nameOf(path),
      mediaType: "application/octet-stream",
      bytes: await readWhole(path, limitMb),
    })),
  );

/** Whether there is a file with this name here. */
export const isFile = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isFile() ?? false;

/**
 * Writes what a reply brings into a folder. Throws `backup-target-exists` (nothing is overwritten)
 * and `file-unwritable`.
 */
export async function saveFiles(files: readonly OutgoingFile[], folder: string): Promise<void> {
  for (const file of files) await saveFile(file, join(folder, basename(file.name)));
}

/** Writes one file that a reply brings. Throws as `saveFiles` does. */
export async function saveFile({ bytes }: OutgoingFile, path: string): Promise<void> {
  await writeFile(path, bytes, { flag: "wx" }).catch((thrown: unknown) => {
    throw unwritable(path, thrown);
  });
}
