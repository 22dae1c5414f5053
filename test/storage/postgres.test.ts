import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { join } from "node:path";
import { silentLog } from "../../src/core/log.ts";
import { backup } from "../../src/storage/backup.ts";
import { listCorrections } from "../../src/storage/corrections.ts";
import { openDatabase } from "../../src/storage/database.ts";
import type { Database } from "../../src/storage/database.ts";
import { createExamples } from "../../src/storage/examples.ts";
import { createLedger } from "../../src/storage/ledger.ts";
import { restore } from "../../src/storage/restore.ts";
import { createTurns } from "../../src/storage/turns.ts";
import { createWorkspaces } from "../../src/storage/workspaces.ts";
import { jobsContract } from "../contracts/jobs.ts";
import { registryContract } from "../contracts/registry.ts";
import { reviewContract } from "../contracts/review.ts";
import { storageContract } from "../contracts/storage.ts";
import { teachingContract } from "../contracts/teaching.ts";
import { teachingParts } from "../learning/teaching-parts.ts";
import type { TeachingParts } from "../learning/teaching-parts.ts";
import { startPostgres } from "../postgres-cluster.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** What a person could tell two databases apart by. */
async function everything(database: Database): Promise<unknown> {
  const examples = createExamples(database);
  const ledger = createLedger(database);
  const workspaces = await createWorkspaces(database).list();
  const contents = workspaces.map(async (workspace) => ({
    workspace,
    settings: await createWorkspaces(database).settings(workspace),
    examples: await examples.list({ workspace, limit: 200 }),
    found: await examples.list({ workspace, search: "обученная dog answers елка", limit: 200 }),
    events: await ledger.since(workspace, 0, 10_000),
    turns: await createTurns(database).list(workspace, "web:room", { limit: 1_000 }),
    corrections: await listCorrections(database.query, workspace),
  }));
  return Promise.all(contents);
}

const cluster = await startPostgres();
const folder = await temporaryFolder();

if ("missing" in cluster) {
  test("storage on Postgres", { skip: cluster.missing }, () => {});
  process.stdout.write(`Postgres tests are skipped: ${cluster.missing}\n`);
  await folder.remove();
} else {
  describe("storage on Postgres", () => {
    let database: Database;
    before(async () => {
      const url = await cluster.freshDatabase();
      database = await openDatabase({ folder: folder.path, url, log: silentLog });
    });
    after(async () => {
      await database.close();
      await cluster.stop();
      await folder.remove();
    });

    storageContract(() => database);
    jobsContract(() => database);
    registryContract(() => database);

    describe("teaching", () => {
      let parts: TeachingParts;
      before(() => {
        parts = teachingParts(database, folder.path);
      });
      after(() => parts.memories.close());
      teachingContract(() => parts);
      reviewContract(() => parts);
    });

    test("a backup goes from Postgres into an embedded database and back", async () => {
      const archive = join(folder.path, "postgres.tar.zst");
      await backup({ folder: folder.path, database, target: archive });
      const original = await everything(database);

      const embeddedFolder = join(folder.path, "embedded");
      await restore({ archive, folder: embeddedFolder, log: silentLog });
      const embedded = await openDatabase({ folder: embeddedFolder, log: silentLog });
      assert.deepEqual(await everything(embedded), original);
      const again = join(folder.path, "embedded.tar.zst");
      await backup({ folder: embeddedFolder, database: embedded, target: again });
      await embedded.close();

      const url = await cluster.freshDatabase();
      const back = { archive: again, folder: join(folder.path, "back"), url, log: silentLog };
      await restore(back);
      const returned = await openDatabase(back);
      assert.deepEqual(await everything(returned), original);
      await returned.close();
      await assert.rejects(restore({ ...back, folder: join(folder.path, "twice") }), {
        code: "backup-target-exists",
      });
    });

    test("a server that cannot be reached is said so, without the password", async () => {
      const url = "postgres://someone:secret@127.0.0.1:1/nothing";
      await assert.rejects(openDatabase({ folder: folder.path, url, log: silentLog }), {
        code: "database-unreachable",
        values: { reason: "ECONNREFUSED" },
      });
    });
  });
}
