import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { silentLog } from "../../src/core/log.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { databaseFile } from "../../src/storage/database-file.ts";
import { openApp } from "../../src/compose.ts";
import { readConfig } from "../../src/config.ts";
import { received, shownFor } from "../received.ts";
import { root } from "../source-files.ts";

/** Databases made by the code of each commit that changed the schema, with two lessons in each. */
const fixtures = join(root, "test/fixtures/databases");
const made = readdirSync(fixtures).filter((name) => name.endsWith(".db.gz"));

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
  console.log(`upgrades: ${made.length} schemas opened`);
});

test("what was taught before an upgrade is answered after it", async () => {
  for (const name of ["50aadf8", "f4b9ee4", "ea82c69", "ac0a303"]) {
    const own = join(folder, `app-${name}`);
    const { close } = unpack(`${name}.db.gz`, join(own, "data"));
    const app = await openApp(readConfig(own, {}).config, silentLog);
    for (const [question, answer] of [
      ["When are you open?", "Every day from ten to six."],
      ["где вы", "На набережной, 5."],
    ] as const) {
      const replies = await shownFor({ app }, received(question));
      assert.equal(replies.at(-1)?.text, answer, name);
    }
    await app.close();
    close();
  }
});

function unpack(name: string, into: string): { readonly path: string; close(): void } {
  mkdirSync(into, { recursive: true });
  const path = join(into, databaseFile);
  writeFileSync(path, gunzipSync(readFileSync(join(fixtures, name))));
  return { path, close: () => rmSync(into, { recursive: true, force: true }) };
}
