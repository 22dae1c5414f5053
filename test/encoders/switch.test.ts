import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { builtInEncoder } from "../../src/encoders/built-in/built-in-encoder.ts";
import type { InstantEncoder } from "../../src/encoders/encoder.ts";
import { prepareEncoder } from "../../src/encoders/prepared-encoder.ts";
import { createMemories } from "../../src/learning/memories.ts";
import { createLessonReader } from "../../src/learning/read-lessons.ts";
import { createRecall, restoreRecall } from "../../src/learning/recall/embedded-recall.ts";
import { silentLog } from "../../src/core/log.ts";
import { teacherIn } from "../learning/teaching-parts.ts";
import { temporaryParts } from "../learning/temporary-parts.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { createTeaching } from "../../src/learning/create-teaching.ts";

const workspace = "web:local";
const trainer = teacherIn(workspace, "trainer");

/** A slow encoder with the built-in vectors; `texts`: what it had to read, `mostRead`: then it hangs. */
function slowEncoder(id: string, mostRead = Infinity) {
  const built = builtInEncoder();
  const texts: string[] = [];
  const encoder = prepareEncoder(
    {
      id,
      dimensions: built.dimensions,
      languages: built.languages,
      async encode(batch, signal) {
        if (texts.length >= mostRead)
          await new Promise((_, reject) =>
            signal?.addEventListener("abort", () => reject(new Error("ended"))),
          );
        texts.push(...batch);
        return built.encode(batch);
      },
    },
    { words: built },
  );
  return { encoder, texts };
}

describe("another encoder", () => {
  const parts = temporaryParts();
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());

  /** Memories that want this encoder, and know the others too. */
  const open = (wanted: InstantEncoder, others: readonly InstantEncoder[] = []) => {
    const all = [wanted, ...others, builtInEncoder()];
    const encoderOf = (id: string) => all.find((each) => each.id === id);
    const memories = createMemories({
      examples: parts().examples,
      ledger: parts().ledger,
      folder: folder.path,
      log: silentLog,
      createRecall: () => createRecall({ encoder: wanted, encoderOf }),
      restoreRecall: (snapshot) => restoreRecall(snapshot, { encoder: wanted, encoderOf }),
      lessonReader: createLessonReader({ folder: folder.path, encoderOf }),
      wantedEncoder: () => wanted.id,
      refitDelay: 60_000,
    });
    const { database, examples, workspaces } = parts();
    return { memories, teaching: createTeaching({ database, examples, workspaces, memories }) };
  };
  const vectorFiles = async () =>
    (await readdir(join(folder.path, "web_local"))).filter((name) => name.startsWith("vectors-"));

  test("the old one answers until all is read, and what was read outlives a kill", async () => {
    const first = open(builtInEncoder());
    const lessons = Array.from({ length: 600 }, (_, number) => ({
      prompt: `How do I open door number ${number}?`,
      answer: `Key ${number % 5}`,
      label: "positive" as const,
    }));
    await first.teaching.importLessons(trainer, lessons);
    await first.memories.close();

    const stuck = slowEncoder("slow-1", 300);
    const killed = open(stuck.encoder);
    const recall = await killed.memories.of(workspace);
    assert.equal(recall.encoder, builtInEncoder().id);
    assert.equal(recall.recollect("How do I open door number 7?").answer, "Key 2");
    while (stuck.texts.length < 300) await new Promise((done) => setTimeout(done, 20));
    assert.equal((await killed.memories.of(workspace)).encoder, builtInEncoder().id);
    assert.equal(killed.memories.renewals().get(workspace)?.of, 600);
    await killed.memories.close();

    const slow = slowEncoder("slow-1");
    const again = open(slow.encoder);
    await again.memories.of(workspace);
    await again.memories.renew(workspace);
    assert.ok(slow.texts.length <= 600 - 256, `${slow.texts.length} read twice`);
    const renewed = await again.memories.of(workspace);
    assert.equal(renewed.encoder, "slow-1");
    assert.equal(renewed.recollect("How do I open door number 599?").answer, "Key 4");
    assert.equal(again.memories.renewals().size, 0);
    await again.memories.close();
  });

  test("after a restart nothing is read again, and what is taught then is read once", async () => {
    const slow = slowEncoder("slow-1");
    const { memories, teaching } = open(slow.encoder);
    assert.equal((await memories.of(workspace)).encoder, "slow-1");
    const lesson = { prompt: "Who has the keys?", answer: "Ann", label: "positive" } as const;
    await teaching.teach(trainer, lesson);
    assert.deepEqual(slow.texts, ["Who has the keys?"]);
    await memories.close();
  });

  test("what is taken back takes its vector along", async () => {
    const slow = slowEncoder("slow-1");
    const { memories, teaching } = open(slow.encoder);
    const [file] = await vectorFiles();
    const size = async () => (await readFile(join(folder.path, "web_local", file!))).length;
    await memories.of(workspace);
    const before = await size();
    const lesson = {
      prompt: "Where is the secret door?",
      answer: "There",
      label: "positive",
    } as const;
    const { actionId } = await teaching.teach(trainer, lesson);
    assert.equal(await size(), before + 16 + 128);
    await teaching.undo(trainer, actionId);
    await memories.settle(workspace);
    assert.equal(await size(), before);
    await memories.close();
  });

  test("going back leaves no vectors of the other encoder behind", async () => {
    const { memories } = open(builtInEncoder(), [slowEncoder("slow-1").encoder]);
    await memories.renew(workspace);
    assert.equal((await memories.of(workspace)).encoder, builtInEncoder().id);
    assert.deepEqual(await vectorFiles(), []);
    await memories.close();
  });

  test("a file of vectors that was cut off in the middle is read up to there", async () => {
    const path = join(folder.path, "cut", "vectors.bin");
    await mkdir(dirname(path), { recursive: true });
    const { openVectorFile } = await import("../../src/learning/vector-file.ts");
    const how = { id: "slow-1", dimensions: 4 };
    const file = await openVectorFile(path, how);
    await file.add([
      ["one", Int8Array.of(1, 2, 3, 4)],
      ["two", Int8Array.of(5, 6, 7, -8)],
    ]);
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, -3));
    const again = await openVectorFile(path, how);
    assert.deepEqual(again.find("one"), Int8Array.of(1, 2, 3, 4));
    assert.equal(again.find("two"), undefined);
    await again.add([["two", Int8Array.of(5, 6, 7, -8)]]);
    assert.deepEqual((await openVectorFile(path, how)).find("two"), Int8Array.of(5, 6, 7, -8));
    assert.equal((await openVectorFile(path, { ...how, id: "other" })).find("one"), undefined);
  });
});
