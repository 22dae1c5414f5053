import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { adapterFiles } from "../../../src/learning/trainers/command/artefact.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

/** A file of one tensor of `bytes` bytes, of which `written` are there. */
function tensors(bytes = 32, written = bytes, header?: string): Buffer {
  const described = { weight: { dtype: "F32", shape: [bytes / 4], data_offsets: [0, bytes] } };
  const text = Buffer.from(header ?? JSON.stringify({ __metadata__: { a: "b" }, ...described }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(written)]);
}

describe("the adapter that a program leaves", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());
  const write = (name: string, content: string | Buffer) =>
    writeFileSync(join(folder.path, name), content);
  const files = () => adapterFiles(folder.path, "trl");

  test("is every plain file of it, with its hash", async () => {
    write("adapter_config.json", "{}");
    write("adapter_model.safetensors", tensors());
    write("tokenizer.json", "");
    write(".hidden", "");
    mkdirSync(join(folder.path, "checkpoint-1"));
    symlinkSync("/etc/hostname", join(folder.path, "link"));
    const found = await files();
    assert.deepEqual(
      found.map(({ path }) => path),
      ["adapter_config.json", "adapter_model.safetensors", "tokenizer.json"],
    );
    const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert.deepEqual(found[2], { path: "tokenizer.json", sha256: empty, bytes: 0 });
  });

  test("is missing when a part of it is, or is only a link", async () => {
    await assert.rejects(files(), { code: "training-artefact-missing" });
    write("adapter_config.json", "{}");
    symlinkSync("/etc/hostname", join(folder.path, "adapter_model.safetensors"));
    await assert.rejects(files(), (error: { values: object }) => {
      assert.deepEqual(error.values, { source: "trl", missing: "adapter_model.safetensors" });
      return true;
    });
  });

  const damaged: readonly [name: string, weights: Buffer, reason: string][] = [
    ["empty", Buffer.alloc(0), "too short"],
    ["a header that is longer than the file", tensors().subarray(0, 20), "no header"],
    ["a header that is no JSON", tensors(32, 32, "{"), "no header"],
    ["a header of something else", tensors(32, 32, '{"a":1}'), "no header"],
    ["no tensors", tensors(0, 0, "{}"), "no tensors"],
    ["cut off by a full disk", tensors(32, 31), "cut off"],
    ["more than it says", tensors(32, 33), "cut off"],
  ];
  for (const [name, weights, reason] of damaged) {
    test(`is damaged when its weights are ${name}`, async () => {
      write("adapter_config.json", "{}");
      write("adapter_model.safetensors", weights);
      await assert.rejects(files(), (error: { code: string; values: { reason: string } }) => {
        assert.deepEqual([error.code, error.values.reason], ["training-artefact-damaged", reason]);
        return true;
      });
    });
  }
});
