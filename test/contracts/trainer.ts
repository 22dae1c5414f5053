import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ApprenticeError } from "../../src/core/errors.ts";
import type { ArtefactFile } from "../../src/core/model-version.ts";
import {
  trainingFindingCodes,
  type Trained,
  type Trainer,
  type TrainingOrder,
} from "../../src/learning/trainers/trainer.ts";
import { startRun, stopping } from "./started-run.ts";

/** A trainer with an outside world of its own. */
export type TrainerCase = {
  readonly trainer: Trainer;
  /** The data folder. */
  readonly data: string;
  /** An order that it can carry out, and that takes several steps. */
  order(given?: Partial<TrainingOrder>): TrainingOrder;
  /** How many trainings the outside world has begun for an order. */
  begun(order: TrainingOrder): Promise<number>;
  /** How many of them still go on. */
  going(order: TrainingOrder): Promise<number>;
};

/** What every trainer must do, whatever trains behind it. */
export function trainerContract(opened: () => TrainerCase): void {
  test("says what it can do, and lets a good order pass", async () => {
    const { trainer, order } = opened();
    const good = order();
    assert.ok(good.method in trainer.traits.methods);
    assert.ok(trainer.traits.leastRows >= 1);
    const findings = await trainer.check(good);
    assert.deepEqual(
      findings.filter(({ stops }) => stops),
      [],
    );
    for (const { code } of findings) assert.ok(trainingFindingCodes.includes(code));
    const cost = await trainer.estimate(good);
    for (const value of Object.values(cost)) assert.ok(value === null || value >= 0);
  });

  test("an order that it cannot carry out is stopped, and what it ignores is named", async () => {
    const { trainer, order } = opened();
    const methods = ["embedded", "sft", "dpo", "kto"] as const;
    const unable = methods.find((method) => !(method in trainer.traits.methods));
    if (unable) {
      const findings = await trainer.check(order({ method: unable }));
      assert.ok(findings.some(({ code, stops }) => code === "method-unknown" && stops));
    }
    const strange = { ...order().settings, warp: 9 } as TrainingOrder["settings"];
    const findings = await trainer.check(order({ settings: strange }));
    const ignored = findings.filter(({ code }) => code === "setting-unknown");
    assert.deepEqual(
      ignored.map(({ values, stops }) => [values["setting"], stops]),
      [["warp", false]],
    );
  });

  test("trains to the end, tells how it goes, and leaves what its hashes say", async () => {
    const { trainer, order, begun, going, data } = opened();
    const good = order();
    const run = startRun(trainer, good);
    const trained = await run.trained;
    await assertWhole(data, trained);
    assert.ok(run.news.length > 0);
    assert.ok(run.news.some(({ kind }) => kind === "metric"));
    const steps = run.progress.map(({ step }) => step);
    assert.deepEqual(
      steps,
      steps.toSorted((first, second) => first - second),
    );
    for (const { step, total } of run.progress) assert.ok(total === null || step <= total);
    for (const value of Object.values(trained.metrics)) assert.ok(Number.isFinite(value));
    assert.equal(await begun(good), 1);
    assert.equal(await going(good), 0);
  });

  test("the same order again is the same training", async () => {
    const { trainer, order, begun } = opened();
    const good = order();
    const first = startRun(trainer, good);
    const trained = await first.trained;
    const second = startRun(trainer, good, first.handle);
    assert.deepEqual((await second.trained).artefact, trained.artefact);
    assert.equal(await begun(good), 1);
  });

  test("a cancelled training ends outside too", async () => {
    const { trainer, order, begun, going } = opened();
    const good = order();
    const run = startRun(trainer, good);
    await run.moved();
    run.cancel();
    const failure = await run.failure();
    assert.ok(failure instanceof ApprenticeError && failure.code === "cancelled", String(failure));
    assert.equal(await going(good), 0);
    assert.ok((await begun(good)) <= 1);
  });

  test("when Apprentice stops, the training is taken up again, and is still one", async () => {
    const { trainer, order, begun, data } = opened();
    const good = order();
    const first = startRun(trainer, good);
    await first.moved();
    first.stop();
    assert.equal(await first.failure(), stopping);
    const second = startRun(trainer, good, first.handle);
    await assertWhole(data, await second.trained);
    assert.equal(await begun(good), 1);
  });

  test("when Apprentice was stopped before anything was remembered, there is still one", async () => {
    const { trainer, order, begun } = opened();
    const good = order();
    const first = startRun(trainer, good);
    first.stop();
    await first.failure();
    await startRun(trainer, good, first.handle).trained;
    assert.equal(await begun(good), 1);
  });
}

/** Every file of an artefact is there, and is the one that was hashed. */
export async function assertWhole(data: string, { artefact }: Trained): Promise<void> {
  if (artefact.kind === "hosted") return assert.ok(artefact.name && URL.canParse(artefact.url));
  const files: readonly ArtefactFile[] =
    artefact.kind === "memory" ? [artefact.file] : artefact.files;
  assert.ok(files.length > 0);
  for (const { path, sha256, bytes } of files) {
    const content: Buffer = await readFile(join(data, artefact.folder, path));
    assert.equal(content.length, bytes, path);
    assert.equal(createHash("sha256").update(content).digest("hex"), sha256, path);
  }
}
