import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { silentLog } from "../../src/core/log.ts";
import { createMemories } from "../../src/learning/memories.ts";
import { createRecall, restoreRecall } from "../../src/learning/recall/embedded-recall.ts";
import type { Recall } from "../../src/learning/recall/recall.ts";
import { asTaught, mismatchAsTaught } from "../../src/learning/taught.ts";
import { openDatabase } from "../../src/storage/database.ts";
import type { Database } from "../../src/storage/database.ts";
import { createExamples } from "../../src/storage/examples.ts";
import { createLedger } from "../../src/storage/ledger.ts";
import { createTurns } from "../../src/storage/turns.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const rounds = 100;
/** A fresh data folder now and then, so that a round stays short. */
const roundsPerFolder = 10;
const workspace = "web:local";
const teacher = fileURLToPath(new URL("killed-teacher.ts", import.meta.url));

type Acknowledged = {
  readonly begun?: string;
  readonly finished?: string;
  readonly answer?: string;
  readonly taught?: string;
  readonly exampleIds?: readonly string[];
  readonly undone?: string;
};

/** What a teacher acknowledged before it was killed at a random moment. */
async function teachUntilKilled(folder: string, round: number): Promise<readonly Acknowledged[]> {
  const child = spawn(process.execPath, [teacher, folder, String(round)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  await once(child.stdout, "data");
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 250));
  child.kill("SIGKILL");
  await once(child, "close");
  const lines = output.slice(0, output.lastIndexOf("\n")).split("\n");
  return lines.map((line) => JSON.parse(line) as Acknowledged);
}

async function assertKept(
  database: Database,
  acknowledged: readonly Acknowledged[],
): Promise<void> {
  const turns = createTurns(database);
  const examples = createExamples(database);
  const actions = await database.query.selectFrom("action").selectAll().execute();
  const undoneAt = new Map(actions.map((action) => [action.id, action.undone_at]));
  const made = new Map<string, readonly string[]>();
  for (const { begun, finished, answer, taught, exampleIds = [], undone } of acknowledged) {
    if (begun) assert.ok(await turns.find(workspace, begun), "a turn is lost");
    if (finished) assert.equal((await turns.find(workspace, finished))?.answer, answer);
    if (undone) assert.notEqual(undoneAt.get(undone), null, "an undo is lost");
    if (!taught) continue;
    assert.ok(undoneAt.has(taught), "an action is lost");
    made.set(taught, exampleIds);
  }
  for (const [actionId, exampleIds] of made) {
    for (const id of exampleIds)
      assert.ok(await examples.find(workspace, id), "an example is lost");
    const own = await database.query
      .selectFrom("example")
      .select("status")
      .where("action_id", "=", actionId)
      .execute();
    for (const { status } of own)
      assert.equal(status === "retracted", undoneAt.get(actionId) !== null);
  }
}

/** The view is what the ledger adds up to, and nothing is half-done. */
async function assertWhole(database: Database): Promise<void> {
  const { query } = database;
  const check = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(query);
  assert.equal(check.rows[0]?.integrity_check, "ok");
  await sql`insert into example_search (example_search) values ('integrity-check')`.execute(query);
  const events = await query.selectFrom("example_event").selectAll().orderBy("position").execute();
  assert.deepEqual(
    events.map((event) => event.position),
    events.map((_, index) => index + 1),
  );
  const wordings = events.filter(({ subject }) => subject === "wording");
  const last = new Map(wordings.map((event) => [event.subject_id, event]));
  const examples = await query.selectFrom("example").selectAll().execute();
  assert.equal(last.size, examples.length);
  for (const example of examples) {
    const event = last.get(example.id)!;
    assert.deepEqual([example.status, example.superseded_by], [event.status, event.superseded_by]);
  }
  const halfDone = await query
    .selectFrom("action")
    .leftJoin("correction", "correction.action_id", "action.id")
    .select("action.id")
    .where("action.kind", "=", "corrected")
    .where("correction.id", "is", null)
    .execute();
  assert.deepEqual(halfDone, []);
}

/** What a recall is sure of and what it holds, prompt by prompt. */
const knowledgeOf = (recall: Recall, prompts: readonly string[]) =>
  prompts.map((prompt) => {
    const { tier, answer } = recall.recollect(prompt);
    const held = recall.taughtAt(prompt).toSorted();
    return { prompt, answer: tier === "exact" ? answer : undefined, held };
  });

async function assertMemoryEqualsRebuild(database: Database, folder: string): Promise<void> {
  const examples = createExamples(database);
  const memories = createMemories({
    examples,
    ledger: createLedger(database),
    folder: join(folder, "models"),
    log: silentLog,
    createRecall: () => createRecall(),
    restoreRecall: (bytes) => restoreRecall(bytes),
    refitDelay: 600_000,
  });
  const memory = await memories.of(workspace).finally(() => memories.close());
  const rebuilt = createRecall();
  const prompts: string[] = [];
  for await (const page of examples.active(workspace)) {
    rebuilt.apply({ add: page.map(asTaught), remove: [] });
    prompts.push(...page.map((example) => example.prompt));
  }
  const mismatches = await examples.mismatches(workspace);
  rebuilt.apply({ add: mismatches.map(mismatchAsTaught), remove: [] });
  assert.equal(memory.size, rebuilt.size);
  assert.deepEqual(knowledgeOf(memory, prompts), knowledgeOf(rebuilt, prompts));
}

describe("kill -9 at any moment", () => {
  test(`${rounds} rounds lose nothing that was acknowledged`, async () => {
    let acknowledgements = 0;
    for (let first = 0; first < rounds; first += roundsPerFolder) {
      const folder = await temporaryFolder();
      for (let round = first; round < first + roundsPerFolder; round += 1) {
        const acknowledged = await teachUntilKilled(folder.path, round);
        const database = await openDatabase({ folder: folder.path, log: silentLog });
        await assertKept(database, acknowledged);
        await assertWhole(database);
        await assertMemoryEqualsRebuild(database, folder.path);
        await database.close();
        acknowledgements += acknowledged.length;
      }
      await folder.remove();
    }
    assert.ok(acknowledgements > rounds);
    process.stdout.write(`${acknowledgements} acknowledgements in ${rounds} rounds\n`);
  });
});
