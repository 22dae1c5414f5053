import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { ApprenticeError } from "../../src/core/errors.ts";
import { silentLog } from "../../src/core/log.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { assertMemoryEqualsRebuild } from "../contracts/teaching.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { answeredTurn, teacherIn, teachingParts } from "./teaching-parts.ts";

test("a full disk refuses what it cannot keep, whole, and everything works again afterwards", async (context) => {
  const folder = await temporaryFolder();
  const database = await openDatabase({ folder: folder.path, log: silentLog });
  const parts = teachingParts(database, folder.path);
  context.after(async () => {
    await parts.memories.close();
    await database.close();
    await folder.remove();
  });
  const admin = teacherIn("web:local", "admin");
  const lessons = Array.from({ length: 2_000 }, (_, number) => ({
    prompt: `question ${number}`,
    answer: "a long answer ".repeat(40),
    label: "positive" as const,
  }));
  await parts.teaching.teach(admin, { ...lessons[0]!, answer: "kept" });
  const pages = await sql<{ page_count: number }>`pragma page_count`.execute(database.query);
  const limit = (count: number) =>
    sql.raw(`pragma max_page_count = ${count}`).execute(database.query);

  await limit(pages.rows[0]!.page_count + 60);
  await assert.rejects(parts.teaching.importLessons(admin, lessons), { code: "disk-full" });
  assert.equal((await parts.examples.count("web:local")).active, 1);
  assert.equal(await parts.ledger.position("web:local"), 1);
  await assertMemoryEqualsRebuild(parts, "web:local");
  await limit(1);
  const huge = "x".repeat(500_000);
  await assert.rejects(answeredTurn(parts, "web:local", huge, huge), { code: "disk-full" });
  assert.equal((await parts.memories.of("web:local")).recollect("question 0").answer, "kept");

  await limit(1_000_000);
  assert.equal((await parts.teaching.importLessons(admin, lessons)).added, 1_999);
  await assertMemoryEqualsRebuild(parts, "web:local");
});

test("a disk that fills up under a statement is told as full, not as an inner fault", async (context) => {
  const folder = await temporaryFolder();
  const database = await openDatabase({ folder: folder.path, log: silentLog });
  context.after(async () => {
    await database.close();
    await folder.remove();
  });
  await assert.rejects(
    database.transaction(async (query) => {
      // As SQLite does it by itself when the file system has no room left.
      await sql`rollback`.execute(query);
      throw new ApprenticeError("disk-full");
    }),
    { code: "disk-full" },
  );
  assert.equal(
    (await sql<{ one: number }>`select 1 as one`.execute(database.query)).rows.length,
    1,
  );
});
