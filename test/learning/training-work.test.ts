import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Job } from "../../src/core/job.ts";
import { silentLog } from "../../src/core/log.ts";
import { newId } from "../../src/core/ids.ts";
import type { Artefact } from "../../src/core/model-version.ts";
import { createJobs } from "../../src/learning/jobs/jobs.ts";
import { createLeaseQueue } from "../../src/learning/jobs/lease-queue.ts";
import { createRegistry } from "../../src/learning/registry/registry.ts";
import { createTrainingWork } from "../../src/learning/training-work.ts";
import type { Trainer, TrainingOrder, TrainingRun } from "../../src/learning/trainers/trainer.ts";
import { openDatabase, type Database } from "../../src/storage/database.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const never = new AbortController().signal;
const artefactOf = (
  order: TrainingOrder,
  data: string,
  sha256: string,
  bytes: number,
): Artefact => ({
  kind: "memory",
  folder: order.folder.slice(data.length + 1),
  file: { path: "memory.bin", sha256, bytes },
});

describe("a trainer that misbehaves", () => {
  let database: Database;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
    database = await openDatabase({ folder: folder.path, log: silentLog });
  });
  after(async () => {
    await database.close();
    await folder.remove();
  });

  /** Runs one job with a trainer that does this, and gives the job's end. */
  async function endOf(
    run: (order: TrainingOrder, run: TrainingRun, data: string) => Promise<Artefact>,
    during: (jobs: ReturnType<typeof createJobs>, job: Job) => Promise<void> = async () => {},
  ): Promise<{ job: Job; models: number }> {
    const data = folder.path;
    const trainer: Trainer = {
      name: "embedded",
      traits: { methods: { embedded: null }, canPause: false, leastRows: 1 },
      check: async () => [],
      estimate: async () => ({ seconds: 1, tokens: null, dollars: 0 }),
      run: async (order, given) => ({
        base: null,
        artefact: await run(order, given, data),
        served: null,
        sunset: null,
        cost: { seconds: 1, tokens: null, dollars: 0 },
        unused: {},
        metrics: {},
      }),
    };
    const registry = createRegistry(database);
    const jobs = createJobs({
      database,
      queue: createLeaseQueue(database),
      works: { train: createTrainingWork({ data, trainers: [trainer], registry }) },
      log: silentLog,
      atOnce: 1,
      alone: true,
      settings: { beat: 20, look: 20, patience: { cancelled: 100, stopped: 100 } },
    });
    const workspace = `web:${newId()}`;
    const started = await jobs.start({
      id: newId(),
      workspace,
      kind: "train",
      order: {
        trainer: "embedded",
        method: "embedded",
        base: null,
        dataset: { name: "shop", version: 1, sha256: "0".repeat(64) },
        settings: {},
      },
      estimate: null,
      person: "web:anna",
      place: { platform: "web", room: "web:room", messageId: null, language: "en" },
    });
    jobs.work();
    let last = started;
    const following = (async () => {
      for await (const { job } of jobs.follow(started.id, never)) last = job;
    })();
    await during(jobs, started);
    await following;
    await jobs.close();
    return { job: last, models: (await registry.list(workspace)).length };
  }

  test("one that dies leaves a failed job and no model", async () => {
    const { job, models } = await endOf(async () => {
      throw new TypeError("of the trainer's own making");
    });
    assert.deepEqual([job.state, job.failure?.code, models], ["failed", "internal", 0]);
  });

  test("one that fills the disk says so", async () => {
    const { job, models } = await endOf(async () => {
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    });
    assert.deepEqual([job.state, job.failure?.code, models], ["failed", "disk-full", 0]);
  });

  test("one that hangs and hears nothing can be cancelled", async () => {
    const { job, models } = await endOf(
      () => new Promise(() => {}),
      async (jobs, job) => jobs.cancel(job),
    );
    assert.deepEqual([job.state, job.failure, models], ["cancelled", null, 0]);
  });

  test("one that reports success without an artefact has failed", async () => {
    const { job, models } = await endOf(async (order, _run, data) =>
      artefactOf(order, data, "0".repeat(64), 10),
    );
    assert.deepEqual(
      [job.state, job.failure?.code, models],
      ["failed", "training-artefact-missing", 0],
    );
  });

  test("one whose artefact is not what it says has failed", async () => {
    for (const [sha256, bytes] of [
      ["0".repeat(64), 5],
      ["0".repeat(64), 6],
    ] as const) {
      const { job, models } = await endOf(async (order, _run, data) => {
        mkdirSync(order.folder, { recursive: true });
        writeFileSync(join(order.folder, "memory.bin"), "bytes");
        return artefactOf(order, data, sha256, bytes);
      });
      assert.deepEqual(
        [job.state, job.failure?.code, models],
        ["failed", "training-artefact-damaged", 0],
      );
    }
  });
});
