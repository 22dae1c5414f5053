import { once } from "node:events";
import { Parser, type ReadEntry } from "tar";
import { unpackZstd } from "./unpack-zstd.ts";

/**
 * Hands over the entries of a tar archive (zstd or not) one after another, and stops at the first
 * failure. Throws what reading the chunks and what `take` throws, and what `damage` makes of a fault
 * of the archive itself.
 */
export async function readTar(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  take: (entry: ReadEntry) => Promise<void>,
  damage: (fault: unknown) => Error,
): Promise<void> {
  let failure: unknown;
  const failed = Promise.withResolvers<void>();
  let current: ReadEntry | undefined;
  let taking = Promise.resolve();
  const fail = (error: unknown): void => {
    if (failure !== undefined) return;
    failure = error;
    failed.resolve();
    // Whoever reads it would otherwise wait for bytes that never come.
    current?.destroy(error);
  };
  const parser = new Parser({
    strict: true,
    // By itself it unpacks whatever one chunk holds at once, however much that is.
    zstd: false,
    onReadEntry: (entry) => {
      entry.on("error", fail);
      taking = taking
        .then(() => {
          if (failure !== undefined) return;
          current = entry;
          return take(entry);
        })
        .catch(fail)
        .then(() => {
          entry.resume();
        });
    },
  });
  parser.on("error", (fault) => fail(damage(fault)));
  const ended = once(parser, "end").catch(() => {});
  // What follows the end of an archive would all be kept in memory.
  let isOver = false;
  parser.on("eof", () => {
    isOver = true;
  });
  try {
    let isFirst = true;
    for await (const chunk of unpackZstd(chunks, damage)) {
      if (isFirst && isGzip(chunk)) throw damage(new Error("packed twice, or with gzip"));
      isFirst = false;
      if (failure !== undefined || isOver) break;
      if (!parser.write(chunk)) await Promise.race([once(parser, "drain"), failed.promise]);
    }
    parser.end();
    await Promise.race([ended, failed.promise]);
  } catch (error) {
    fail(error);
  }
  await taking;
  if (failure !== undefined) throw failure as Error;
}

const isGzip = (chunk: Buffer): boolean => chunk[0] === 0x1f && chunk[1] === 0x8b;
