import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { silentLog } from "../../src/core/log.ts";
import { openDatabase } from "../../src/storage/database.ts";
import type { Database } from "../../src/storage/database.ts";
import { createWorkspaces } from "../../src/storage/workspaces.ts";
import { jobsContract } from "../contracts/jobs.ts";
import { registryContract } from "../contracts/registry.ts";
import { storageContract } from "../contracts/storage.ts";
import { makeFolder } from "../../src/storage/make-folder.ts";
import { unusableFolder } from "../../src/storage/unusable-folder.ts";
import { temporaryFolder } from "../temporary-folder.ts";

describe("storage on SQLite", () => {
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

  storageContract(() => database);
  jobsContract(() => database);
  registryContract(() => database);

  test("commits reach the disk before they are acknowledged, also after a quick one", async () => {
    await database.quickTransaction(async () => {});
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(database.query);
    assert.equal(rows[0]?.synchronous, 2);
    const journal = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(
      database.query,
    );
    assert.equal(journal.rows[0]?.journal_mode, "wal");
  });
});

describe("opening an embedded database", () => {
  test("what was stored is there when it is opened again", async () => {
    const folder = await temporaryFolder();
    const open = () => openDatabase({ folder: folder.path, log: silentLog });
    const first = await open();
    await createWorkspaces(first).giveRole("web:local", "web:anna", "admin");
    await first.close();
    const second = await open();
    assert.equal(await createWorkspaces(second).roleOf("web:local", "web:anna"), "admin");
    await second.close();
    await folder.remove();
  });

  test("a database written by a newer program is refused and stays unchanged", async () => {
    const folder = await temporaryFolder();
    const open = () => openDatabase({ folder: folder.path, log: silentLog });
    const first = await open();
    const name = "2999-01-01-flying";
    await sql`insert into kysely_migration values (${name}, '2999')`.execute(first.query);
    await first.close();
    const refusal = { code: "database-newer", values: { migration: name } };
    await assert.rejects(open(), refusal);
    await assert.rejects(open(), refusal);
    await folder.remove();
  });

  test("a folder that cannot be used is said so", async () => {
    const noRoom = Object.assign(new Error("disk I/O error"), { errcode: 4874 });
    assert.equal(unusableFolder("data", noRoom).code, "disk-full");
    if (process.platform === "linux")
      await assert.rejects(makeFolder("/proc/apprentice/data"), { code: "ENOENT" });
    await assert.rejects(openDatabase({ folder: "/dev/null/data", log: silentLog }), {
      code: "data-folder-unusable",
    });
  });
});
