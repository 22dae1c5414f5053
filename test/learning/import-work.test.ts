import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ApprenticeError } from "../../src/core/errors.ts";
import { newId } from "../../src/core/ids.ts";
import type { Job } from "../../src/core/job.ts";
import type { Json } from "../../src/core/reply.ts";
import { createImportWork, importJob, type ImportTask } from "../../src/learning/import-work.ts";
import { keepOne } from "../../src/learning/incoming-files.ts";
import type { JobRun } from "../../src/learning/jobs/work.ts";
import type { Receipt } from "../../src/learning/teaching.ts";
import { wishPaused } from "../../src/storage/job-wishes.ts";
import { addJob, jobWithId } from "../../src/storage/jobs.ts";
import { runApp, type RunningApp } from "../running-app.ts";

/** More than two parts. */
const rows = 4_500;
const text = Array.from({ length: rows }, (_, row) =>
  JSON.stringify({
    prompt: `${(row * 7_919).toString(36)} ${row.toString(36)}?`,
    answer: `A${row % 5}`,
  }),
).join("\n");
const stopped = new Error("stopping");

describe("an import that is interrupted", () => {
  let bot: RunningApp;
  before(async () => {
    bot = await runApp({ APPRENTICE_RECALL_ENCODER: "none" });
  });
  after(() => bot.close());

  let communities = 0;
  async function begun(): Promise<Job> {
    const workspace = `web:import-${(communities += 1)}`;
    const bytes = Buffer.from(text);
    const path = await keepOne({ name: "faq.jsonl", bytes }, { ...bot.app, workspace });
    const person = { id: "web:Ann", name: "Ann", role: "trainer" } as const;
    const task: ImportTask = {
      what: "faq.jsonl",
      path,
      label: "positive",
      format: null,
      teacher: { person, origin: "file" },
      voice: "en",
    };
    const place = { platform: "web", room: "web:x", messageId: null, language: "en" } as const;
    const job = importJob(task, { workspace, person: person.id, place });
    // Paused from the start: nobody works on it but these tests.
    await bot.app.database.transaction(async (query) => {
      await addJob(query, job);
      await wishPaused(query, job.id);
    });
    return (await jobWithId(bot.app.database.query, job.id))!;
  }

  type Attempt = {
    readonly handle?: Json;
    /** Called after each part. */
    readonly told?: (step: number, abort: (reason: unknown) => void) => void;
    /** Bytes that the disk still takes. */
    readonly room?: number;
    /** Refuses to remember a part, as when somebody else has the job. */
    readonly lost?: boolean;
  };

  /** Runs the work once and gives what it remembered and how it ended. */
  async function attempt(
    job: Job,
    { handle = null, told, lost = false, room = Infinity }: Attempt = {},
  ) {
    const work = createImportWork({
      ...bot.app,
      async requireRoom(bytes) {
        if (bytes > room) throw new ApprenticeError("disk-full");
      },
    });
    const controller = new AbortController();
    let kept: Json = handle;
    const run: JobRun = {
      signal: controller.signal,
      resumed: async () => {},
      handle,
      async remember(next) {
        kept = JSON.parse(JSON.stringify(next)) as Json;
      },
      async rememberWithin(query, next) {
        if (lost) {
          controller.abort(stopped);
          throw stopped;
        }
        // It must be the transaction's own query, or SQLite would wait for itself.
        await query.selectFrom("action").select("id").limit(1).execute();
        kept = JSON.parse(JSON.stringify(next)) as Json;
      },
      tell: () => {},
      progress({ step }) {
        told?.(step, (reason) => controller.abort(reason));
      },
    };
    try {
      const done = await work.run(job, run);
      const receipt = await bot.app.database.transaction((query) => done.conclude(query));
      return { kept, receipt: receipt as unknown as Receipt };
    } catch (failure) {
      return { kept, failure };
    }
  }

  const active = async ({ workspace }: Job): Promise<number> =>
    (await bot.app.examples.count(workspace)).active;
  const waiting = async ({ workspace }: Job): Promise<number> =>
    (await bot.app.library.list(workspace)).length;

  test("is refused before its first row when the disk has no room for all of it", async () => {
    const job = await begun();
    const { failure } = await attempt(job, { room: rows * 500 });
    assert.equal((failure as ApprenticeError).code, "disk-full");
    assert.equal(await active(job), 0);
    assert.equal((await attempt(job)).receipt?.added, rows);
  });

  test("goes on after a stop where it was, and teaches nothing twice", async () => {
    const job = await begun();
    const first = await attempt(job, { told: (_step, abort) => abort(stopped) });
    assert.ok(first.failure);
    assert.equal(await active(job), 2_000);
    const second = await attempt(job, {
      handle: first.kept,
      told: (step, abort) => {
        if (step >= 4_000) abort(stopped);
      },
    });
    assert.ok(second.failure);
    assert.equal(await active(job), 4_000);
    const third = await attempt(job, { handle: second.kept });
    assert.deepEqual([third.receipt?.added, third.receipt?.skipped], [rows, 0]);
    assert.equal(await active(job), rows);
    assert.equal(await waiting(job), 0);
    // Killed between the last part and the job's end.
    const fourth = await attempt(job, { handle: third.kept });
    assert.deepEqual(fourth.receipt, third.receipt);
    assert.equal(await active(job), rows);
    const undone = await bot.ask(`!undo ${third.receipt!.actionId.slice(-8)}`, job);
    assert.match(undone, /4,500/);
    assert.equal(await active(job), 0);
  });

  test("is taken back whole when it is cancelled, and its file stays for another try", async () => {
    const job = await begun();
    const cancel = new ApprenticeError("cancelled");
    const ended = await attempt(job, { told: (_step, abort) => abort(cancel) });
    assert.ok(ended.failure);
    assert.equal(await active(job), 0);
    assert.equal(await waiting(job), 1);
    const again = await attempt({ ...job, id: newId() });
    assert.equal(again.receipt?.added, rows);
  });

  test("is not gone on with when somebody undid it meanwhile", async () => {
    const job = await begun();
    const first = await attempt(job, { told: (_step, abort) => abort(stopped) });
    await bot.ask("!undo", { ...job, name: "Ann" });
    assert.equal(await active(job), 0);
    const second = await attempt(job, { handle: first.kept });
    assert.equal((second.failure as ApprenticeError).code, "cancelled");
    assert.equal(await active(job), 0);
  });

  test("writes nothing once somebody else has the job", async () => {
    const job = await begun();
    const { failure } = await attempt(job, { lost: true });
    assert.equal(failure, stopped);
    assert.equal(await active(job), 0);
  });

  test("is taken back when its file is gone in the middle", async () => {
    const job = await begun();
    const first = await attempt(job, { told: (_step, abort) => abort(stopped) });
    for (const { path } of await bot.app.library.list(job.workspace)) {
      await bot.app.library.remove(job.workspace, path);
    }
    const second = await attempt(job, { handle: first.kept });
    assert.equal((second.failure as ApprenticeError).code, "library-file-missing");
    assert.equal(await active(job), 0);
    const bytes = Buffer.from(text);
    const path = await keepOne({ name: "faq.jsonl", bytes }, { ...bot.app, ...job });
    const again = { ...job, order: { ...(job.order as object), path } };
    assert.equal((await attempt(again, { handle: second.kept })).receipt?.added, rows);
  });
});
