import assert from "node:assert/strict";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { silentLog } from "../../src/core/log.ts";
import { createTeaching } from "../../src/learning/create-teaching.ts";
import { createMemories } from "../../src/learning/memories.ts";
import type { Recall } from "../../src/learning/recall/recall.ts";
import { openDatabase } from "../../src/storage/database.ts";
import type { Database } from "../../src/storage/database.ts";
import { assertMemoryEqualsRebuild } from "../contracts/teaching.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { contentOf, createPlainRecall, restorePlainRecall } from "./plain-recall.ts";
import { teacherIn, teachingParts } from "./teaching-parts.ts";
import type { TeachingParts } from "./teaching-parts.ts";

const workspace = "discord:42";
const trainer = teacherIn(workspace, "trainer");

describe("memories", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: Database;
  let parts: TeachingParts;
  let snapshot: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    database = await openDatabase({ folder: folder.path, log: silentLog });
    parts = teachingParts(database, folder.path);
    snapshot = join(folder.path, "models", "discord_42", "recall.bin");
  });
  afterEach(async () => {
    await parts.memories.close();
    await database.close();
    await folder.remove();
  });

  const teach = (prompt: string) =>
    parts.teaching.teach(trainer, { prompt, answer: `answer to ${prompt}`, label: "positive" });

  /** Starts anew over the same database, and tells what was loaded and how. */
  const restart = async () => {
    await parts.memories.close();
    parts = teachingParts(database, folder.path);
    let rebuilt = 0;
    let restored = 0;
    const memories = createMemories({
      examples: parts.examples,
      ledger: parts.ledger,
      folder: join(folder.path, "models"),
      log: silentLog,
      createRecall: () => {
        rebuilt += 1;
        return createPlainRecall();
      },
      restoreRecall: (bytes) => {
        restored += 1;
        return restorePlainRecall(bytes);
      },
      refitDelay: 60_000,
    });
    await assertMemoryEqualsRebuild({ ...parts, memories }, workspace);
    const content = contentOf(await memories.of(workspace)).map(({ prompt }) => prompt);
    await memories.close();
    return { rebuilt, restored, content };
  };

  test("a memory that nobody uses for a while is let go, and answers again when it is asked", async () => {
    await teach("один");
    await parts.memories.settle(workspace);
    let restored = 0;
    const letGo = Promise.withResolvers<void>();
    const memories = createMemories({
      examples: parts.examples,
      ledger: parts.ledger,
      folder: join(folder.path, "models"),
      log: silentLog,
      createRecall: () => createPlainRecall(),
      restoreRecall(bytes) {
        restored += 1;
        return restorePlainRecall(bytes);
      },
      follower: { learn: async () => {}, forget: () => letGo.resolve() },
      refitDelay: 60_000,
      idleAfter: 40,
    });
    await memories.of(workspace);
    await letGo.promise;
    const content = contentOf(await memories.of(workspace)).map(({ prompt }) => prompt);
    assert.deepEqual(content, ["один"]);
    assert.equal(restored, 2);
    await memories.close();
  });

  test("settling saves a snapshot, and a restart continues from it", async () => {
    await teach("один");
    const done: number[] = [];
    await parts.memories.settle(workspace, { progress: (share) => done.push(share) });
    assert.deepEqual(done, [1]);
    assert.equal(await parts.memories.position(workspace), 1);
    assert.deepEqual(await restart(), { rebuilt: 0, restored: 1, content: ["один"] });
  });

  test("a snapshot that is behind catches up with what was taught and undone since", async () => {
    await teach("a");
    const b = await teach("b");
    await parts.memories.settle(workspace);
    const old = await readFile(snapshot);
    await parts.teaching.undo(trainer, b.actionId);
    await teach("c");
    const d = await teach("d");
    await parts.teaching.undo(trainer, d.actionId);
    await teach("b");
    await parts.memories.close();
    await writeFile(snapshot, old);
    assert.deepEqual(await restart(), { rebuilt: 0, restored: 1, content: ["a", "c", "b"] });
  });

  test("a snapshot that is damaged, foreign, or ahead of the ledger is rebuilt", async () => {
    await teach("a");
    await parts.memories.settle(workspace);
    const good = await readFile(snapshot, "latin1");
    const [header, bytes] = [good.slice(0, good.indexOf("\n")), good.slice(good.indexOf("\n") + 1)];
    const facts = JSON.parse(header) as Record<string, unknown>;
    const withFacts = (changes: object) => `${JSON.stringify({ ...facts, ...changes })}\n${bytes}`;
    const faulty = [
      "",
      "garbage",
      good.slice(0, -1),
      `${header}\n${bytes.replace("answer", "Answer")}`,
      withFacts({ workspace: "discord:43" }),
      withFacts({ format: "apprentice-recall-0" }),
      withFacts({ position: 2 }),
      withFacts({ actionId: "another ledger of this length" }),
    ];
    for (const text of faulty) {
      await parts.memories.close();
      await writeFile(snapshot, text, "latin1");
      assert.deepEqual(
        await restart(),
        { rebuilt: 1, restored: 0, content: ["a"] },
        text.slice(0, 200),
      );
    }
  });

  test("a snapshot that the learner refuses is rebuilt", async () => {
    await teach("a");
    await parts.memories.settle(workspace);
    const memories = createMemories({
      examples: parts.examples,
      ledger: parts.ledger,
      folder: join(folder.path, "models"),
      log: silentLog,
      createRecall: () => createPlainRecall(),
      restoreRecall: () => {
        throw new Error("of another version");
      },
      refitDelay: 60_000,
    });
    assert.equal((await memories.of(workspace)).size, 1);
    await memories.close();
  });

  test("closing saves what changed, without a retraining", async () => {
    await teach("a");
    await parts.memories.close();
    assert.deepEqual(await restart(), { rebuilt: 0, restored: 1, content: ["a"] });
  });

  test("a memory that cannot take in a change is loaded anew, and nothing is lost", async () => {
    let faulty = true;
    const failing = (): Recall => {
      const recall = createPlainRecall();
      return {
        ...recall,
        get size() {
          return recall.size;
        },
        apply(change) {
          if (faulty && change.add.some(({ prompt }) => prompt === "poison"))
            throw new Error("oops");
          recall.apply(change);
        },
      };
    };
    const memories = createMemories({
      examples: parts.examples,
      ledger: parts.ledger,
      folder: join(folder.path, "elsewhere"),
      log: silentLog,
      createRecall: failing,
      restoreRecall: restorePlainRecall,
      refitDelay: 60_000,
    });
    const teaching = createTeaching({ ...parts, memories });
    const lesson = (prompt: string) => ({ prompt, answer: "x", label: "positive" as const });
    await teaching.teach(trainer, lesson("a"));
    await teaching.teach(trainer, lesson("poison"));
    faulty = false;
    await teaching.teach(trainer, lesson("b"));
    await assertMemoryEqualsRebuild({ ...parts, memories }, workspace);
    await memories.close();
  });

  test("workspaces never share a memory or a file", async () => {
    await teach("a");
    const elsewhere = teacherIn("discord:4_2", "trainer");
    await parts.teaching.teach(elsewhere, { prompt: "a", answer: "other", label: "positive" });
    await parts.memories.settle(workspace);
    await parts.memories.settle("discord:4_2");
    assert.equal((await parts.memories.of(workspace)).recollect("a").answer, "answer to a");
    assert.equal((await parts.memories.of("discord:4_2")).recollect("a").answer, "other");
    assert.equal((await parts.memories.of("discord:none")).size, 0);
    const folders = (await readdir(join(folder.path, "models"))).toSorted();
    assert.deepEqual(folders, ["discord_4.5f2", "discord_42"]);
  });
});

describe("retraining in the background", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: Database;
  before(async () => {
    folder = await temporaryFolder();
    database = await openDatabase({ folder: folder.path, log: silentLog });
  });
  after(async () => {
    await database.close();
    await folder.remove();
  });

  test("comes once after several changes, is saved, and ends with close", async () => {
    const parts = teachingParts(database, folder.path);
    const refits: string[] = [];
    const refitted = Promise.withResolvers<void>();
    const recall = createPlainRecall();
    const memories = createMemories({
      examples: parts.examples,
      ledger: parts.ledger,
      folder: join(folder.path, "models"),
      log: silentLog,
      createRecall: () => ({
        ...recall,
        get size() {
          return recall.size;
        },
        async refit(signal) {
          refits.push(`refit with ${recall.size}`);
          refitted.resolve();
          if (refits.length === 1) return;
          await new Promise((_, reject) =>
            signal?.addEventListener("abort", () => reject(signal.reason as Error)),
          );
        },
      }),
      restoreRecall: restorePlainRecall,
      refitDelay: 20,
    });
    await memories.of(workspace);
    const teaching = createTeaching({ ...parts, memories });
    await Promise.all(
      ["a", "b", "c"].map((prompt) =>
        teaching.teach(trainer, { prompt, answer: "x", label: "positive" }),
      ),
    );
    await refitted.promise;
    assert.deepEqual(refits, ["refit with 3"]);
    const settling = memories.settle(workspace);
    await memories.close();
    await assert.rejects(settling);
    assert.deepEqual(await readdir(join(folder.path, "models", "discord_42")), ["recall.bin"]);
    await parts.memories.close();
  });
});
