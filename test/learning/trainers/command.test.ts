import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { ApprenticeError } from "../../../src/core/errors.ts";
import { customPreset } from "../../../src/learning/trainers/command/presets/custom.ts";
import { assertWhole, trainerContract } from "../../contracts/trainer.ts";
import { startRun } from "../../contracts/started-run.ts";
import { commandParts, isAlive } from "./command-parts.ts";
import { openTuningParts, type TuningParts } from "./tuning-parts.ts";

describe("the trainer of programs", () => {
  let parts: TuningParts;
  before(async () => {
    parts = await openTuningParts();
  });
  after(() => parts.close());

  const { open, order, started, failureOf } = commandParts(() => parts);

  describe("as any trainer", () => {
    trainerContract(() => ({
      trainer: open("good"),
      data: parts.data,
      order,
      begun: async (given) => started(given).length,
      going: async (given) => started(given).filter(isAlive).length,
    }));
  });

  test("the run's folder holds all that a program needs, and nothing of the test rows", async () => {
    const given = order({ settings: { epochs: 2 } });
    const trained = await startRun(open("good"), given).trained;
    const read = (name: string): string => readFileSync(join(given.folder, name), "utf8");
    const spec = JSON.parse(read("spec.json")) as Record<string, object>;
    assert.deepEqual(spec["settings"], { epochs: 2, seed: 42 });
    assert.equal(spec["model"], "tiny");
    const files = readdirSync(join(given.folder, "data"));
    assert.deepEqual(files.toSorted(), ["train.jsonl", "validation.jsonl"]);
    const exported = JSON.parse(read("export/export.json")) as { lines: Record<string, number> };
    assert.equal(exported.lines["test"], 0);
    assert.equal(read("data/train.jsonl"), read("export/train.jsonl"));
    assert.equal(trained.artefact.kind === "adapter" && trained.artefact.files.length, 2);
    assert.equal(trained.metrics["loss"], 0.125);
    assert.ok(trained.cost.seconds! > 0);
  });

  test("a program that dies is told with its last words", async () => {
    const failure = await failureOf(open("dies"));
    assert.equal(failure.code, "training-program-failed");
    assert.deepEqual(
      [failure.values["ending"], failure.values["reason"]],
      ["exit 3", "CUDA out of memory"],
    );
  });

  test("a cancelled program is asked first, and ended when it does not listen", async () => {
    const given = order();
    const run = startRun(open("stubborn", { graceSeconds: 0.05 }), given);
    while (run.progress.at(-1)?.step !== 2) await run.moved();
    run.cancel();
    assert.equal(((await run.failure()) as ApprenticeError).code, "cancelled");
    assert.deepEqual(started(given).filter(isAlive), []);
  });

  test("a paused program stands still until it is resumed", async () => {
    const given = order();
    const run = startRun(open("waits"), given);
    await run.moved();
    run.pause();
    const [pid] = started(given);
    const isStopped = (): boolean => /\) T /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    while (!isStopped()) await new Promise(setImmediate);
    writeFileSync(join(given.folder, "go"), "");
    run.resume();
    await assertWhole(parts.data, await run.trained);
    assert.equal(run.measured("loss").length, 8);
  });

  test("a program that is not there is said so before and after", async () => {
    const missing = { presets: [customPreset(["no-such-program", "{spec}"], "trl-kto")] };
    const findings = await open("", missing).check(order());
    assert.ok(findings.some(({ code, stops }) => code === "program-missing" && stops));
    const failure = await failureOf(open("", missing));
    assert.deepEqual(
      [failure.code, failure.values["reason"]],
      ["training-program-missing", "ENOENT"],
    );
  });

  test("only what the operator allowed can be started: no other preset, no other model", async () => {
    const trainer = open("good");
    const preset = order({ settings: { preset: "trl-sft" } });
    const base = order({ base: "--output_dir=/" });
    assert.ok((await trainer.check(preset)).some(({ code }) => code === "preset-unknown"));
    assert.ok((await trainer.check(base)).some(({ code }) => code === "base-unknown"));
    assert.equal((await failureOf(trainer, preset)).code, "training-preset-unknown");
    assert.equal((await failureOf(trainer, base)).code, "training-base-unknown");
    assert.equal((await failureOf(open("good", { models: [] }))).code, "training-base-missing");
  });

  test("a program sees nothing of our environment but what it is allowed", async () => {
    const script = "require('fs').writeFileSync('seen', Object.keys(process.env).join())";
    const presets = [customPreset(["{node}", "-e", script], "trl-kto")];
    const given = order();
    await failureOf(open("", { presets, environment: { ALLOWED: "1" } }), given);
    assert.equal(readFileSync(join(given.folder, "seen"), "utf8"), "ALLOWED");
  });
});
