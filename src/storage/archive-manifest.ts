import { ApprenticeError } from "../core/errors.ts";

/** What an archive was made of. */
export type ArchiveContent =
  | { readonly kind: "library"; readonly path: string }
  | { readonly kind: "dataset"; readonly name: string; readonly version: number };

export type ArchivedFile = {
  /** With `/`, relative to what was archived. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
};

/** The last file of every archive, `archive.json`: what it holds. */
export type ArchiveManifest = {
  readonly format: "apprentice-archive-1";
  readonly content: ArchiveContent;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly files: readonly ArchivedFile[];
};

export const archiveManifestFile = "archive.json";

/** Throws `archive-damaged` for what is not a manifest. */
export function parseArchiveManifest(text: string, archive: string): ArchiveManifest {
  const damaged = () =>
    new ApprenticeError("archive-damaged", { archive, entry: archiveManifestFile });
  let manifest: Partial<ArchiveManifest>;
  try {
    manifest = JSON.parse(text) as Partial<ArchiveManifest>;
  } catch {
    throw damaged();
  }
  const { format, content, files } = manifest ?? {};
  const isWhole =
    format === "apprentice-archive-1" &&
    isContent(content) &&
    Array.isArray(files) &&
    files.every(isFile);
  if (!isWhole) throw damaged();
  return manifest as ArchiveManifest;
}

function isContent(value: unknown): boolean {
  const { kind, path, name, version } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (kind === "library") return typeof path === "string";
  return kind === "dataset" && typeof name === "string" && Number.isSafeInteger(version);
}

function isFile(value: unknown): boolean {
  const { path, size, sha256 } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof path === "string" && Number.isSafeInteger(size) && typeof sha256 === "string";
}
