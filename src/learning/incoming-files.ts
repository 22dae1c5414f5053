import { trimEnd } from "../core/trim-end.ts";
import { ApprenticeError } from "../core/errors.ts";
import { now } from "../core/clock.ts";
import { newId } from "../core/ids.ts";
import type { Attachment } from "../core/message.ts";
import type { Library } from "../storage/library.ts";
import type { SourceFile } from "./datasets/candidates.ts";
import { filesAt, unpacked } from "./datasets/library-files.ts";
import { importLimits } from "./importers/read.ts";

/** Where files lie in the library until somebody has said what they are for. */
const incoming = "incoming/";
const tests = "tests/";

/** Files nobody decided about are removed after this long, in milliseconds. */
const patience = 7 * 24 * 60 * 60 * 1_000;

/** The library of one workspace. */
export type LibraryOf = { readonly library: Library; readonly workspace: string };

/** A folder of its own for what waits in the library. */
export const incomingFolder = (): string => incoming + newId().slice(-8);

/** Keeps attachments in a folder of the library and gives its path. */
export async function keepForLater(
  files: readonly Attachment[],
  { library, workspace }: LibraryOf,
  signal: AbortSignal,
): Promise<string> {
  for (const { path, modifiedAt } of await library.list(workspace)) {
    if (path.startsWith(incoming) && modifiedAt < now() - patience)
      await library.remove(workspace, path);
  }
  const folder = incomingFolder();
  for (const file of files) {
    const bytes = await file.read(importLimits.bytes, signal);
    await library.write(workspace, `${folder}/${safeName(file.name)}`, bytes);
  }
  return folder;
}

/** Platforms let people name files as they like; the library does not. */
function safeName(name: string): string {
  const plain = trimEnd(
    name
      .normalize("NFC")
      .replaceAll(/[^\p{L}\p{N}._ -]/gu, "_")
      .replace(/^[. ]+/, ""),
    ". ",
  );
  const ending = /\.[a-z0-9]{1,6}$/i.exec(plain)?.[0] ?? "";
  const kept = `${plain.slice(0, Math.min(80, plain.length - ending.length)) || "file"}${ending}`;
  return deviceName.test(kept) ? `file-${kept}` : kept;
}

/** What Windows takes for a device, whatever its ending. */
const deviceName = /^(?:con|prn|aux|nul|conin_|conout_|(?:com|lpt)[0-9¹²³])(?:[ .]|$)/iu;

/** Whether anything lies at a path of this process's library: a file, or a folder with files. */
export async function liesThere(path: string, { library, workspace }: LibraryOf): Promise<boolean> {
  const files = await library.list(workspace);
  return files.some((file) => file.path === path || file.path.startsWith(`${trimEnd(path, "/")}/`));
}

/** The files at a path of the library, archives unpacked. Throws `library-*`, `archive-*`. */
export async function filesToImport(
  path: string,
  { library, workspace }: LibraryOf,
): Promise<readonly SourceFile[]> {
  const found = await filesAt(library, workspace, path);
  // Says why: the path is not plain, or nothing is there.
  if (found.length === 0) await library.resolve(workspace, path);
  const files: SourceFile[] = [];
  for (const file of found)
    files.push({ name: baseName(file.path), bytes: await library.read(workspace, file.path) });
  const inside = await unpacked(files);
  if (inside.length === 0) throw new ApprenticeError("import-empty", { file: path.slice(0, 80) });
  return inside.map((file) => ({ ...file, name: baseName(file.name) }));
}

const baseName = (path: string): string => path.split("/").at(-1)!;

/** Keeps one file as `keepForLater` keeps attachments, and gives its path. */
export const keepOne = (
  { name, bytes }: SourceFile,
  { library, workspace }: LibraryOf,
): Promise<string> => library.write(workspace, `${incomingFolder()}/${safeName(name)}`, bytes);

/**
 * Where files lie that nobody changes or removes while a job waits for its turn: where they wait already,
 * or in copies of them.
 */
export async function keptApart(path: string, parts: LibraryOf): Promise<string> {
  const { library, workspace } = parts;
  if (path.startsWith(incoming)) return path;
  const folder = incomingFolder();
  for (const file of await filesAt(library, workspace, path)) {
    const bytes = await library.read(workspace, file.path);
    await library.write(workspace, `${folder}/${file.path}`, bytes);
  }
  return folder;
}

/** Removes what only waited for a decision; other files of the library stay. */
export async function discard(path: string, { library, workspace }: LibraryOf): Promise<void> {
  for (const file of await filesAt(library, workspace, path)) {
    if (file.path.startsWith(incoming)) await library.remove(workspace, file.path);
  }
}

/** Keeps attachments in a folder of the library for good, and gives their paths; all of them or none. */
export async function keepInFolder(
  files: readonly Attachment[],
  folder: string,
  { library, workspace }: LibraryOf,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const place = folder === "" ? "" : `${trimEnd(folder, "/")}/`;
  const kept: string[] = [];
  try {
    for (const file of files) {
      const bytes = await file.read(importLimits.bytes, signal);
      kept.push(await library.write(workspace, place + safeName(file.name), bytes));
    }
  } catch (error) {
    for (const path of kept) await library.remove(workspace, path);
    throw error;
  }
  return kept;
}

/** Moves waiting files to where they stay, and gives their paths. */
export const moveToLibrary = (path: string, parts: LibraryOf): Promise<readonly string[]> =>
  moveOutOfWaiting(path, "", parts);

/** Moves waiting files to where tests lie, and gives their paths. */
export const keepAsTest = (path: string, parts: LibraryOf): Promise<readonly string[]> =>
  moveOutOfWaiting(path, tests, parts);

async function moveOutOfWaiting(
  path: string,
  place: string,
  parts: LibraryOf,
): Promise<readonly string[]> {
  const { library, workspace } = parts;
  const kept: string[] = [];
  for (const file of await filesAt(library, workspace, path)) {
    if (!file.path.startsWith(incoming)) {
      kept.push(file.path);
      continue;
    }
    const bytes = await library.read(workspace, file.path);
    kept.push(await library.write(workspace, place + baseName(file.path), bytes));
  }
  await discard(path, parts);
  return kept;
}
