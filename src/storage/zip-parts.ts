import { fromBufferPromise } from "yauzl";
import type { Entry, ZipFile } from "yauzl";
import { ApprenticeError } from "../core/errors.ts";
import { shortened } from "./library-path.ts";

/** What a zip may be at most when single parts of it are read. */
export type PartLimits = {
  /** How many parts it may list. */
  readonly parts: number;
  /** Of all that is read, unpacked. */
  readonly bytes: number;
  /** Unpacked bytes for each packed one, once more than `freely` bytes are read. */
  readonly tightest: number;
  readonly freely: number;
};

/** The parts of a zip by their names, read in any order. */
export type ZipParts = {
  has(name: string): boolean;
  /** Nothing when there is no such part. Throws `archive-too-large` and `archive-damaged`. */
  read(name: string): AsyncIterable<Buffer>;
  close(): void;
};

/**
 * Opens a zip whose parts belong together, such as an Office file. What is read counts as it is
 * unpacked, whatever the zip says of itself. Throws `archive-damaged` and `archive-too-large`.
 */
export async function openParts(
  name: string,
  bytes: Uint8Array,
  limits: PartLimits,
): Promise<ZipParts> {
  const damaged = (entry: string, cause: unknown): ApprenticeError =>
    new ApprenticeError("archive-damaged", { archive: name, entry: shortened(entry) }, { cause });
  const tooLarge = (): ApprenticeError =>
    new ApprenticeError("archive-too-large", {
      archive: name,
      limit: Math.floor(limits.bytes / 1024 / 1024),
    });
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let zip: ZipFile;
  const entries = new Map<string, Entry>();
  try {
    zip = await fromBufferPromise(whole, { lazyEntries: true, autoClose: false });
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= limits.parts) throw tooLarge();
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    throw error instanceof ApprenticeError ? error : damaged(name, error);
  }
  let read = 0;
  const count = (length: number): void => {
    read += length;
    const isTight = read > limits.freely && read > bytes.length * limits.tightest;
    if (read > limits.bytes || isTight) throw tooLarge();
  };
  return {
    has: (part) => entries.has(part),
    async *read(part) {
      const entry = entries.get(part);
      if (entry === undefined) return;
      try {
        const content = (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>;
        for await (const chunk of content) {
          count(chunk.length);
          yield chunk;
        }
      } catch (error) {
        throw error instanceof ApprenticeError ? error : damaged(part, error);
      }
    },
    close: () => zip.close(),
  };
}
