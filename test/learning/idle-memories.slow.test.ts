import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { silentLog } from "../../src/core/log.ts";
import { createTeaching } from "../../src/learning/create-teaching.ts";
import { createMemories, type Memories } from "../../src/learning/memories.ts";
import type { Teaching } from "../../src/learning/teaching.ts";
import { createRecall, restoreRecall } from "../../src/learning/recall/embedded-recall.ts";
import { openDatabase, type Database } from "../../src/storage/database.ts";
import { createExamples } from "../../src/storage/examples.ts";
import { createLedger } from "../../src/storage/ledger.ts";
import { createWorkspaces } from "../../src/storage/workspaces.ts";
import { eventually } from "../cli/running-process.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { teacherIn } from "./teaching-parts.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Bytes that this process holds on to, in the heap and beside it. */
function held(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const communities = ["discord:1", "discord:2", "discord:3"];
const rows = 1_500;

describe("communities that nobody asks", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: Database;
  let memories: Memories;
  let teaching: Teaching;
  const counts = { loaded: 0, forgotten: 0 };
  before(async () => {
    folder = await temporaryFolder();
    database = await openDatabase({ folder: folder.path, log: silentLog });
    const examples = createExamples(database);
    memories = createMemories({
      examples,
      ledger: createLedger(database),
      folder: folder.path,
      log: silentLog,
      createRecall: () => createRecall({}),
      restoreRecall(bytes) {
        counts.loaded += 1;
        return restoreRecall(bytes, {});
      },
      follower: { learn: async () => {}, forget: () => void (counts.forgotten += 1) },
      refitDelay: 100,
      idleAfter: 4_000,
    });
    teaching = createTeaching({
      database,
      examples,
      workspaces: createWorkspaces(database),
      memories,
    });
  });
  after(async () => {
    await memories.close();
    await database.close();
    await folder.remove();
  });

  test("are unloaded, their memory is given back, and the next question is answered as before", async () => {
    const lessons = Array.from({ length: rows }, (_, row) => ({
      prompt: `Where in hall ${row % 97} does shelf number ${row} stand?`,
      answer: `On floor ${row % 12}.`,
      label: "positive" as const,
    }));
    const fill = (workspace: string) =>
      teaching.importLessons(teacherIn(workspace, "trainer"), lessons);
    const letGo = (count: number) => eventually(() => counts.forgotten >= count, 60_000);
    // Whatever the first community brings with it, such as tables and compiled code, is there for all.
    await fill("discord:0");
    await letGo(1);
    const empty = held();
    for (const workspace of communities) await fill(workspace);
    const full = held();
    await letGo(1 + communities.length);
    const left = held() - empty;
    const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
    console.log(
      `idle memories: ${megabytes(full - empty - left)} of ${megabytes(full - empty)} MB given back`,
    );
    assert.ok(full - empty > 3_000_000, `${full - empty} bytes were in use`);
    assert.ok(left < (full - empty) / 5, `${left} of ${full - empty} bytes are still held`);

    assert.equal(counts.loaded, 0);
    const recall = await memories.of(communities[1]!);
    assert.equal(counts.loaded, 1);
    const { answer } = recall.recollect(lessons[1_234]!.prompt, { hints: false });
    assert.equal(answer, lessons[1_234]!.answer);
  });

  test("lose nothing that was taught just before", async () => {
    const [workspace] = communities;
    await teaching.teach(teacherIn(workspace!, "trainer"), {
      prompt: "Is there a cat?",
      answer: "Two of them.",
      label: "positive",
    });
    const before = counts.forgotten;
    await memories.settle(workspace!);
    await eventually(() => counts.forgotten > before, 60_000);
    const recall = await memories.of(workspace!);
    assert.equal(recall.recollect("Is there a cat?", { hints: false }).answer, "Two of them.");
  });
});
