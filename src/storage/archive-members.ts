import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { fromBufferPromise, openPromise } from "yauzl";
import type { Entry, ZipFile } from "yauzl";
import { ApprenticeError, asApprenticeError } from "../core/errors.ts";
import { librarySegments, shortened } from "./library-path.ts";
import { readTar } from "./read-tar.ts";
import { foreignPath } from "./zip-names.ts";

/** What an archive may be at most when it is opened. */
export type ArchiveLimits = {
  /** Of all files together, unpacked. */
  readonly bytes: number;
  readonly files: number;
};

/** Where an archive is: a file, or its bytes; and what to call it to people. */
export type ArchivePlace = {
  readonly name: string;
  readonly from: string | Uint8Array;
  readonly limits: ArchiveLimits;
  readonly signal?: AbortSignal;
  /** Made by any program: the names of a zip are read as `foreignPath` does. */
  readonly isForeign?: boolean;
  /** Entries of a zip that are passed over unread. */
  readonly ignore?: (path: string) => boolean;
};

/** Is handed each plain file of an archive, one after another, and reads it to its end. */
export type TakeMember = (path: string, content: AsyncIterable<Buffer>) => Promise<void>;

/** Unpacked bytes for each packed one. Deflate reaches 1,032 with zeros alone; text stays below 50. */
const tightest = 200;
/** Small archives may be packed as tightly as they like. */
const alwaysFine = 16 * 1024 * 1024;
const bytesPerMb = 1024 * 1024;
const fileTypeMask = 0o170_000;
const regularFile = 0o100_000;
const zstdMagic = 0xfd2f_b528;

/**
 * Hands over the files of a zip or tar.zst archive. Folders are passed over. Throws `archive-unsafe`
 * for a link, a device, a path that is not plain, or a name that is there twice; `archive-too-large`
 * past the limits or when it is packed too tightly to be honest; `archive-damaged`; `cancelled`; and
 * what `take` throws.
 */
export async function readMembers(place: ArchivePlace, take: TakeMember): Promise<void> {
  const guard = createGuard(place, await sizeOf(place));
  const guarded: TakeMember = async (path, content) =>
    take(guard.path(path), guard.counted(content));
  if (await isZstd(place)) return readTarMembers(place, guard, guarded);
  return readZip(place, guard, guarded);
}

const sizeOf = async ({ from }: ArchivePlace): Promise<number> =>
  typeof from === "string" ? (await stat(from)).size : from.length;

async function isZstd({ from }: ArchivePlace): Promise<boolean> {
  const first = Buffer.alloc(4);
  if (typeof from === "string") {
    const file = await open(from, "r");
    await file.read(first, 0, 4, 0).finally(() => file.close());
  } else first.set(from.subarray(0, 4));
  return first.readUInt32LE(0) === zstdMagic;
}

type Guard = ReturnType<typeof createGuard>;

function createGuard({ name, limits, signal }: ArchivePlace, packed: number) {
  const names = new Set<string>();
  let bytes = 0;
  const unsafe = (entry: string) =>
    new ApprenticeError("archive-unsafe", { archive: name, entry: shortened(entry) });
  const tooLarge = () =>
    new ApprenticeError("archive-too-large", {
      archive: name,
      limit: Math.floor(limits.bytes / bytesPerMb),
    });
  const allow = (unpacked: number): void => {
    const isTight = unpacked > alwaysFine && unpacked > packed * tightest;
    if (unpacked > limits.bytes || isTight) throw tooLarge();
  };
  return {
    unsafe,
    tooLarge,
    damaged: (entry: string, cause?: unknown) =>
      new ApprenticeError("archive-damaged", { archive: name, entry: shortened(entry) }, { cause }),
    /** Refuses by what the archive says of itself, before anything is unpacked. */
    allow,
    /** The path in Unicode NFC, once. */
    path(entry: string): string {
      let path: string;
      try {
        path = librarySegments(entry).join("/");
      } catch {
        throw unsafe(entry);
      }
      // Some file systems take names that differ only in case for the same.
      const key = path.toLowerCase();
      if (names.has(key)) throw unsafe(entry);
      names.add(key);
      if (names.size > limits.files) throw tooLarge();
      return path;
    },
    async *counted(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of content) {
        if (signal?.aborted) throw new ApprenticeError("cancelled", {}, { cause: signal.reason });
        bytes += chunk.length;
        allow(bytes);
        yield chunk;
      }
    },
  };
}

async function readZip(place: ArchivePlace, guard: Guard, take: TakeMember): Promise<void> {
  const { from, isForeign = false } = place;
  const options = {
    lazyEntries: true,
    autoClose: false,
    strictFileNames: true,
    decodeStrings: !isForeign,
  } as const;
  let zip: ZipFile;
  try {
    zip = await (typeof from === "string"
      ? openPromise(from, options)
      : fromBufferPromise(Buffer.from(from), options));
  } catch (error) {
    throw guard.damaged(place.name, error);
  }
  try {
    const entries = await zipEntries(zip, guard, isForeign);
    guard.allow(entries.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0));
    for (const { name, entry } of entries) {
      if (place.ignore?.(name)) continue;
      const content = await zip.openReadStreamPromise(entry).catch((error: unknown) => {
        throw guard.damaged(name, error);
      });
      await take(name, content as AsyncIterable<Buffer>).catch((error: unknown) => {
        throw error instanceof ApprenticeError ? error : translated(error, name, guard);
      });
    }
  } finally {
    zip.close();
  }
}

/** A failure of unpacking as the archive's; one of the disk stays what it is. */
function translated(error: unknown, name: string, guard: Guard): ApprenticeError {
  const known = asApprenticeError(error);
  return known.code === "internal" ? guard.damaged(name, error) : known;
}

/** How yauzl begins to say that a name is none. */
const refusals = ["absolute path: ", "invalid relative path: ", "invalid characters in fileName: "];

type NamedEntry = { readonly name: string; readonly entry: Entry };

/** The plain files that a zip lists. */
async function zipEntries(
  zip: ZipFile,
  guard: Guard,
  isForeign: boolean,
): Promise<readonly NamedEntry[]> {
  const entries: NamedEntry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      const name = isForeign ? foreignPath(entry) : entry.fileName;
      const type = (entry.externalFileAttributes >>> 16) & fileTypeMask;
      if (name.endsWith("/")) continue;
      if (type !== 0 && type !== regularFile) throw guard.unsafe(name);
      entries.push({ name, entry });
    }
  } catch (error) {
    if (error instanceof ApprenticeError) throw error;
    // With strict names yauzl refuses absolute paths, `..` and backslashes by itself.
    const told = String(error);
    const mark = refusals.find((each) => told.includes(each));
    if (mark === undefined) throw guard.damaged("", error);
    throw guard.unsafe(told.slice(told.indexOf(mark) + mark.length));
  }
  return entries;
}

async function readTarMembers(place: ArchivePlace, guard: Guard, take: TakeMember): Promise<void> {
  const chunks =
    typeof place.from === "string" ? createReadStream(place.from) : [Buffer.from(place.from)];
  await readTar(
    chunks as AsyncIterable<Buffer>,
    async (entry) => {
      if (entry.type === "Directory") return;
      if (entry.type !== "File" && entry.type !== "OldFile") throw guard.unsafe(entry.path);
      await take(entry.path, entry as AsyncIterable<Buffer>);
    },
    // The parser has a limit of its own for how tightly an archive may be packed.
    (fault) =>
      String(fault).includes("decompression ratio")
        ? guard.tooLarge()
        : guard.damaged(place.name, fault),
  );
}
