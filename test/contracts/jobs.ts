import assert from "node:assert/strict";
import { test } from "node:test";
import { ApprenticeError } from "../../src/core/errors.ts";
import { newId } from "../../src/core/ids.ts";
import { isFinal, type Job, type JobEvent, type JobState } from "../../src/core/job.ts";
import { silentLog } from "../../src/core/log.ts";
import type { Json } from "../../src/core/reply.ts";
import { createJobs, type Jobs } from "../../src/learning/jobs/jobs.ts";
import type { Claim } from "../../src/learning/jobs/queue.ts";
import { createLeaseQueue } from "../../src/learning/jobs/lease-queue.ts";
import type { JobRun, JobWork } from "../../src/learning/jobs/work.ts";
import type { Database } from "../../src/storage/database.ts";
import type { NewJob } from "../../src/storage/jobs.ts";

const newJob = (order: Json = {}): NewJob => ({
  id: newId(),
  workspace: `web:${newId()}`,
  kind: "train",
  order,
  estimate: { seconds: 3, tokens: null, dollars: 0 },
  person: "web:anna",
  place: { platform: "web", room: "web:room", messageId: null, language: "ru" },
});
const never = new AbortController().signal;
const settings = { beat: 20, look: 20, patience: { cancelled: 100, stopped: 100 } };

/** Work that ends when the test says so. */
function stage(run?: (job: Job, run: JobRun) => Promise<void>) {
  const begun = Promise.withResolvers<JobRun>();
  const work: JobWork = {
    canPause: () => true,
    async run(job, given) {
      begun.resolve(given);
      await run?.(job, given);
      return { cost: null, conclude: async () => ({ done: true }) };
    },
  };
  return { work, begun: begun.promise };
}

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

async function ended(jobs: Jobs, id: string): Promise<{ job: Job; events: readonly JobEvent[] }> {
  const events: JobEvent[] = [];
  let last: Job | undefined;
  for await (const moment of jobs.follow(id, never)) {
    events.push(...moment.events);
    last = moment.job;
  }
  assert.ok(last && isFinal(last.state));
  return { job: last, events };
}

async function until(jobs: Jobs, id: string, state: JobState): Promise<void> {
  for await (const { job } of jobs.follow(id, never)) if (job.state === state) return;
}

const statesIn = (events: readonly JobEvent[]) =>
  events.flatMap((event) => (event.kind === "state" ? [event.state] : []));

/** What the queue and the jobs in it must do on every database engine. */
export function jobsContract(opened: () => Database): void {
  const fresh = async (): Promise<Database> => {
    const database = opened();
    await database.query.deleteFrom("job_event").execute();
    await database.query.deleteFrom("job").execute();
    return database;
  };
  const withJobs = async (
    work: JobWork,
    use: (jobs: Jobs, database: Database) => Promise<void>,
  ): Promise<void> => {
    const database = await fresh();
    const queue = createLeaseQueue(database, { lease: 10_000, attempts: 3 });
    const options = { database, queue, works: { train: work }, log: silentLog, atOnce: 2 };
    const jobs = createJobs({ ...options, alone: true, settings });
    jobs.work();
    await use(jobs, database).finally(() => jobs.close());
  };

  test("however many ask at once, each job is claimed by one", async () => {
    const database = await fresh();
    const queue = createLeaseQueue(database);
    const added = Array.from({ length: 5 }, () => newJob());
    await database.transaction(async (query) => {
      for (const job of added) await queue.add(query, job);
    });
    const claims = await Promise.all(Array.from({ length: 20 }, () => queue.claim()));
    const claimed = claims.flatMap((claim) => claim?.job.id ?? []);
    assert.deepEqual(claimed.toSorted(), added.map(({ id }) => id).toSorted());
    assert.ok(claims.every((claim) => !claim || claim.job.state === "running"));
  });

  test("a job is done by the process that has what it needs, and counts as begun once", async () => {
    const database = await fresh();
    const { work, begun } = stage();
    const without = stage(async () => assert.fail("begun where its files are not"));
    const open = (train: JobWork): Jobs =>
      createJobs({
        database,
        queue: createLeaseQueue(database, { lease: 10_000, attempts: 3 }),
        works: { train },
        log: silentLog,
        atOnce: 1,
        alone: false,
        settings,
      });
    const poor = open({ ...without.work, isPossible: async () => false });
    const rich = open({ ...work, isPossible: async () => true });
    try {
      poor.work();
      const { id } = await poor.start(newJob());
      // It is looked at several times, and stays in the queue.
      await new Promise((resolve) => setTimeout(resolve, settings.look * 15));
      const [waiting] = await poor.list({ states: ["queued"], limit: 10 });
      assert.equal(waiting?.id, id);
      rich.work();
      await begun;
      const { job, events } = await ended(rich, id);
      assert.equal(job.state, "succeeded");
      assert.deepEqual(statesIn(events), ["queued", "running", "succeeded"]);
      const { attempts } = await database.query
        .selectFrom("job")
        .select("attempts")
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      assert.equal(attempts, 1);
    } finally {
      await poor.close();
      await rich.close();
    }
  });

  test("a worker takes only the kinds it is for", async () => {
    const database = await fresh();
    const queue = createLeaseQueue(database);
    const [first, second] = [newJob(), { ...newJob(), kind: "import" as const }];
    await database.transaction(async (query) => {
      for (const job of [first, second]) await queue.add(query, job);
    });
    assert.equal((await queue.claim(["import", "archive"]))?.job.id, second.id);
    assert.equal(await queue.claim(["import", "archive"]), undefined);
    assert.equal((await queue.claim(["train"]))?.job.id, first.id);
  });

  test("what is remembered in a transaction comes and goes with it, and only for who has the job", async () => {
    const database = await fresh();
    const queue = createLeaseQueue(database, { lease: -1, attempts: 9 });
    await database.transaction((query) => queue.add(query, newJob()));
    const first = (await queue.claim())!;
    const remember = (claim: Claim, handle: Json, fails = false) =>
      database.transaction(async (query) => {
        const wish = await queue.beat(claim, { handle }, query);
        if (fails) throw new Error("in the middle");
        return wish;
      });
    assert.equal(await remember(first, "kept"), undefined);
    await assert.rejects(remember(first, "lost", true), /in the middle/u);
    const second = (await queue.claim())!;
    assert.equal(second.handle, "kept");
    assert.equal(await remember(first, "late"), "lost");
    assert.equal((await queue.claim())?.handle, "kept");
  });

  test("a job that is queued in a transaction that fails is not there", async () => {
    const database = await fresh();
    const queue = createLeaseQueue(database);
    const failing = database.transaction(async (query) => {
      await queue.add(query, newJob());
      throw new Error("in the middle");
    });
    await assert.rejects(failing, /in the middle/u);
    assert.equal(await queue.claim(), undefined);
  });

  test("a worker that was not heard of loses its job and cannot end it any more", async () => {
    const database = await fresh();
    const queue = createLeaseQueue(database, { lease: -1, attempts: 5 });
    const job = newJob();
    await database.transaction((query) => queue.add(query, job));
    const first = (await queue.claim())!;
    await queue.beat(first, { handle: { remote: "ft-1" } });
    const second = (await queue.claim())!;
    assert.equal(second.job.id, job.id);
    assert.deepEqual(second.handle, { remote: "ft-1" });
    assert.equal(second.job.attempts, 2);
    const ending = { state: "succeeded", result: 1, failure: null, cost: null } as const;
    assert.equal(await queue.beat(first, {}), "lost");
    assert.equal(await database.transaction((query) => queue.settle(query, first, ending)), false);
    assert.equal(await database.transaction((query) => queue.settle(query, second, ending)), true);
    assert.equal(await database.transaction((query) => queue.settle(query, second, ending)), false);
    assert.equal(await queue.claim(), undefined);
  });

  test("a job whose workers keep dying is given up, and says so", async () => {
    const database = await fresh();
    const queue = createLeaseQueue(database, { lease: -1, attempts: 2 });
    const job = newJob();
    await database.transaction((query) => queue.add(query, job));
    assert.ok(await queue.claim());
    assert.deepEqual(await queue.sweep(), []);
    assert.ok(await queue.claim());
    assert.equal(await queue.claim(), undefined);
    assert.deepEqual(await queue.sweep(), [job.id]);
    assert.deepEqual(await queue.sweep(), []);
    const jobs = createJobs({
      database,
      queue,
      works: {},
      log: silentLog,
      atOnce: 1,
      alone: false,
    });
    const { job: found } = await ended(jobs, job.id);
    assert.equal(found.state, "failed");
    assert.equal(found.failure?.code, "job-attempts");
  });

  test("a job comes back as it was given, only in its workspace", async () => {
    await withJobs(stage().work, async (jobs) => {
      const given = newJob({ dataset: "лавка 🦊", version: 3 });
      const job = await jobs.start(given);
      const { id, workspace, kind, order, estimate, person, place } = job;
      assert.deepEqual({ id, workspace, kind, order, estimate, person, place }, given);
      assert.equal((await jobs.find(given.workspace, given.id.slice(-8))).id, given.id);
      assert.equal((await jobs.find(given.workspace, "last")).id, given.id);
      await assert.rejects(jobs.find("web:elsewhere", given.id), { code: "job-missing" });
      await assert.rejects(jobs.find(given.workspace, "%"), { code: "job-missing" });
      const { job: done, events } = await ended(jobs, given.id);
      assert.equal(done.state, "succeeded");
      assert.deepEqual(done.result, { done: true });
      assert.ok(done.startedAt! <= done.finishedAt!);
      assert.deepEqual(statesIn(events), ["queued", "running", "succeeded"]);
      assert.deepEqual(
        events.map(({ number }) => number),
        events.map((_, index) => index + 1),
      );
    });
  });

  test("what came of a job and its end are written together or not at all", async () => {
    const workspace = `web:${newId()}`;
    const work: JobWork = {
      canPause: () => false,
      run: async (job) => ({
        cost: null,
        async conclude(query) {
          await query
            .insertInto("person_role")
            .values({ workspace, person: job.id, role: "admin" })
            .execute();
          if (job.order === "break") throw new Error("in the middle");
          return { kept: true };
        },
      }),
    };
    await withJobs(work, async (jobs, database) => {
      const kept = async (id: string) =>
        (
          await database.query
            .selectFrom("person_role")
            .selectAll()
            .where("person", "=", id)
            .execute()
        ).length;
      const broken = await jobs.start(newJob("break"));
      assert.equal((await ended(jobs, broken.id)).job.state, "failed");
      assert.equal(await kept(broken.id), 0);
      const whole = await jobs.start(newJob("whole"));
      assert.deepEqual((await ended(jobs, whole.id)).job.result, { kept: true });
      assert.equal(await kept(whole.id), 1);
    });
  });

  test("a failure keeps its code and values", async () => {
    const { work } = stage(async () => {
      throw new ApprenticeError("dataset-damaged", { name: "shop", version: 2 });
    });
    await withJobs(work, async (jobs) => {
      const { id } = await jobs.start(newJob());
      const { job } = await ended(jobs, id);
      assert.equal(job.state, "failed");
      assert.equal(job.failure?.code, "dataset-damaged");
      assert.deepEqual(job.failure?.values, { name: "shop", version: 2 });
      await assert.rejects(jobs.cancel(job), { code: "job-over" });
      const again = await jobs.retry(job, job.person, job.place);
      assert.notEqual(again.id, id);
      assert.deepEqual(again.order, job.order);
      await ended(jobs, again.id);
    });
  });

  test("a failure that may pass is tried again later", async () => {
    const { work, begun } = stage(async () => {
      throw new ApprenticeError("model-unreachable");
    });
    await withJobs(work, async (jobs, database) => {
      const { id } = await jobs.start(newJob());
      await begun;
      for await (const { job } of jobs.follow(id, never))
        if (job.state === "queued" && job.attempts === 1) break;
      const row = await database.query
        .selectFrom("job")
        .select(["run_at", "created_at"])
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      assert.ok(row.run_at > row.created_at + 5_000);
      await jobs.cancel(await jobs.find((await jobs.list({ limit: 1 }))[0]!.workspace, "last"));
    });
  });

  test("a running job is cancelled at once, also when it does not listen", async () => {
    const { work, begun } = stage(async (job, { signal }) => {
      await (job.order === "deaf" ? new Promise(() => {}) : whenAborted(signal));
    });
    await withJobs(work, async (jobs) => {
      for (const order of ["listens", "deaf"]) {
        const job = await jobs.start(newJob(order));
        await begun;
        await until(jobs, job.id, "running");
        await jobs.cancel(job);
        const done = await ended(jobs, job.id);
        assert.equal(done.job.state, "cancelled", order);
        assert.equal(done.job.failure, null);
      }
    });
  });

  test("a waiting job is cancelled without being begun", async () => {
    const database = await fresh();
    const queue = createLeaseQueue(database);
    const jobs = createJobs({
      database,
      queue,
      works: {},
      log: silentLog,
      atOnce: 1,
      alone: true,
    });
    const job = await jobs.start(newJob());
    await jobs.cancel(job);
    assert.deepEqual(statesIn((await ended(jobs, job.id)).events), ["queued", "cancelled"]);
    assert.equal(await queue.claim(), undefined);
  });

  test("a paused job waits, goes on when resumed, and can be cancelled", async () => {
    const steps: string[] = [];
    const { work, begun } = stage(async (_job, run) => {
      while (!steps.includes("go")) {
        await run.resumed();
        steps.push("step");
        run.progress({ step: steps.length, total: null });
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
    await withJobs(work, async (jobs) => {
      const job = await jobs.start(newJob());
      await begun;
      await until(jobs, job.id, "running");
      await jobs.pause(await jobs.find(job.workspace, job.id));
      await until(jobs, job.id, "paused");
      await new Promise((resolve) => setTimeout(resolve, 20));
      const paused = steps.length;
      await new Promise((resolve) => setTimeout(resolve, 30));
      assert.equal(steps.length, paused);
      await jobs.resume(await jobs.find(job.workspace, job.id));
      await until(jobs, job.id, "running");
      await assert.rejects(jobs.resume(job), { code: "job-not-paused" });
      await jobs.pause(job);
      await until(jobs, job.id, "paused");
      await jobs.resume(job);
      await until(jobs, job.id, "running");
      steps.push("go");
      const { events } = await ended(jobs, job.id);
      assert.deepEqual(statesIn(events), [
        "queued",
        "running",
        "paused",
        "running",
        "paused",
        "running",
        "succeeded",
      ]);
      steps.length = 0;
      const other = await jobs.start(newJob());
      await until(jobs, other.id, "running");
      await jobs.pause(other);
      await until(jobs, other.id, "paused");
      await jobs.cancel(other);
      assert.equal((await ended(jobs, other.id)).job.state, "cancelled");
    });
  });

  test("when Apprentice stops, a job goes on after the next start with what it remembered", async () => {
    const database = await fresh();
    const queue = createLeaseQueue(database);
    const first = stage(async (_job, run) => {
      await run.remember({ remote: "ft-7" });
      await whenAborted(run.signal);
    });
    const options = { database, queue, log: silentLog, atOnce: 1, alone: true, settings };
    const before = createJobs({ ...options, works: { train: first.work } });
    const { id } = await before.start(newJob());
    before.work();
    await first.begun;
    await until(before, id, "running");
    await before.close();
    const [left] = await before.list({ limit: 1 });
    assert.deepEqual([left?.state, left?.attempts], ["queued", 0]);

    const second = stage();
    const after = createJobs({ ...options, works: { train: second.work } });
    after.work();
    assert.deepEqual((await second.begun).handle, { remote: "ft-7" });
    const { job, events } = await ended(after, id);
    assert.equal(job.state, "succeeded");
    assert.deepEqual(statesIn(events), ["queued", "running", "running", "succeeded"]);
    await after.close();
  });

  test("a job that was paused when Apprentice stopped stays so until it is resumed", async () => {
    const database = await fresh();
    const queue = createLeaseQueue(database);
    const { work, begun } = stage(async (_job, run) => {
      for (;;) {
        await run.resumed();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
    const options = { database, queue, log: silentLog, atOnce: 1, alone: true, settings };
    const before = createJobs({ ...options, works: { train: work } });
    const job = await before.start(newJob());
    before.work();
    await begun;
    await before.pause(job);
    await until(before, job.id, "paused");
    await before.close();
    const after = createJobs({ ...options, works: { train: stage().work } });
    after.work();
    assert.equal((await after.find(job.workspace, "last")).state, "paused");
    assert.equal(await queue.claim(), undefined);
    await after.resume(job);
    assert.equal((await ended(after, job.id)).job.state, "succeeded");
    await after.close();
  });

  test("what a job prints is kept within bounds, and its numbers are numbers", async () => {
    const { work } = stage(async (_job, run) => {
      for (let line = 0; line < 8_000; line++)
        run.tell({ kind: "log", text: `line ${line} \u001b[31mred\u001b[0m\u0000 \ud83d` });
      run.tell({ kind: "log", text: "x".repeat(1_000_000) });
      run.tell({
        kind: "metric",
        step: 1,
        values: { loss: 0.5, bad: Number.NaN, worse: Infinity },
      });
      run.progress({ step: 5, total: 10 });
    });
    await withJobs(work, async (jobs) => {
      const { id } = await jobs.start(newJob());
      const { job, events } = await ended(jobs, id);
      const logged = events.filter(({ kind }) => kind === "log");
      assert.ok(logged.length < 5_001);
      assert.equal(logged[0]?.kind === "log" && logged[0].text, "line 0 red \ufffd");
      assert.ok(events.some((event) => event.kind === "note" && event.code === "lines-left-out"));
      const metric = events.find((event) => event.kind === "metric");
      assert.deepEqual(metric?.values, { loss: 0.5 });
      assert.equal(job.state, "succeeded");
    });
  });
}
