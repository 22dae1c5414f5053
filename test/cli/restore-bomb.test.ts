import assert from "node:assert/strict";
import { createWriteStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { describe } from "node:test";
import { createZstdCompress } from "node:zlib";
import { Header } from "tar";
import { apprentice, testInFolder } from "./running-process.ts";

const megabyte = Buffer.alloc(1024 * 1024);

/** The header of a file in a tar archive. */
function headerOf(path: string, size: number): Buffer {
  const block = Buffer.alloc(512);
  new Header({ path, size, type: "File", mode: 0o600 }).encode(block);
  return block;
}

describe("a small file that unfolds into gigabytes", { concurrency: 2 }, () => {
  const bombs: Readonly<Record<string, Buffer>> = {
    "with nothing in it": megabyte,
    "that begins like a backup": headerOf("manifest.json", 3 * 1024 ** 3),
    "with a file that no backup begins with": headerOf("library/web_a/x", 3 * 1024 ** 3),
  };
  for (const [what, start] of Object.entries(bombs)) {
    testInFolder(`is refused by restore, which ends at once: one ${what}`, async (folder) => {
      async function* content(): AsyncGenerator<Buffer> {
        yield start;
        for (let written = 0; written < 3 * 1024; written += 1) yield megabyte;
      }
      const bomb = join(folder, "bomb.tar.zst");
      await pipeline(Readable.from(content()), createZstdCompress(), createWriteStream(bomb));
      assert.ok((await stat(bomb)).size < 1024 * 1024);
      const begun = performance.now();
      const { code, err } = await apprentice(folder, ["restore", bomb]);
      assert.equal(code, 1, err);
      assert.match(err, /Nothing was restored/);
      const seconds = (performance.now() - begun) / 1_000;
      assert.ok(seconds < 10, `${seconds} s`);
      const left = await readdir(join(folder, "data"));
      assert.deepEqual(
        left.filter((name) => !name.startsWith("apprentice.lock")),
        [],
      );
    });
  }
});
