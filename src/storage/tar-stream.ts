import { Header, Pax } from "tar";
import { ApprenticeError } from "../core/errors.ts";

/** One plain file of a tar archive. */
export type TarMember = {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly modifiedAt: Date;
  /** Puts the next bytes of the file into a buffer and tells how many: 0 at the end alone. */
  readonly read: (into: Buffer) => number | Promise<number>;
};

const recordBytes = 512;
const mode = 0o600;

/**
 * The bytes of a tar archive with these files (POSIX.1-2001: ustar headers, and an extended one for
 * what they have no room for), in blocks of `blockBytes`; the last may be shorter. Throws
 * `archive-failed` when a file ends before its size is reached, as one does that is shortened
 * meanwhile.
 */
export async function* tarStream(
  members: AsyncIterable<TarMember>,
  blockBytes: number,
): AsyncGenerator<Buffer> {
  let block = Buffer.allocUnsafe(blockBytes);
  let used = 0;
  function* full(): Generator<Buffer> {
    if (used < blockBytes) return;
    yield block;
    block = Buffer.allocUnsafe(blockBytes);
    used = 0;
  }
  function* add(bytes: Buffer): Generator<Buffer> {
    for (let at = 0; at < bytes.length;) {
      const copied = bytes.copy(block, used, at);
      at += copied;
      used += copied;
      yield* full();
    }
  }
  for await (const member of members) {
    yield* add(headerOf(member));
    for (let left = member.size; left > 0;) {
      const read = await member.read(block.subarray(used, used + left));
      if (read === 0) throw new ApprenticeError("archive-failed", { ex: `${member.path} (EOF)` });
      left -= read;
      used += read;
      yield* full();
    }
    const over = member.size % recordBytes;
    if (over > 0) yield* add(Buffer.alloc(recordBytes - over));
  }
  yield* add(Buffer.alloc(2 * recordBytes));
  yield block.subarray(0, used);
}

function headerOf({ path, size, modifiedAt }: TarMember): Buffer {
  const facts = { path, size, mode, mtime: modifiedAt };
  const header = new Header({ ...facts, type: "File" });
  const needsMore = header.encode();
  return needsMore ? Buffer.concat([new Pax(facts).encode(), header.block!]) : header.block!;
}
