import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { ApprenticeError } from "../../../src/core/errors.ts";
import { startRun } from "../../contracts/started-run.ts";
import { commandLimits, commandParts } from "./command-parts.ts";
import { openTuningParts, type TuningParts } from "./tuning-parts.ts";

describe("the trainer of programs that misbehave", () => {
  let parts: TuningParts;
  before(async () => {
    parts = await openTuningParts();
  });
  after(() => parts.close());

  const { open, order, started, failureOf } = commandParts(() => parts);

  for (const manner of ["log", "llamafactory", "huggingface"]) {
    test(`progress is read as ${manner} trainers tell it`, async () => {
      const run = startRun(open(manner), order());
      await run.trained;
      assert.deepEqual(
        run.measured("loss").map((loss) => Math.round(1 / loss)),
        [1, 2, 3, 4, 5, 6, 7, 8],
      );
      assert.deepEqual(run.progress.at(-1), { step: 8, total: 8 });
    });
  }

  test("garbage is passed over, and the words in it are told plainly", async () => {
    const run = startRun(open("garbage"), order());
    await run.trained;
    assert.equal(run.measured("loss").length, 8);
    assert.ok(run.news.some((piece) => piece.kind === "log" && piece.text === "plain words"));
  });

  test("what a program ends with is told, an exit or a signal", async () => {
    const killed = await failureOf(open("killed"));
    assert.equal(killed.values["ending"], "SIGKILL");
  });

  test("success without a model, or with a damaged one, is no success", async () => {
    const lied = await failureOf(open("lies"));
    assert.deepEqual(
      [lied.code, lied.values["missing"]],
      ["training-artefact-missing", "adapter_config.json, adapter_model.safetensors"],
    );
    const cut = await failureOf(open("cuts"));
    assert.deepEqual([cut.code, cut.values["reason"]], ["training-artefact-damaged", "cut off"]);
    assert.equal((await failureOf(open("spoils"))).values["file"], "adapter_config.json");
  });

  test("a program that hangs, runs too long or fills the disk is ended", async () => {
    const silent = { limits: { ...commandLimits, silentMinutes: 0.003 }, graceSeconds: 0.05 };
    assert.equal((await failureOf(open("stubborn", silent))).code, "training-silent");
    const long = { limits: { ...commandLimits, hours: 0.0001 } };
    assert.equal((await failureOf(open("talks", long))).code, "training-too-long");
    const large = { limits: { ...commandLimits, diskGb: 0.01 } };
    assert.equal((await failureOf(open("fills", large))).code, "training-too-large");
  });

  test("a program that listens may end by itself", async () => {
    const given = order();
    const run = startRun(open("polite"), given);
    while (run.progress.at(-1)?.step !== 2) await run.moved();
    run.cancel();
    assert.equal(((await run.failure()) as ApprenticeError).code, "cancelled");
    assert.ok(existsSync(join(given.folder, "asked")));
  });

  test("a program whose supervisor was killed is not started again, and not believed", async () => {
    const given = order();
    const first = startRun(open("good"), given);
    await first.moved();
    const { pid } = JSON.parse(readFileSync(join(given.folder, "supervisor.json"), "utf8")) as {
      pid: number;
    };
    process.kill(pid, "SIGKILL");
    const failure = (await first.failure()) as ApprenticeError;
    assert.equal(failure.code, "training-program-lost");
    assert.equal(started(given).length, 1);
  });
});
