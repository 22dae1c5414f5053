import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { ApprenticeError, asApprenticeError } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import type { ArchiveFormat } from "../../storage/archive.ts";
import type { ArchiveContent, ArchiveManifest } from "../../storage/archive-manifest.ts";
import type { Archive, Archives, PackedArchive } from "../../storage/archives.ts";
import type { Library } from "../../storage/library.ts";
import { workspaceFolder } from "../../storage/workspace-folder.ts";
import { filesAt } from "./library-files.ts";
import { nameFromPath } from "./dataset-name.ts";
import { versionFolder } from "./versions.ts";

/** Where restored files are: the version that is there again, or the library folder made for them. */
export type Restored = { readonly manifest: ArchiveManifest; readonly place: string };

/** Archives of what a workspace has: files of its library, and dataset versions. */
export type Archiving = {
  list(workspace: string): Promise<readonly Archive[]>;
  /** The bytes of an archive. Throws as `Archives.read` does. */
  read(workspace: string, name: string): Promise<Uint8Array>;
  /** Throws `library-file-missing`, `library-path-refused` and `archive-failed`. */
  pack(workspace: string, content: ArchiveContent, how: Packing): Promise<PackedArchive>;
  /** How much there is to pack. Throws as `pack` does. */
  measure(workspace: string, content: ArchiveContent): Promise<{ bytes: number; files: number }>;
  /** A whole archive of something that is not among those that were there before. */
  findPacked(
    workspace: string,
    content: ArchiveContent,
    before: readonly string[],
    signal?: AbortSignal,
  ): Promise<PackedArchive | undefined>;
  /** Throws `archive-missing`, `archive-damaged` and what else opening an archive throws. */
  verify(workspace: string, name: string, signal?: AbortSignal): Promise<ArchiveManifest>;
  /**
   * Puts a dataset version back in its place, or library files into a new folder of the library.
   * Throws as `verify` does, `archive-target-exists` and `library-quota`; then nothing was restored.
   */
  restore(workspace: string, name: string, signal?: AbortSignal): Promise<Restored>;
};

type Packing = {
  readonly format: ArchiveFormat;
  readonly signal?: AbortSignal;
  /** Told how many more bytes were read. */
  readonly read?: (bytes: number) => void;
};

export type ArchivingParts = {
  /** The data folder. */
  readonly data: string;
  readonly library: Library;
  readonly archives: Archives;
};

export function createArchiving({ data, library, archives }: ArchivingParts): Archiving {
  type Found = { readonly root: string; readonly files: readonly Measured[] };

  async function filesOf(workspace: string, content: ArchiveContent): Promise<Found> {
    if (content.kind === "dataset") {
      const root = versionFolder(data, { workspace, ...content });
      return { root, files: await failing(() => filesBelow(root, "")) };
    }
    const files = await filesAt(library, workspace, content.path);
    // Says why: the path is not plain, or nothing is there.
    if (files.length === 0) await library.resolve(workspace, content.path);
    return { root: join(data, "library", workspaceFolder(workspace)), files };
  }

  return {
    list: archives.list,
    read: archives.read,

    async pack(workspace, content, { format, signal, read }) {
      const { root, files } = await filesOf(workspace, content);
      const paths = files.map(({ path }) => path);
      const base =
        content.kind === "library"
          ? nameFromPath(content.path)
          : `${content.name}-v${content.version}`;
      const what = { base, format, content, root, paths, ...(read && { read }) };
      return failing(() => archives.pack(workspace, what, signal));
    },

    async measure(workspace, content) {
      const { files } = await filesOf(workspace, content);
      return { files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
    },

    async findPacked(workspace, content, before, signal) {
      for (const archive of await archives.list(workspace)) {
        if (before.includes(archive.name)) continue;
        const manifest = await archives
          .verify(workspace, archive.name, signal)
          .catch(() => undefined);
        if (isDeepStrictEqual(manifest?.content, content))
          return { ...archive, manifest: manifest! };
      }
      return undefined;
    },

    verify: archives.verify,

    async restore(workspace, name, signal) {
      const { content } = await archives.verify(workspace, name, signal);
      if (content.kind === "dataset") {
        const folder = versionFolder(data, { workspace, ...content });
        const manifest = await archives.unpack(workspace, name, folder, signal);
        return { manifest, place: `${content.name} v${content.version}` };
      }
      const staging = join(data, "archives", workspaceFolder(workspace), `.${newId()}`);
      try {
        const manifest = await archives.unpack(workspace, name, staging, signal);
        const folder = `restored-${name.replace(/\.(?:zip|tar\.zst)$/, "")}`;
        await addAll(library, workspace, folder, staging, manifest);
        return { manifest, place: folder };
      } finally {
        await rm(staging, { recursive: true, force: true });
      }
    },
  };
}

/** Adds the files of a folder to the library, all or none. */
async function addAll(
  library: Library,
  workspace: string,
  folder: string,
  staging: string,
  manifest: ArchiveManifest,
): Promise<void> {
  const present = await filesAt(library, workspace, folder);
  if (present.length > 0) throw new ApprenticeError("archive-target-exists", { path: folder });
  const added: string[] = [];
  try {
    for (const { path } of manifest.files) {
      const bytes = await readFile(join(staging, path.normalize("NFC")));
      added.push(await library.write(workspace, `${folder}/${path}`, bytes));
    }
  } catch (error) {
    for (const path of added) await library.remove(workspace, path);
    throw error;
  }
}

/** Whatever the disk refuses, as an error that says so. */
async function failing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const known = asApprenticeError(error);
    if (known.code !== "internal") throw known;
    const { code } = error as NodeJS.ErrnoException;
    throw new ApprenticeError("archive-failed", { ex: code ?? "?" }, { cause: error });
  }
}

type Measured = { readonly path: string; readonly size: number };

async function filesBelow(root: string, prefix: string): Promise<readonly Measured[]> {
  const entries = await readdir(join(root, prefix), { withFileTypes: true });
  const files: Measured[] = [];
  for (const entry of entries.toSorted((first, second) => (first.name < second.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) files.push(...(await filesBelow(root, path)));
    else if (entry.isFile()) files.push({ path, size: (await stat(join(root, path))).size });
  }
  return files;
}
