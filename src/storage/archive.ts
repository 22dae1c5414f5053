import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdCompress } from "node:zlib";
import { create } from "tar";
import { ZipFile } from "yazl";
import { ApprenticeError } from "../core/errors.ts";
import { newId } from "../core/ids.ts";
import {
  archiveManifestFile,
  parseArchiveManifest,
  type ArchiveContent,
  type ArchivedFile,
  type ArchiveManifest,
} from "./archive-manifest.ts";
import { readMembers, type ArchiveLimits } from "./archive-members.ts";
import { syncFolder } from "./atomic-file.ts";
import { hashFile } from "./backup-manifest.ts";

export const archiveFormats = ["zip", "tar.zst"] as const;
export type ArchiveFormat = (typeof archiveFormats)[number];

export type ArchiveOrder = {
  readonly format: ArchiveFormat;
  readonly content: ArchiveContent;
  /** The folder that the paths are relative to. */
  readonly root: string;
  readonly paths: readonly string[];
  /** A file that does not exist yet. */
  readonly target: string;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly signal?: AbortSignal;
};

/** Packs files into one archive, streaming, with a manifest of their hashes as its last file. */
export async function writeArchive(order: ArchiveOrder): Promise<ArchiveManifest> {
  const manifest = order.format === "zip" ? await writeZip(order) : await writeTar(order);
  const written = await open(order.target, "r");
  await written.sync().finally(() => written.close());
  return manifest;
}

const manifestFor = (
  { content, madeAt }: ArchiveOrder,
  files: readonly ArchivedFile[],
): ArchiveManifest => ({ format: "apprentice-archive-1", content, madeAt, files });

const asText = (manifest: ArchiveManifest): string => `${JSON.stringify(manifest, undefined, 1)}\n`;

/** Text is four times as fast to pack as at the usual level 6, and a tenth larger. */
const fastDeflate = 1;

/** Each file is read once: hashed on its way into the archive. */
async function writeZip(order: ArchiveOrder): Promise<ArchiveManifest> {
  const zip = new ZipFile();
  const files: ArchivedFile[] = [];
  const failed = Promise.withResolvers<never>();
  for (const path of order.paths) {
    zip.addReadStreamLazy(path, { compressionLevel: fastDeflate }, (give) => {
      const stream = Readable.from(hashed(path, order, files));
      stream.on("error", failed.reject);
      give(undefined, stream);
    });
  }
  zip.addReadStreamLazy(archiveManifestFile, (give) =>
    give(undefined, Readable.from([Buffer.from(asText(manifestFor(order, files)))])),
  );
  zip.end();
  zip.on("error", failed.reject);
  const { signal } = order;
  await Promise.race([
    pipeline(
      zip.outputStream,
      createWriteStream(order.target, { flags: "wx", mode: 0o600 }),
      signal ? { signal } : {},
    ),
    failed.promise,
  ]);
  return manifestFor(order, files);
}

async function* hashed(
  path: string,
  { root }: ArchiveOrder,
  files: ArchivedFile[],
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of createReadStream(join(root, path)) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
    yield chunk;
  }
  files.push({ path, size, sha256: hash.digest("hex") });
}

/** Files are hashed first: the manifest has to lie on disk, beside them, to be packed. */
async function writeTar(order: ArchiveOrder): Promise<ArchiveManifest> {
  const { root, paths, signal } = order;
  const files: ArchivedFile[] = [];
  for (const path of paths) files.push({ path, ...(await hashFile(join(root, path), signal)) });
  const manifest = manifestFor(order, files);
  const beside = join(dirname(order.target), `.${newId()}.manifest`);
  try {
    await mkdir(beside);
    const manifestPath = join(resolve(beside), archiveManifestFile);
    await writeFile(manifestPath, asText(manifest), { mode: 0o600 });
    const archive = create(
      {
        cwd: root,
        portable: true,
        strict: true,
        // Only the manifest has an absolute path, and that does not go into the archive.
        preservePaths: true,
        onWriteEntry: (entry) => {
          if (entry.absolute === manifestPath) entry.path = archiveManifestFile;
        },
      },
      [...paths, manifestPath],
    );
    await pipeline(
      archive as unknown as AsyncIterable<Buffer>,
      // On its own thread, while the next files are read.
      createZstdCompress(),
      createWriteStream(order.target, { flags: "wx", mode: 0o600 }),
      signal ? { signal } : {},
    );
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  return manifest;
}

export type ArchiveReading = {
  /** What to call it to people. */
  readonly name: string;
  readonly path: string;
  readonly limits: ArchiveLimits;
  readonly signal?: AbortSignal;
};

/**
 * Reads an archive through and compares every file with the manifest. Throws as `readMembers` does,
 * and `archive-damaged` for a file that is missing, changed or not promised.
 */
export const verifyArchive = (reading: ArchiveReading): Promise<ArchiveManifest> =>
  readThrough(reading, undefined);

/**
 * Unpacks an archive into a folder that does not exist yet, whole or not at all. Throws as
 * `verifyArchive` does, and `archive-target-exists`.
 */
export async function unpackArchive(
  reading: ArchiveReading,
  folder: string,
): Promise<ArchiveManifest> {
  const exists = () => new ApprenticeError("archive-target-exists", { path: reading.name });
  if (await stat(folder).catch(() => undefined)) throw exists();
  await mkdir(dirname(folder), { recursive: true });
  const staging = join(dirname(folder), `.${newId()}.unpacking`);
  try {
    await mkdir(staging);
    const manifest = await readThrough(reading, staging);
    await rename(staging, folder);
    await syncFolder(dirname(folder));
    return manifest;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function readThrough(
  reading: ArchiveReading,
  folder: string | undefined,
): Promise<ArchiveManifest> {
  const { name, path, limits, signal } = reading;
  const found = new Map<string, ArchivedFile>();
  let manifest: ArchiveManifest | undefined;
  await readMembers(
    { name, from: path, limits, ...(signal && { signal }) },
    async (member, content) => {
      if (member === archiveManifestFile) {
        const chunks: Buffer[] = [];
        for await (const chunk of content) chunks.push(chunk);
        manifest = parseArchiveManifest(Buffer.concat(chunks).toString(), name);
        return;
      }
      found.set(member, await readFile(member, content, folder));
    },
  );
  const damaged = (entry: string) =>
    new ApprenticeError("archive-damaged", { archive: name, entry });
  if (manifest === undefined) throw damaged(archiveManifestFile);
  for (const promised of manifest.files) {
    const path = promised.path.normalize("NFC");
    const file = found.get(path);
    const isSame = file?.sha256 === promised.sha256 && file.size === promised.size;
    if (!isSame || !found.delete(path)) throw damaged(path);
  }
  const [extra] = found.keys();
  if (extra !== undefined) throw damaged(extra);
  return manifest;
}

/** Hashes a file, and writes it below a folder when there is one. */
async function readFile(
  path: string,
  content: AsyncIterable<Buffer>,
  folder: string | undefined,
): Promise<ArchivedFile> {
  const hash = createHash("sha256");
  let size = 0;
  const place = folder === undefined ? undefined : join(folder, path);
  if (place !== undefined) await mkdir(dirname(place), { recursive: true });
  const file = place === undefined ? undefined : await open(place, "wx", 0o600);
  try {
    for await (const chunk of content) {
      hash.update(chunk);
      size += chunk.length;
      await file?.writeFile(chunk);
    }
    await file?.sync();
  } finally {
    await file?.close();
  }
  return { path, size, sha256: hash.digest("hex") };
}
