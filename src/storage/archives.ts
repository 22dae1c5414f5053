import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isoDate, isoTime, now } from "../core/clock.ts";
import { ApprenticeError } from "../core/errors.ts";
import { newId } from "../core/ids.ts";
import { unpackArchive, verifyArchive, writeArchive, type ArchiveFormat } from "./archive.ts";
import type { ArchiveContent, ArchiveManifest } from "./archive-manifest.ts";
import { renameWithoutReplacing } from "./atomic-file.ts";
import { makeFolder } from "./make-folder.ts";
import { librarySegments, shortened } from "./library-path.ts";
import { workspaceFolder } from "./workspace-folder.ts";

export type Archive = {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
};

export type PackedArchive = Archive & { readonly manifest: ArchiveManifest };

/** The archives of each workspace; none is ever overwritten. */
export type Archives = {
  /** By name. */
  list(workspace: string): Promise<readonly Archive[]>;
  /** Packs files below `root`. The name is made of `base`, the date, and a number where needed. */
  pack(
    workspace: string,
    what: {
      readonly base: string;
      readonly format: ArchiveFormat;
      readonly content: ArchiveContent;
      readonly root: string;
      readonly paths: readonly string[];
      readonly read?: (bytes: number) => void;
    },
    signal?: AbortSignal,
  ): Promise<PackedArchive>;
  /** Its bytes, whole. Throws `archive-missing`, and `file-too-large` for one that memory should not hold. */
  read(workspace: string, name: string): Promise<Uint8Array>;
  /** Throws `archive-missing` and as `verifyArchive` does. */
  verify(workspace: string, name: string, signal?: AbortSignal): Promise<ArchiveManifest>;
  /** Throws `archive-missing` and as `unpackArchive` does. */
  unpack(
    workspace: string,
    name: string,
    folder: string,
    signal?: AbortSignal,
  ): Promise<ArchiveManifest>;
};

/** What an archive of ours may hold when it is opened again. */
const limits = { bytes: 16 * 1024 ** 3, files: 200_000 } as const;
const mostNumbers = 10_000;
/** An archive of so many bytes is still sent; a larger one is fetched from the data folder. */
const mostSent = 256 * 1024 ** 2;

/** The archives in `archives/<workspace folder>/` of the data folder. */
export function createArchives(data: string): Archives {
  const folderOf = (workspace: string) => join(data, "archives", workspaceFolder(workspace));
  const packing = new Set<string>();
  /** Halves of archives that a killed process left. */
  const removeLeft = async (folder: string): Promise<void> => {
    for (const name of await readdir(folder)) {
      if (!name.endsWith(".packing") || packing.has(join(folder, name))) continue;
      await rm(join(folder, name), { force: true });
    }
  };
  const reading = async (workspace: string, name: string, signal: AbortSignal | undefined) => {
    const missing = () => new ApprenticeError("archive-missing", { name: shortened(name) });
    const segments = librarySegments(name);
    const path = join(folderOf(workspace), segments[0]!);
    const facts = segments.length === 1 ? await stat(path).catch(() => undefined) : undefined;
    if (!facts?.isFile()) throw missing();
    return { name, path, limits, ...(signal && { signal }) };
  };
  return {
    async list(workspace) {
      const folder = folderOf(workspace);
      const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        throw error;
      });
      const archives: Archive[] = [];
      for (const name of names.filter((each) => !each.startsWith(".")).toSorted()) {
        const facts = await stat(join(folder, name));
        if (facts.isFile()) archives.push({ name, size: facts.size, madeAt: facts.mtimeMs });
      }
      return archives;
    },

    async pack(workspace, { base, format, ...what }, signal) {
      const folder = folderOf(workspace);
      await makeFolder(folder);
      await removeLeft(folder);
      const target = join(folder, `.${newId()}.packing`);
      packing.add(target);
      const madeAt = now();
      try {
        const manifest = await writeArchive({
          ...what,
          format,
          target,
          madeAt: isoTime(madeAt),
          ...(signal && { signal }),
        });
        const { size } = await stat(target);
        for (let number = 1; number <= mostNumbers; number += 1) {
          const ending = number === 1 ? "" : `-${number}`;
          const name = `${base}-${isoDate(madeAt)}${ending}.${format}`;
          if (await renameWithoutReplacing(target, join(folder, name))) {
            return { name, size, madeAt, manifest };
          }
        }
        throw new ApprenticeError("archive-target-exists", { path: base });
      } finally {
        await rm(target, { force: true });
        packing.delete(target);
      }
    },

    async read(workspace, name) {
      const { path } = await reading(workspace, name, undefined);
      const { size } = await stat(path);
      if (size <= mostSent) return readFile(path);
      throw new ApprenticeError("file-too-large", {
        name: shortened(name),
        size: Math.ceil(size / 1024 ** 2),
        limit: mostSent / 1024 ** 2,
        path,
      });
    },
    verify: async (workspace, name, signal) =>
      verifyArchive(await reading(workspace, name, signal)),
    unpack: async (workspace, name, folder, signal) =>
      unpackArchive(await reading(workspace, name, signal), folder),
  };
}
