import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { silentLog } from "../../src/core/log.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { databaseFile } from "../../src/storage/database-file.ts";
import { answersItsLessons, made, unpack } from "./earlier-databases.ts";

const folder = mkdtempSync(join(tmpdir(), "apprentice-upgrade-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The columns of every table, so that a database can be compared with a new one. */
function shapeOf(path: string): Record<string, string[]> {
  const database = new DatabaseSync(path, { readOnly: true });
  const tables = database
    .prepare("select name from sqlite_master where type = 'table' and name not like '%sqlite%'")
    .all() as { name: string }[];
  const shape = tables.map(({ name }): [string, string[]] => {
    const columns = database.prepare(`pragma table_info("${name}")`).all() as { name: string }[];
    return [name, columns.map((column) => column.name).toSorted()];
  });
  database.close();
  return Object.fromEntries(shape.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

test("a database of every earlier commit opens, and ends up like a new one", async () => {
  const fresh = join(folder, "fresh");
  await (await openDatabase({ folder: fresh, log: silentLog })).close();
  const expected = shapeOf(join(fresh, databaseFile));
  assert.ok(made.length >= 20);
  for (const name of made) {
    const own = join(folder, name);
    const { path, close } = unpack(name, own);
    for (let time = 0; time < 2; time += 1) {
      const database = await openDatabase({ folder: own, log: silentLog });
      const { count } = await database.query
        .selectFrom("example")
        .select((query) => query.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      assert.equal(count, 2, name);
      await database.close();
    }
    assert.deepEqual(shapeOf(path), expected, name);
    close();
  }
});

test("what was taught before an upgrade is answered after it", async () => {
  for (const name of ["50aadf8", "f4b9ee4", "ea82c69", "ac0a303"])
    await answersItsLessons(`${name}.db.gz`, join(folder, `app-${name}`));
});
