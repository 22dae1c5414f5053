import { after, before, describe, test } from "node:test";
import { silentLog } from "../../../src/core/log.ts";
import { openDatabase } from "../../../src/storage/database.ts";
import { startPostgres, type PostgresCluster } from "../../postgres-cluster.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { teachingParts } from "../teaching-parts.ts";
import { walk } from "./walk.ts";

/** All of them with FULL=1; a tenth, or fewer, in between. */
const isFull = process.env["FULL"] === "1";
const seed = Number(process.env["APPRENTICE_TEST_SEED"] ?? Math.floor(Date.now() / 1000) % 1e6);
const acts = 40;

describe(`answers against the oracle, from seed ${seed}`, () => {
  let postgres: PostgresCluster;
  before(async () => {
    postgres = await startPostgres();
  });
  after(async () => {
    if (!("missing" in postgres)) await postgres.stop();
  });

  test("in one process on SQLite", async () => {
    const folder = await temporaryFolder();
    const database = await openDatabase({ folder: folder.path, log: silentLog });
    const parts = teachingParts(database, folder.path);
    await walks("SQLite", isFull ? 6_000 : 60, (each) => walk(each, acts, parts));
    await parts.memories.close();
    await database.close();
    await folder.remove();
  });

  test("closed and opened between acts", async () => {
    await walks("SQLite, opened anew", isFull ? 200 : 10, async (each) => {
      const folder = await temporaryFolder();
      const open = async () =>
        teachingParts(await openDatabase({ folder: folder.path, log: silentLog }), folder.path);
      let parts = await open();
      const result = await walk(each, acts, parts, async () => {
        await parts.memories.close();
        await parts.database.close();
        parts = await open();
        return parts;
      });
      await parts.memories.close();
      await parts.database.close();
      await folder.remove();
      return result;
    });
  });

  test("on Postgres", async (context) => {
    if ("missing" in postgres) return context.skip(postgres.missing);
    const folder = await temporaryFolder();
    const url = await postgres.freshDatabase();
    const database = await openDatabase({ folder: folder.path, url, log: silentLog });
    const parts = teachingParts(database, folder.path);
    await walks("Postgres", isFull ? 500 : 10, (each) => walk(each, acts, parts));
    await parts.memories.close();
    await database.close();
    await folder.remove();
  });
});

async function walks(
  name: string,
  count: number,
  one: (seed: number) => ReturnType<typeof walk>,
): Promise<void> {
  const counts: Record<string, number> = {};
  let checks = 0;
  for (let each = seed; each < seed + count; each += 1) {
    const result = await one(each);
    checks += result.checks;
    for (const [kind, times] of Object.entries(result.counts))
      counts[kind] = (counts[kind] ?? 0) + times;
  }
  console.log(
    `answers on ${name}: ${count} walks of ${acts} acts, ${checks} states compared`,
    counts,
  );
}
