import assert from "node:assert/strict";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { ZipFile } from "yazl";
import { unpacked } from "../../src/learning/datasets/library-files.ts";

async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

const csv = "Question,Answer\nWhere?,Here\n";

test("a zip from macOS gives the files people put there, and those of archives inside it", async () => {
  const bytes = await zipOf({
    "club/faq.csv": csv,
    "__MACOSX/club/._faq.csv": "\0\u0005\u0016\u0007",
    "club/._faq.csv": "\0",
    "club/more.zip": await zipOf({ "more.csv": csv }),
  });
  const files = await unpacked([{ name: "club.zip", bytes }]);
  assert.deepEqual(files.map(({ name }) => name).toSorted(), ["club/faq.csv", "more.csv"]);
});

test("archives that lie inside each other without end are refused", async () => {
  let bytes = await zipOf({ "faq.csv": csv });
  for (let depth = 0; depth < 5; depth += 1) bytes = await zipOf({ "in.zip": bytes });
  await assert.rejects(unpacked([{ name: "deep.zip", bytes }]), { code: "archive-too-large" });
});
