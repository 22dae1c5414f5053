import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { parse } from "yaml";
import type { TrainingMethod } from "../../../src/core/model-version.ts";
import {
  asYaml,
  fillArguments,
  fillTemplate,
} from "../../../src/learning/trainers/command/fill-template.ts";
import { prepareRun } from "../../../src/learning/trainers/command/prepare-run.ts";
import { presets } from "../../../src/learning/trainers/command/presets/index.ts";
import { openTuningParts, type TuningParts } from "./tuning-parts.ts";

type Config = Readonly<Record<string, unknown>>;

describe("the presets of training programs", () => {
  let parts: TuningParts;
  before(async () => {
    parts = await openTuningParts();
  });
  after(() => parts.close());

  /** What lies in a run's folder; the configuration read as PyYAML does, by YAML 1.1. */
  async function prepared(name: string, method: TrainingMethod, settings = {}) {
    const preset = presets.find((each) => each.name === name)!;
    const order = parts.order({ method, settings });
    await prepareRun({ datasets: parts.datasets, preset, base: "Qwen/Qwen3-0.6B" }, order);
    const read = (path: string): string => readFileSync(join(order.folder, path), "utf8");
    const rows = read("data/train.jsonl").trim().split("\n");
    return {
      folder: order.folder,
      config: parse(read("config.yaml"), { version: "1.1" }) as Config,
      command: (JSON.parse(read("launch.json")) as { command: string[] }).command,
      row: JSON.parse(rows[0]!) as Record<string, unknown>,
      info: () => JSON.parse(read("data/dataset_info.json")) as Record<string, { columns: object }>,
    };
  }

  for (const { name, methods } of presets) {
    for (const method of Object.keys(methods) as TrainingMethod[]) {
      test(`${name} is told everything for ${method}`, async () => {
        const run = await prepared(name, method, { epochs: 2, seed: 7 });
        const { config, folder } = run;
        assert.equal(run.command.at(-1), join(folder, "config.yaml"));
        assert.ok(existsSync(join(folder, "data/validation.jsonl")));
        assert.equal(config["model_name_or_path"] ?? config["base_model"], "Qwen/Qwen3-0.6B");
        assert.equal(config["output_dir"], join(folder, "out"));
        assert.equal(config["num_train_epochs"] ?? config["num_epochs"], 2);
        assert.equal(config["seed"], 7);
        assert.equal(typeof config["learning_rate"], "number");
        const blanks = JSON.stringify(config).match(/\{[a-zA-Z]+\}/g) ?? [];
        assert.deepEqual(
          blanks.filter((blank) => blank !== "{prompt}" && blank !== "{completion}"),
          [],
        );
      });
    }
  }

  test("TRL's preference trainers get beta, and their rows as TRL names them", async () => {
    const dpo = await prepared("trl-dpo", "dpo");
    assert.deepEqual(
      [dpo.config["beta"], dpo.config["learning_rate"], Object.keys(dpo.row)],
      [0.1, 0.000005, ["prompt", "chosen", "rejected"]],
    );
    assert.equal(dpo.config["dataset_test_split"], "validation");
    const kto = await prepared("trl-kto", "kto");
    assert.deepEqual(Object.keys(kto.row), ["prompt", "completion", "label"]);
  });

  test("LLaMA-Factory's columns are those of the rows", async () => {
    for (const method of ["sft", "dpo", "kto"] as const) {
      const { row, info, config } = await prepared("llamafactory", method);
      const { train, validation } = info();
      assert.deepEqual(Object.values(train!.columns), Object.keys(row), method);
      assert.deepEqual(train!.columns, validation!.columns);
      assert.equal(config["stage"], method);
    }
  });

  test("Axolotl reads both files, and texts where its trainer wants texts", async () => {
    const { config, row, folder } = await prepared("axolotl", "kto");
    assert.deepEqual(
      (config["datasets"] as { path: string }[]).map(({ path }) => path),
      [join(folder, "data/train.jsonl")],
    );
    assert.equal((config["test_datasets"] as unknown[]).length, 1);
    assert.deepEqual(
      Object.values(row).map((value) => typeof value),
      ["string", "string", "boolean"],
    );
  });

  test("a blank without a value takes its key, item or argument with it; numbers stay numbers", () => {
    const filled = fillTemplate(
      { a: "{epochs}", b: "x-{seed}", c: "{beta}", d: ["{beta}", "{model}"], e: "{other}" },
      { epochs: 3, seed: 1, model: "m" },
    );
    assert.deepEqual(filled, { a: 3, b: "x-1", d: ["m"], e: "{other}" });
    const command = ["run", "--lr={learningRate}", "{validation}", "; rm -rf {folder}"];
    assert.deepEqual(fillArguments(command, { learningRate: 1e-7, folder: "/f" }), [
      "run",
      "--lr=1e-7",
      "; rm -rf /f",
    ]);
  });

  test("every number is one to readers of YAML 1.1 too", () => {
    const numbers = { a: 1e-7, b: 2.5e-9, c: 0.1, d: 3, e: 1e21, f: -1e-7 };
    const text = asYaml({ ...numbers, g: "1e-7" });
    assert.deepEqual(parse(text, { version: "1.1" }), { ...numbers, g: "1e-7" });
    assert.match(text, /"a": 1\.0e-7/);
    assert.deepEqual(JSON.parse(text), { ...numbers, g: "1e-7" });
  });
});
