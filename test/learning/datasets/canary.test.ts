import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { ModelVersion } from "../../../src/core/model-version.ts";
import { canaryOf, holdsCanary } from "../../../src/learning/datasets/canary.ts";
import { exportTargets } from "../../../src/learning/datasets/export-targets.ts";
import { exportFolder, type ExportReport } from "../../../src/learning/datasets/export-version.ts";
import { findLeaks } from "../../../src/learning/gate/leakage.ts";
import { runApp, type RunningApp } from "../../running-app.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const rows = Array.from({ length: 120 }, (_, index) => {
  const prompt = `${(index * 7_919).toString(36)} ${(index * 104_729).toString(36)} open?`;
  return [
    { prompt, answer: `Yes ${index}`, label: "positive" },
    { prompt, answer: `No ${index}`, label: "negative" },
  ];
}).flat();
const asLines = (objects: readonly object[]): string =>
  objects.map((row) => JSON.stringify(row)).join("\n");

describe("the mark of test rows", () => {
  let bot: RunningApp;
  const place = { workspace: "web:local", name: "shop", version: 1 };
  before(async () => {
    bot = await runApp({ APPRENTICE_RECALL_ENCODER: "none" });
    const files = [file("shop.jsonl", asLines(rows))];
    await bot.ask("!select_dataset shop --positive", { files });
    await bot.ask("!dataset shop --attest --build");
  });
  after(() => bot.close());

  const file = (name: string, text: string) => ({
    name,
    mediaType: "text/plain",
    bytes: Buffer.from(text),
  });

  async function exported(target: (typeof exportTargets)[number]) {
    const version = (await bot.app.datasets.describe("web:local", "shop")).version;
    await bot.ask(`!dataset shop --export ${target}`);
    const folder = exportFolder(bot.app.config.data, { ...place, version }, target);
    const read = (name: string) => readFileSync(join(folder, name), "utf8");
    return { read, report: JSON.parse(read("export.json")) as ExportReport };
  }

  test("stands in the test part of every export and nowhere else, and is always the same", async () => {
    const marks = new Set<string>();
    for (const target of exportTargets) {
      const { read, report } = await exported(target);
      marks.add(report.canary);
      const lines = read("test.jsonl").trimEnd().split("\n");
      assert.equal(lines.length, report.lines.test + 1, target);
      assert.ok(lines.at(-1)!.includes(report.canary), target);
      for (const name of ["train.jsonl", "validation.jsonl"]) {
        assert.ok(!holdsCanary(read(name)), `${target} ${name}`);
      }
    }
    assert.equal(marks.size, 1);
    assert.ok(holdsCanary([...marks][0]!));
    assert.notEqual(canaryOf("salt", "one"), canaryOf("salt", "other"));
  });

  test("keeps a test part from being taught, imported or trained on, and lets it test", async () => {
    const { read, report } = await exported("openai-sft");
    const files = [file("test.jsonl", read("test.jsonl"))];
    const path = "marked/test.jsonl";
    await bot.app.library.write("web:local", path, files[0]!.bytes);
    for (const text of [
      "!teach",
      `!import as=knowledge path=${path} --yes`,
      "!train marked --positive --yes",
      "!select_dataset marked --positive",
    ]) {
      const given = text.includes("path=") ? {} : { files };
      assert.match(await bot.ask(text, given), /test part of a dataset/, text);
    }
    assert.equal((await bot.app.examples.count("web:local")).active, 0);
    const told = await bot.ask("!test", { files });
    assert.match(told, new RegExp(`\\b${report.lines.test} rows`));
  });
});

test("a mark in the lines that a model was trained on is a leak", async () => {
  const data = await temporaryFolder();
  try {
    const version = {
      workspace: "web:local",
      jobId: "job",
      number: 1,
      artefact: { kind: "hosted" },
    };
    const folder = join(data.path, "models", "web_local", "job", "export");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "map.jsonl"), '{"file":"train.jsonl","line":1,"rows":["a"]}\n');
    const heldOut = { what: "", items: [], includes: () => false, ids: new Set(["b"]) };
    const leaks = async (train: string) => {
      writeFileSync(join(folder, "train.jsonl"), train);
      const openVersion = () => assert.fail("no memory");
      const parts = { data: data.path, openVersion };
      return (await findLeaks(parts, version as unknown as ModelVersion, heldOut)).leaked;
    };
    assert.deepEqual(await leaks('{"messages":[]}\n'), []);
    assert.deepEqual(await leaks(`{}\n{"prompt":"${canaryOf("salt", "set")}"}\n`), [
      "train.jsonl:2",
    ]);
  } finally {
    await data.remove();
  }
});
