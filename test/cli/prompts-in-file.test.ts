import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promptsInFile } from "../../src/cli/prompts-in-file.ts";
import { temporaryFolder } from "../temporary-folder.ts";

describe("the prompts of a file", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());

  async function read(name: string, content: string): Promise<string[]> {
    const path = join(folder.path, name);
    await writeFile(path, content);
    return Array.fromAsync(promptsInFile(path, "en"));
  }

  test("are lines of JSON or of text, as they are", async () => {
    const lines = [
      '\uFEFF{"prompt": "a", "answer": "b"}',
      "",
      '"ё 👍"',
      "plain, text",
      '{"Text":""}',
    ];
    assert.deepEqual(await read("a.jsonl", lines.join("\r\n")), ["a", "ё 👍", "plain, text", ""]);
    assert.deepEqual(await read("a.txt", ""), []);
  });

  test("are the rows of a table or of a JSON value", async () => {
    assert.deepEqual(await read("a.csv", 'question;answer\n"a;\nb";x\n'), ["a;\nb"]);
    assert.deepEqual(await read("a.json", '["a", {"prompt": "b", "answer": null}]'), ["a", "b"]);
    assert.deepEqual(
      await read("b.json", '{"prompt":"a","answer":"x"}\n{"prompt":"b","answer":"x"}'),
      ["a", "b"],
    );
  });

  test("are missed with the line", async () => {
    await assert.rejects(read("b.jsonl", '{"prompt": "a"}\n\n{"x": 1}\n'), {
      code: "prompt-missing",
      values: { file: "b.jsonl", line: 3, near: '{"x": 1}' },
    });
    await assert.rejects(read("c.jsonl", '{"prompt": '), { code: "prompt-missing" });
    await assert.rejects(read("d.jsonl", "PK\0\0"), { code: "attachment-type" });
    await assert.rejects(read("d.csv", 'a,"b'), { code: "import-invalid" });
    await assert.rejects(Array.fromAsync(promptsInFile(folder.path, "en")), {
      code: "attachment-unreadable",
    });
  });
});
