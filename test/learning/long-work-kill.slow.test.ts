import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { createConsoleClient, type ConsoleClient } from "../../src/console/client.ts";
import { silentLog } from "../../src/core/log.ts";
import type { Reply } from "../../src/core/reply.ts";
import { openDatabase, type Database } from "../../src/storage/database.ts";
import { jobEvents, listJobs } from "../../src/storage/jobs.ts";
import { madeUpLines as lines } from "../made-up-lines.ts";
import { startServer, workFolder, type RunningServer } from "../cli/running-process.ts";

const longestLife = 1_500;

const clientOf = ({ url }: RunningServer): ConsoleClient =>
  createConsoleClient(url, {
    workspace: "web:local",
    room: "web:kill",
    language: "en",
    signal: AbortSignal.timeout(120_000),
  });

const file = (count: number) => ({
  name: "rows.jsonl",
  mediaType: "text/plain",
  bytes: Buffer.from(lines(count)),
});

/** Starts long work, kills the process at a random moment, and lets the next one finish it. */
async function killedOnce(
  prepare: (folder: string) => void,
  start: (client: ConsoleClient) => Promise<Reply>,
  check: (database: Database, folder: string) => Promise<void>,
): Promise<void> {
  const work = workFolder();
  try {
    prepare(work.path);
    const server = await startServer(work.path);
    const reply = await start(clientOf(server));
    assert.ok(reply.jobId, reply.text);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * longestLife));
    await server.stop("SIGKILL");

    const again = await startServer(work.path);
    let state = "";
    for await (const { job } of clientOf(again).followJob(reply.jobId)) state = job.state;
    await again.stop("SIGKILL");
    assert.equal(state, "succeeded");
    const folder = join(work.path, "data");
    const database = await openDatabase({ folder, log: silentLog });
    try {
      const jobs = await listJobs(database.query, { limit: 10 });
      assert.deepEqual(
        jobs.map((job) => [job.id, job.state]),
        [[reply.jobId, "succeeded"]],
      );
      const events = await jobEvents(database.query, reply.jobId, 0, 10_000);
      const ends = events.filter((event) => event.kind === "state" && event.state === "succeeded");
      assert.equal(ends.length, 1);
      await check(database, folder);
    } finally {
      await database.close();
    }
  } finally {
    work.remove();
  }
}

const count = async (
  { query }: Database,
  table: "example" | "action" | "evaluation",
): Promise<number> => (await query.selectFrom(table).select("id").execute()).length;

describe("kill -9 in the middle of long work", () => {
  test("20 imports: each row is there once, from one act", async () => {
    for (let round = 0; round < 20; round += 1) {
      await killedOnce(
        () => {},
        (client) => client.runCommand("import", { as: "knowledge", yes: true }, [file(16_000)]),
        async (database) => {
          assert.equal(await count(database, "example"), 16_000);
          assert.equal(await count(database, "action"), 1);
        },
      );
    }
  });

  test("6 tests: each is kept once", async () => {
    for (let round = 0; round < 6; round += 1) {
      await killedOnce(
        () => {},
        (client) => client.runCommand("test", {}, [file(30_000)]),
        async (database) => assert.equal(await count(database, "evaluation"), 1),
      );
    }
  });

  test("6 archives: each is made once, and no half of one stays", async () => {
    for (let round = 0; round < 6; round += 1) {
      await killedOnce(
        (folder) => {
          const library = join(folder, "data", "library", "web_local", "letters");
          mkdirSync(library, { recursive: true });
          const bytes = Buffer.alloc(30_000_000, lines(1_000));
          for (const name of ["a", "b", "c", "d"]) writeFileSync(join(library, name), bytes);
        },
        (client) => client.runCommand("archive", { directory: "letters" }),
        async (_database, folder) => {
          const names = readdirSync(join(folder, "archives", "web_local"));
          assert.equal(names.length, 1, names.join());
          assert.match(names[0]!, /^letters-.+\.zip$/);
        },
      );
    }
  });
});
