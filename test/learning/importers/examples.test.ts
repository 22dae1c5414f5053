import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { readLessons } from "../../../src/learning/importers/read.ts";

const root = new URL("../../../", import.meta.url);

test("every file in examples/ that teaches can be imported", async () => {
  const folder = new URL("examples/", root);
  const names = readdirSync(folder).filter((name) => /\.(md|jsonl|csv)$/.test(name));
  assert.ok(names.length >= 3);
  for (const name of names) {
    const imported = await readLessons({ name, bytes: readFileSync(new URL(name, folder)) });
    assert.deepEqual(imported.problems, [], name);
    assert.ok(new Set(imported.lessons.map(({ answer }) => answer)).size >= 20, name);
    const taught = imported.lessons.filter(({ label }) => label === "positive");
    const prompts = taught.map(({ prompt }) => prompt);
    assert.equal(new Set(prompts).size, prompts.length, `${name} asks something twice`);
  }
});

test("every sample in docs/import.md is read as it says", async () => {
  const text = readFileSync(new URL("docs/import.md", root), "utf8");
  const samples = [...text.matchAll(/^```(csv|jsonl|json|text|markdown)\n([\s\S]*?)^```$/gm)];
  assert.ok(samples.length >= 8);
  for (const [, kind = "", sample = ""] of samples) {
    const ending = kind === "text" ? "txt" : kind === "markdown" ? "md" : kind;
    const imported = await readLessons({ name: `sample.${ending}`, bytes: Buffer.from(sample) });
    assert.deepEqual(imported.problems, [], sample);
  }
});
