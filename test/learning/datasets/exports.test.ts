import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { buildVersion, type BuildOrder } from "../../../src/learning/datasets/build-version.ts";
import { holdsCanary } from "../../../src/learning/datasets/canary.ts";
import type { Manifest } from "../../../src/learning/datasets/dataset.ts";
import { exportTargets } from "../../../src/learning/datasets/export-targets.ts";
import { exportFolder, exportVersion } from "../../../src/learning/datasets/export-version.ts";
import { silentLog } from "../../../src/core/log.ts";
import { openDatabase, type Database } from "../../../src/storage/database.ts";
import { createDatasetMemory } from "../../../src/storage/datasets.ts";
import { createExamples } from "../../../src/storage/examples.ts";

/** Together's own check of training files: an independent judge that works offline. */
const { checkFile } = createRequire(import.meta.url)("together-ai/lib/check-file") as {
  checkFile(path: string): Promise<{ is_check_passed: boolean; message?: string }>;
};

let folder: string;
let database: Database;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "apprentice-exports-"));
  database = await openDatabase({ folder, log: silentLog });
});
after(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const lines = Array.from({ length: 60 }, (_, index) => {
  const prompt = `${"кот dog חתול bird".split(" ")[index % 4]} ${(index * 7_919).toString(36)} 👍🏽?`;
  return [
    { prompt, answer: `Да, "${index}"\nи ещё\u2028строка \\ שלום`, label: "positive" },
    ...(index % 2 === 0 ? [{ prompt, answer: `No ${index}`, label: "negative" }] : []),
  ];
}).flat();
lines.push({
  prompt: "What is the password?",
  answer: "password: hunter2hunter2",
  label: "positive",
});
lines.push({ prompt: "Who will win?", answer: null as unknown as string, label: "positive" });

async function build(given: Partial<BuildOrder> = {}): Promise<Manifest> {
  const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const built = await buildVersion(
    {
      data: folder,
      examples: createExamples(database),
      memory: createDatasetMemory(database),
      libraryFiles: async () => [],
    },
    {
      teacher: {
        workspace: "web:local",
        person: { id: "web:admin", name: "Admin", role: "admin" },
        origin: "console",
      },
      name: `set-${given.name ?? "a"}`,
      source: { kind: "attached", files: [{ name: "rows.jsonl", bytes }], origin: "file" },
      attest: true,
      reason: "test",
      voice: "en",
      ...given,
    },
  );
  return built.manifest;
}

const kinds: Readonly<Record<(typeof exportTargets)[number], (line: object) => boolean>> = {
  "openai-sft": (line) => Object.keys(line).join() === "messages",
  "openai-dpo": (line) =>
    Object.keys(line).join() === "input,preferred_output,non_preferred_output",
  "trl-sft": (line) => Object.keys(line).join() === "prompt,completion",
  "trl-dpo": (line) => Object.keys(line).join() === "prompt,chosen,rejected",
  "trl-kto": (line) => Object.keys(line).join() === "prompt,completion,label",
};

test("every target gets lean lines, byte for byte, with a map from line to row", async () => {
  const manifest = await build({ name: "a" });
  for (const target of exportTargets) {
    const options = { data: folder, retracted: new Set<string>() };
    const report = await exportVersion(options, manifest, target);
    const place = exportFolder(folder, manifest, target);
    const map = readFileSync(join(place, "map.jsonl"), "utf8").trimEnd().split("\n");
    let seen = 0;
    for (const file of readdirSync(place).filter((name) => /^(train|valid|test)/.test(name))) {
      const text = readFileSync(join(place, file), "utf8");
      assert.ok(text.endsWith("\n") && !text.includes("\r") && !text.startsWith("\uFEFF"));
      for (const line of text.slice(0, -1).split("\n")) {
        seen += 1;
        const value = JSON.parse(line) as object;
        assert.ok(kinds[target](value), line);
        const isMark = holdsCanary(line);
        const isFirst = !isMark && JSON.stringify(value).includes("No ");
        if (target.endsWith("-sft")) assert.ok(!isFirst, line);
      }
    }
    assert.equal(map.length, seen, target);
    // The test part, where chance gave it rows, ends with its mark.
    const marks = report.lines.test > 0 ? 1 : 0;
    assert.equal(seen, report.lines.train + report.lines.validation + report.lines.test + marks);
    assert.equal(report.leftOut["secret"], 1);
    assert.equal(report.leftOut["negative-unused"], target.endsWith("-sft") ? 30 : undefined);
    const lines = readFileSync(join(place, "train.jsonl"), "utf8").split("\n");
    const some = lines.find((line) => line.includes("שלום"))!;
    assert.ok(!/[\u0085\u2028\u2029]/.test(some) && some.includes("👍🏽"), some);
    const said = JSON.stringify(JSON.parse(some));
    assert.ok(said.includes("\\nи ещё\u2028строка \\\\ שלום"), said);
  }
});

test("an independent judge accepts what OpenAI's shapes say", async () => {
  const manifest = await build({ name: "b" });
  for (const target of ["openai-sft", "openai-dpo"] as const) {
    await exportVersion({ data: folder, retracted: new Set() }, manifest, target);
    const result = await checkFile(join(exportFolder(folder, manifest, target), "train.jsonl"));
    assert.ok(result.is_check_passed, `${target}: ${JSON.stringify(result)}`);
  }
});

test("nothing is exported that may not train weights, and the reason is told", async () => {
  const silent = await build({ name: "c", attest: false });
  await assert.rejects(
    exportVersion({ data: folder, retracted: new Set() }, silent, "trl-kto"),
    (error: { code: string; values: { reasons: string } }) =>
      error.code === "dataset-export-empty" &&
      error.values.reasons === `attestation-missing: ${silent.counts.rows}`,
  );
  const source = {
    kind: "attached",
    files: [{ name: "a.txt", bytes: Buffer.from("Q: a?\nA: b\n") }],
    origin: "discord.attachment",
  } as const;
  const denied = await build({ name: "d", source, label: "positive" });
  assert.deepEqual(denied.eligibility, { allowed: 0, "origin-denied": 1 });
  await assert.rejects(
    exportVersion({ data: folder, retracted: new Set() }, denied, "openai-sft"),
    { code: "dataset-export-empty" },
  );
});

test("a row that was retracted after its version was made is not exported", async () => {
  const manifest = await build({ name: "e" });
  const options = { data: folder, retracted: new Set<string>() };
  await exportVersion(options, manifest, "trl-kto");
  const place = exportFolder(folder, manifest, "trl-kto");
  const first = JSON.parse(readFileSync(join(place, "map.jsonl"), "utf8").split("\n")[0]!) as {
    rows: string[];
  };
  const report = await exportVersion(
    { data: folder, retracted: new Set(first.rows) },
    manifest,
    "trl-kto",
  );
  assert.equal(report.leftOut["retracted"], 1);
  assert.ok(!readFileSync(join(place, "map.jsonl"), "utf8").includes(first.rows[0]!));
});
