import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Parser } from "tar";
import { tarStream, type TarMember } from "../../src/storage/tar-stream.ts";

const member = (path: string, bytes: Buffer, most = Infinity): TarMember => {
  let at = 0;
  return {
    path,
    size: bytes.length,
    modifiedAt: new Date("2026-11-25T12:00:00Z"),
    read: (into) => {
      const copied = bytes.copy(into, 0, at, Math.min(bytes.length, at + most));
      at += copied;
      return copied;
    },
  };
};

async function* each(members: readonly TarMember[]): AsyncGenerator<TarMember> {
  yield* members;
}

/** What a reader that is not ours finds in the bytes. */
async function contents(bytes: Buffer): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      const chunks: Buffer[] = [];
      entry.on("data", (chunk: Buffer) => chunks.push(chunk));
      entry.on("end", () => found.set(entry.path, Buffer.concat(chunks)));
    },
  });
  const ended = new Promise<void>((resolve, reject) => {
    parser.on("end", resolve);
    parser.on("error", reject);
  });
  parser.end(bytes);
  await ended;
  return found;
}

const name = fc
  .string({ unit: fc.constantFrom("a", "я", "ש", "👋", "-", "."), minLength: 1, maxLength: 120 })
  .map((text) => `n${text}`);

test("any files come back byte for byte, whatever the blocks and the pieces they are read in", () =>
  fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(name, fc.uint8Array({ maxLength: 3_000 })), {
        selector: ([path]) => path,
        minLength: 1,
        maxLength: 6,
      }),
      fc.integer({ min: 1, max: 4_096 }),
      fc.integer({ min: 1, max: 4_096 }),
      async (files, blockBytes, most) => {
        const members = files.map(([path, bytes]) => member(path, Buffer.from(bytes), most));
        const blocks = await Array.fromAsync(tarStream(each(members), blockBytes));
        assert.ok(blocks.slice(0, -1).every((block) => block.length === blockBytes));
        const packed = Buffer.concat(blocks);
        assert.equal(packed.length % 512, 0);
        const found = await contents(packed);
        assert.deepEqual(
          [...found],
          files.map(([path, bytes]) => [path, Buffer.from(bytes)]),
        );
      },
    ),
    { numRuns: 60 },
  ));

test("a file that ends before its size is told", async () => {
  const short: TarMember = { ...member("plan.md", Buffer.from("half")), size: 8 };
  await assert.rejects(Array.fromAsync(tarStream(each([short]), 512)), {
    code: "archive-failed",
    values: { ex: "plan.md (EOF)" },
  });
});
