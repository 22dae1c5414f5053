import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";

type Chunks = AsyncIterable<Buffer> | Iterable<Buffer>;

/** Unpacked bytes for each packed one that no honest archive reaches. */
const tightest = 1_000;
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/**
 * The bytes as they are, or unpacked when they are zstd: piece by piece, so that a small file that
 * unfolds without end costs nothing but the pieces that were asked for. Throws what reading the chunks
 * throws, and what `damage` makes of a fault of the packed data or of being packed too tightly.
 */
export async function* unpackZstd(
  chunks: Chunks,
  damage: (fault: unknown) => Error,
): AsyncGenerator<Buffer> {
  const source = Readable.from(chunks, { objectMode: true })[Symbol.asyncIterator]();
  try {
    const first: Buffer[] = [];
    for (let bytes = 0; bytes < zstdMagic.length; bytes = lengthOf(first)) {
      const { done, value } = await source.next();
      if (done === true) break;
      first.push(value as Buffer);
    }
    const start = Buffer.concat(first);
    const all = startingWith(start, source);
    if (start.subarray(0, zstdMagic.length).equals(zstdMagic)) yield* unpacked(all, damage);
    else yield* all;
  } finally {
    await source.return?.();
  }
}

const lengthOf = (buffers: readonly Buffer[]): number =>
  buffers.reduce((sum, { length }) => sum + length, 0);

async function* startingWith(start: Buffer, rest: AsyncIterator<unknown>): AsyncGenerator<Buffer> {
  if (start.length > 0) yield start;
  for (let step = await rest.next(); step.done !== true; step = await rest.next()) {
    yield step.value as Buffer;
  }
}

async function* unpacked(
  packed: AsyncIterable<Buffer>,
  damage: (fault: unknown) => Error,
): AsyncGenerator<Buffer> {
  let taken = 0;
  let given = 0;
  let unreadable: { readonly error: unknown } | undefined;
  async function* counted(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of packed) {
        taken += chunk.length;
        yield chunk;
      }
    } catch (error) {
      unreadable = { error };
      throw error;
    }
  }
  const unpack = createZstdDecompress();
  const feeding = pipeline(counted(), unpack).catch(() => {});
  try {
    for await (const chunk of unpack as AsyncIterable<Buffer>) {
      given += chunk.length;
      if (given > taken * tightest) throw new Error("decompression ratio");
      yield chunk;
    }
  } catch (fault) {
    throw unreadable ? unreadable.error : damage(fault);
  } finally {
    unpack.destroy();
    await feeding;
  }
}
