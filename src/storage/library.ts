import { constants } from "node:fs";
import type { Dirent } from "node:fs";
import { lstat, mkdir, open, readdir, realpath, rm, unlink } from "node:fs/promises";
import { join, sep } from "node:path";
import { ApprenticeError } from "../core/errors.ts";
import { newId } from "../core/ids.ts";
import { renameWithoutReplacing, writeDurably } from "./atomic-file.ts";
import { createLanes } from "./lanes.ts";
import { librarySegments, shortened } from "./library-path.ts";
import { makeFolder } from "./make-folder.ts";
import { workspaceFolder } from "./workspace-folder.ts";

export type LibraryFile = {
  /** Relative to the workspace's folder, with `/`. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
};

/**
 * The files of each workspace: the only ones that people can name. Paths are checked by
 * `librarySegments`, and no link is followed, wherever it leads.
 */
export type Library = {
  /** The real path of a file. Throws `library-path-refused` or `library-file-missing`. */
  resolve(workspace: string, path: string): Promise<string>;
  /** The bytes of a file. Throws as `resolve` does. */
  read(workspace: string, path: string): Promise<Uint8Array>;
  /**
   * Adds a file, never replacing one: a taken name gets a number. Gives the path it got. Throws
   * `library-path-refused`, `library-quota` or `disk-full`; then nothing was written.
   */
  write(workspace: string, path: string, bytes: Uint8Array): Promise<string>;
  /** All files, by path. */
  list(workspace: string): Promise<readonly LibraryFile[]>;
  /** Throws as `resolve` does. */
  remove(workspace: string, path: string): Promise<void>;
};

const bytesPerMb = 1024 * 1024;
const mostNumbers = 1_000;

export type LibraryOptions = {
  /** The data folder; files lie in `library/<workspace folder>/` of it. */
  readonly folder: string;
  /** Megabytes for each workspace. */
  readonly quotaMb: number;
};

/** The libraries of all workspaces in one data folder. */
export function openLibrary(options: LibraryOptions): Library {
  const inOrder = createLanes();
  const rootOf = (workspace: string) => join(options.folder, "library", workspaceFolder(workspace));

  const resolveFile = async (workspace: string, path: string): Promise<string> => {
    const segments = librarySegments(path);
    const root = rootOf(workspace);
    // A file put there by hand on macOS may carry its name in NFD.
    for (const form of ["NFC", "NFD"] as const) {
      const found = await plainFile(
        root,
        segments.map((segment) => segment.normalize(form)),
        path,
      );
      if (found !== undefined) return found;
    }
    throw new ApprenticeError("library-file-missing", { path: shortened(path) });
  };

  const list = async (workspace: string): Promise<readonly LibraryFile[]> => {
    const files: LibraryFile[] = [];
    for await (const file of filesBelow(rootOf(workspace), "")) files.push(file);
    return files.toSorted((first, second) => (first.path < second.path ? -1 : 1));
  };

  const refuseOverQuota = async (workspace: string, size: number): Promise<void> => {
    const used = (await list(workspace)).reduce((sum, file) => sum + file.size, 0);
    if (used + size <= options.quotaMb * bytesPerMb) return;
    throw new ApprenticeError("library-quota", {
      used: Math.ceil(used / bytesPerMb),
      limit: options.quotaMb,
    });
  };

  return {
    resolve: resolveFile,
    async read(workspace, path) {
      const real = await resolveFile(workspace, path);
      // The last name cannot have become a link since it was checked, and a pipe cannot block.
      const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
      const file = await open(real, flags).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT" && error.code !== "ELOOP") throw error;
        throw new ApprenticeError("library-file-missing", { path: shortened(path) });
      });
      try {
        const [opened, named] = [await file.stat(), await lstat(real)];
        const same = opened.dev === named.dev && opened.ino === named.ino && opened.isFile();
        if (!same || (await realpath(real)) !== real) throw refusal(path);
        return await file.readFile();
      } finally {
        await file.close();
      }
    },
    write: (workspace, path, bytes) =>
      inOrder(workspace, async () => {
        const segments = librarySegments(path);
        await refuseOverQuota(workspace, bytes.length);
        const root = rootOf(workspace);
        await makeFolder(root);
        const folder = await makeFolders(root, segments.slice(0, -1), path);
        const name = await placeFile(folder, segments.at(-1)!, bytes);
        return [...segments.slice(0, -1), name].join("/");
      }),
    list,
    remove: (workspace, path) =>
      inOrder(workspace, async () => unlink(await resolveFile(workspace, path))),
  };
}

const refusal = (path: string) =>
  new ApprenticeError("library-path-refused", { path: shortened(path) });

/** The real path of a regular file reached through real folders only. */
async function plainFile(
  root: string,
  segments: readonly string[],
  path: string,
): Promise<string | undefined> {
  const realRoot = await realpath(root).catch(() => undefined);
  if (realRoot === undefined) return undefined;
  let current = realRoot;
  for (const [depth, segment] of segments.entries()) {
    current = join(current, segment);
    const facts = await lstat(current).catch(() => undefined);
    if (facts === undefined) return undefined;
    const isLast = depth === segments.length - 1;
    if (facts.isSymbolicLink()) throw refusal(path);
    if (isLast ? !facts.isFile() : !facts.isDirectory()) return undefined;
  }
  const real = await realpath(current);
  if (real !== current || !real.startsWith(realRoot + sep)) throw refusal(path);
  return real;
}

async function makeFolders(
  root: string,
  segments: readonly string[],
  path: string,
): Promise<string> {
  let current = await realpath(root);
  for (const segment of segments) {
    current = join(current, segment);
    await mkdir(current).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    if (!(await lstat(current)).isDirectory()) throw refusal(path);
  }
  if ((await realpath(current)) !== current) throw refusal(path);
  return current;
}

/** Writes under the first free name, whole or not at all, and gives that name. */
async function placeFile(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const temporary = join(folder, `.${newId()}.tmp`);
  try {
    await writeDurably(temporary, bytes);
    for (let number = 1; number <= mostNumbers; number += 1) {
      const candidate = numbered(name, number);
      if (await renameWithoutReplacing(temporary, join(folder, candidate))) return candidate;
    }
    throw refusal(name);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** `plan.md`, `plan (2).md`, `plan (3).md`, ... */
function numbered(name: string, number: number): string {
  if (number === 1) return name;
  const dot = name.lastIndexOf(".");
  const end = dot > 0 ? dot : name.length;
  return `${name.slice(0, end)} (${number})${name.slice(end)}`;
}

async function* filesBelow(root: string, prefix: string): AsyncGenerator<LibraryFile> {
  const entries: Dirent[] = await readdir(join(root, prefix), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    },
  );
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(root, path);
    if (!entry.isFile()) continue;
    const facts = await lstat(join(root, path)).catch(() => undefined);
    if (facts?.isFile()) yield { path, size: facts.size, modifiedAt: facts.mtimeMs };
  }
}
