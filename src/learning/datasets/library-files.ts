import { trimEnd } from "../../core/trim-end.ts";
import { ApprenticeError } from "../../core/errors.ts";
import { readMembers } from "../../storage/archive-members.ts";
import type { Library, LibraryFile } from "../../storage/library.ts";
import { isImportable } from "../importers/importable.ts";
import { importLimits } from "../importers/read.ts";
import type { SourceFile } from "./candidates.ts";
import { withJoinedExports } from "./joined-exports.ts";

/** Whether a file is an archive, by its name. */
export const isZip = (name: string): boolean => /\.zip$/i.test(name);

/** How many archives may lie inside each other. */
const deepestZip = 2;

/** What an archive of files to learn from may hold. */
const zipLimits = { bytes: 4 * importLimits.bytes, files: 5_000 } as const;

/** The files at a path of the library: itself, or everything below it when it is a folder. */
export async function filesAt(
  library: Library,
  workspace: string,
  path: string,
): Promise<readonly LibraryFile[]> {
  const plain = trimEnd(path.normalize("NFC"), "/").replace(/^(?:\.\/)+/, "");
  const all = await library.list(workspace);
  return all.filter((file) => {
    const name = file.path.normalize("NFC");
    return name === plain || name.startsWith(`${plain}/`);
  });
}

/**
 * The files at a path of the library that can be learned from, archives unpacked. Throws
 * `library-path-refused`, `library-file-missing`, `attachment-too-large` and as `readMembers` does.
 */
export async function importableFiles(
  library: Library,
  workspace: string,
  path: string,
): Promise<readonly SourceFile[]> {
  const found = (await filesAt(library, workspace, path)).filter((file) => isImportable(file.path));
  // Says why: the path is not plain, or nothing is there.
  if (found.length === 0) await library.resolve(workspace, path);
  if (found.length === 0) throw new ApprenticeError("dataset-empty", { name: path.slice(0, 80) });
  const files: SourceFile[] = [];
  for (const file of found) {
    refuseTooLarge(file.path, file.size);
    files.push({ name: file.path, bytes: await library.read(workspace, file.path) });
  }
  return unpacked(files);
}

/**
 * Files as they came, with zip archives replaced by what is in them, and exports of several files as one.
 * Throws as `readMembers` does.
 */
export const unpacked = async (files: readonly SourceFile[]): Promise<readonly SourceFile[]> =>
  withJoinedExports(await unpackedAt(files, 0));

async function unpackedAt(
  files: readonly SourceFile[],
  depth: number,
): Promise<readonly SourceFile[]> {
  const plain: SourceFile[] = [];
  for (const file of files) {
    if (!isZip(file.name)) {
      plain.push(file);
      continue;
    }
    if (depth > deepestZip) throw tooLargeArchive(file.name);
    const inside: SourceFile[] = [];
    await readMembers(
      {
        name: file.name,
        from: file.bytes,
        limits: zipLimits,
        isForeign: true,
        ignore: isSystemFile,
      },
      async (path, content) => {
        const chunks: Buffer[] = [];
        let size = 0;
        for await (const chunk of content) {
          size += chunk.length;
          refuseTooLarge(path, size);
          chunks.push(chunk);
        }
        if (!isImportable(path)) return;
        inside.push({ name: path, bytes: Buffer.concat(chunks) });
      },
    );
    const isAmongOthers = inside.length > 1;
    for (const member of await unpackedAt(inside, depth + 1))
      plain.push(isAmongOthers ? { ...member, isAmongOthers } : member);
    refuseTooMuch(file.name, plain);
  }
  return plain;
}

/** What systems add to archives beside the files people put there. */
const isSystemFile = (path: string): boolean =>
  /(?:^|\/)(?:__MACOSX\/|\.[^./]|(?:Thumbs\.db|desktop\.ini)$)/i.test(path);

/** Archives in archives count together, so that a small one cannot unfold without end. */
function refuseTooMuch(name: string, files: readonly SourceFile[]): void {
  const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (size > zipLimits.bytes || files.length > zipLimits.files) throw tooLargeArchive(name);
}

const tooLargeArchive = (name: string): ApprenticeError =>
  new ApprenticeError("archive-too-large", {
    archive: name.slice(0, 80),
    limit: zipLimits.bytes / 1024 / 1024,
  });

function refuseTooLarge(name: string, size: number): void {
  if (size <= importLimits.bytes) return;
  const megabytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);
  throw new ApprenticeError("attachment-too-large", {
    name,
    size: megabytes(size),
    limit: megabytes(importLimits.bytes),
  });
}
