import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ApprenticeError, asApprenticeError } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import type { ArchiveFormat } from "../../storage/archive.ts";
import type { ArchiveManifest } from "../../storage/archive-manifest.ts";
import type { Archive, Archives, PackedArchive } from "../../storage/archives.ts";
import type { Library } from "../../storage/library.ts";
import { workspaceFolder } from "../../storage/workspace-folder.ts";
import type { DatasetPlace } from "./dataset.ts";
import { filesAt } from "./library-files.ts";
import { nameFromPath } from "./dataset-name.ts";
import { versionFolder } from "./versions.ts";

/** Where restored files are: the version that is there again, or the library folder made for them. */
export type Restored = { readonly manifest: ArchiveManifest; readonly place: string };

/** Archives of what a workspace has: files of its library, and dataset versions. */
export type Archiving = {
  list(workspace: string): Promise<readonly Archive[]>;
  /** Throws `library-file-missing`, `library-path-refused` and `archive-failed`. */
  packLibrary(workspace: string, path: string, how: Packing): Promise<PackedArchive>;
  /** Throws `archive-failed`. */
  packDataset(place: DatasetPlace, how: Packing): Promise<PackedArchive>;
  /** Throws `archive-missing`, `archive-damaged` and what else opening an archive throws. */
  verify(workspace: string, name: string, signal?: AbortSignal): Promise<ArchiveManifest>;
  /**
   * Puts a dataset version back in its place, or library files into a new folder of the library.
   * Throws as `verify` does, `archive-target-exists` and `library-quota`; then nothing was restored.
   */
  restore(workspace: string, name: string, signal?: AbortSignal): Promise<Restored>;
};

type Packing = { readonly format: ArchiveFormat; readonly signal?: AbortSignal };

export type ArchivingParts = {
  /** The data folder. */
  readonly data: string;
  readonly library: Library;
  readonly archives: Archives;
};

export function createArchiving({ data, library, archives }: ArchivingParts): Archiving {
  const libraryRoot = (workspace: string) => join(data, "library", workspaceFolder(workspace));

  return {
    list: archives.list,

    async packLibrary(workspace, path, { format, signal }) {
      const files = await filesAt(library, workspace, path);
      // Says why: the path is not plain, or nothing is there.
      if (files.length === 0) await library.resolve(workspace, path);
      return failing(() =>
        archives.pack(
          workspace,
          {
            base: nameFromPath(path),
            format,
            content: { kind: "library", path },
            root: libraryRoot(workspace),
            paths: files.map((file) => file.path),
          },
          signal,
        ),
      );
    },

    packDataset: (place, { format, signal }) =>
      failing(async () => {
        const { name, version, workspace } = place;
        const root = versionFolder(data, place);
        return archives.pack(
          workspace,
          {
            base: `${name}-v${version}`,
            format,
            content: { kind: "dataset", name, version },
            root,
            paths: await pathsBelow(root, ""),
          },
          signal,
        );
      }),

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

async function pathsBelow(root: string, prefix: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, prefix), { withFileTypes: true });
  const paths: string[] = [];
  for (const entry of entries.toSorted((first, second) => (first.name < second.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) paths.push(...(await pathsBelow(root, path)));
    if (entry.isFile()) paths.push(path);
  }
  return paths;
}
