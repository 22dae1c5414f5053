import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { newId } from "../../../src/core/ids.ts";
import { silentLog } from "../../../src/core/log.ts";
import { createDatasets } from "../../../src/learning/datasets/datasets.ts";
import { restoreRecall } from "../../../src/learning/recall/embedded-recall.ts";
import { createEmbeddedTrainer } from "../../../src/learning/trainers/embedded/embedded-trainer.ts";
import type { Trainer, TrainingOrder } from "../../../src/learning/trainers/trainer.ts";
import { openDatabase, type Database } from "../../../src/storage/database.ts";
import { createDatasetMemory } from "../../../src/storage/datasets.ts";
import { createExamples } from "../../../src/storage/examples.ts";
import { startRun } from "../../contracts/started-run.ts";
import { trainerContract } from "../../contracts/trainer.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const workspace = "web:trainer";
const subjects = "door key lamp rope boat tent stove map coat drum".split(" ");
const rows = Array.from({ length: 80 }, (_, row) => {
  const subject = subjects[row % subjects.length]!;
  const words = [row, row * 7_919, row * 104_729].map((each) => each.toString(36));
  return JSON.stringify({ prompt: `${subject} ${words.join(" ")}?`, answer: `The ${subject}` });
}).join("\n");

describe("the embedded trainer", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: Database;
  let trainer: Trainer;
  let order: (given?: Partial<TrainingOrder>) => TrainingOrder;
  const retracted = new Set<string>();

  before(async () => {
    folder = await temporaryFolder();
    const data = folder.path;
    database = await openDatabase({ folder: data, log: silentLog });
    const memory = createDatasetMemory(database);
    const examples = createExamples(database);
    const datasets = createDatasets({ data, examples, memory, libraryFiles: async () => [] });
    const { manifest } = await datasets.build({
      teacher: {
        workspace,
        person: { id: "web:anna", name: "Anna", role: "admin" },
        origin: "file",
      },
      name: "shop",
      source: {
        kind: "attached",
        files: [{ name: "shop.jsonl", bytes: Buffer.from(rows) }],
        origin: "file",
      },
      label: "positive",
      attest: false,
      reason: "test",
      voice: "en",
    });
    trainer = createEmbeddedTrainer({
      data,
      memory: { retracted: async () => retracted },
      encoders: { usedName: () => "none", place: { folder: data, timeoutSeconds: 5 } },
    });
    order = (given = {}) => ({
      jobId: newId(),
      workspace,
      method: "embedded",
      base: null,
      dataset: {
        name: "shop",
        version: manifest.version,
        sha256: manifest.files["rows.jsonl"]!.sha256,
      },
      folder: data,
      settings: {},
      ...given,
    });
  });
  after(async () => {
    await database.close();
    await folder.remove();
  });

  trainerContract(() => ({
    trainer,
    data: folder.path,
    order,
    // There is no outside: the thread is gone when `run` has ended.
    begun: async () => 1,
    going: async () => 0,
  }));

  const memoryIn = () => readFileSync(join(folder.path, "memory.bin"));

  test("the same rows and seed give the same bytes, and the loss falls", async () => {
    const first = startRun(trainer, order({ settings: { seed: 7 } }));
    const trained = await first.trained;
    const bytes = memoryIn();
    const losses = first.measured("loss");
    assert.ok(losses.length >= 2 && losses.at(-1)! < losses[0]!);
    assert.ok(first.measured("validation_accuracy").every((share) => share >= 0 && share <= 1));
    const second = await startRun(trainer, order({ settings: { seed: 7 } })).trained;
    assert.deepEqual(second.artefact, trained.artefact);
    assert.deepEqual(memoryIn(), bytes);
    const recall = restoreRecall(bytes);
    assert.equal(recall.recollect("Is there a lamp?").guess, "The lamp");
  });

  test("at most as many passes as were asked for", async () => {
    const run = startRun(trainer, order({ settings: { epochs: 2 } }));
    await run.trained;
    assert.equal(run.measured("loss").length, 2);
  });

  test("a paused training waits between two passes, and can be ended there", async () => {
    const run = startRun(trainer, order());
    await run.moved();
    run.pause();
    const told = run.news.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(run.news.length <= told + 1, "at most the pass that was under way");
    run.resume();
    await run.trained;

    const other = startRun(trainer, order());
    await other.moved();
    other.pause();
    other.stop();
    assert.match(String(await other.failure()), /Apprentice stops/);
  });

  test("what was retracted since the dataset was made is not learned", async () => {
    await startRun(trainer, order()).trained;
    const [id = ""] = /f_[0-9a-f]{24}/.exec(memoryIn().toString("latin1")) ?? [];
    assert.ok(memoryIn().includes(id));
    retracted.add(id);
    const { unused } = await startRun(trainer, order()).trained;
    assert.deepEqual(unused, { retracted: 1 });
    assert.equal(memoryIn().includes(id), false);
    retracted.clear();
  });
});
