import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { newId } from "../../../src/core/ids.ts";
import { silentLog } from "../../../src/core/log.ts";
import { createEvaluations, type Evaluations } from "../../../src/learning/evaluation/evaluate.ts";
import type { TestItem } from "../../../src/learning/evaluation/test-item.ts";
import { createReviewQueue } from "../../../src/learning/review.ts";
import { createScriptedModel } from "../../../src/models/scripted.ts";
import { openDatabase } from "../../../src/storage/database.ts";
import { runs } from "../../runs.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { teacherIn, teachingParts, type TeachingParts } from "../teaching-parts.ts";

const item = (prompt: string, expected?: string | null): TestItem => ({
  prompt,
  ...(expected !== undefined && { expected }),
  label: "positive",
});

describe("evaluation", () => {
  let parts: TeachingParts;
  let evaluations: Evaluations;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
    const database = await openDatabase({ folder: folder.path, log: silentLog });
    parts = teachingParts(database, folder.path);
    evaluations = createEvaluations({ ...parts, folder: folder.path });
  });
  after(async () => {
    await parts.memories.close();
    await parts.database.close();
    await folder.remove();
  });
  const trainer = () => teacherIn(`web:${newId()}`, "trainer");
  const run = (
    teacher: ReturnType<typeof trainer>,
    items: readonly TestItem[],
    more: object = {},
  ) => evaluations.run(teacher, { what: "test", items, ...more }, {});

  test("metrics of a set of labels, counted by hand", async () => {
    const teacher = trainer();
    for (const [prompt, answer] of [
      ["a", "x"],
      ["b", "x"],
      ["c", "y"],
      ["d", "y"],
    ] as const)
      await parts.teaching.teach(teacher, { prompt, answer, label: "positive" });
    const { metrics, grader, modelVersion, results } = await run(teacher, [
      item("a", "x"),
      item("b", "y"),
      item("c", "y"),
      item("d", "y"),
      item("e", "x"),
      item("f", null),
      item("c", null),
      item("a"),
    ]);
    assert.deepEqual([grader, modelVersion], ["exact", "recall@4"]);
    assert.deepEqual([metrics.items, metrics.judged, metrics.right], [8, 7, 4]);
    assert.equal(metrics.labelLike, true);
    const of = (answer: string | null) => metrics.answers.find((each) => each.answer === answer)!;
    // y: given to c, d and (wrongly) to the second c; expected by b, c, d.
    assert.deepEqual([of("y").support, of("y").precision, of("y").recall], [3, 2 / 3, 2 / 3]);
    // x: given to a and (wrongly) to b; expected by a and e.
    assert.deepEqual([of("x").support, of("x").precision, of("x").recall], [2, 0.5, 0.5]);
    // Not known: given to e (wrongly) and f; expected by f and the second c.
    assert.deepEqual([of(null).support, of(null).precision, of(null).recall], [2, 0.5, 0.5]);
    assert.equal(metrics.confusions.length, 3);
    assert.deepEqual(metrics.abstention, {
      share: 2 / 8,
      unknown: 2,
      right: 1,
      // Known: 1, 1, 1, 1, 0; unknown: 0, 1.
      auroc: (4 * 1 + 4 * 0.5 + 0.5) / 10,
      falsePositivesAt95: 1,
    });
    assert.equal(results.at(-1)!.right, null);
  });

  test("many rows leave the event loop free and keep no more than a bounded review queue", async () => {
    const teacher = trainer();
    await parts.teaching.teach(teacher, { prompt: "a", answer: "x", label: "positive" });
    const many = runs(20_000);
    const items = Array.from({ length: many }, (_, row) => item(`строка ${row} 👍🏽`, "x"));
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 5);
    const { metrics, opened } = await run(teacher, items).finally(() => clearInterval(timer));
    assert.deepEqual([metrics.items, metrics.right, opened], [many, 0, 50]);
    assert.ok(ticks > 3, `${ticks}`);
    const queue = createReviewQueue(parts.database);
    assert.deepEqual(await queue.count(teacher.workspace), { wrong: 50, pending: 0 });
    const again = await run(teacher, items.slice(0, 100), { review: false });
    assert.equal(again.opened, 0);
    const comparison = await evaluations.compare(teacher.workspace, "previous", "last");
    assert.deepEqual([comparison.shared, comparison.unshared, comparison.p], [100, many - 100, 1]);
    assert.equal(parts.memories ? (await parts.memories.of(teacher.workspace)).size : 0, 1);
  });

  test("a test can be cancelled; nothing of it is kept", async () => {
    const teacher = trainer();
    const stopping = new AbortController();
    stopping.abort();
    const items = Array.from({ length: 50_000 }, (_, row) => item(`row ${row}`, "x"));
    await assert.rejects(
      evaluations.run(teacher, { what: "test", items }, { signal: stopping.signal }),
      { code: "cancelled" },
    );
    await assert.rejects(evaluations.compare(teacher.workspace, "last", "last"), {
      code: "evaluation-missing",
    });
  });

  test("a language model answers where nothing taught decides, and its failures are told", async () => {
    const teacher = trainer();
    await parts.teaching.teach(teacher, { prompt: "Who?", answer: "Me.", label: "positive" });
    const model = createScriptedModel((request) =>
      request.messages.at(-1)!.content === "broken"
        ? { pieces: ["He"], failure: "model-garbled" }
        : "Paris",
    );
    const throughModel = createEvaluations({
      ...parts,
      folder: folder.path,
      subjects: parts.subjectsWith(model),
    });
    const test = (items: readonly TestItem[]) =>
      throughModel.run(teacher, { what: "test", items, throughModel: true }, {});
    const { metrics, modelVersion, cost } = await test([
      item("Who?", "Me."),
      item("Capital of France?", "paris"),
      item("broken", "x"),
    ]);
    assert.equal(modelVersion, "scripted/model+recall@1");
    assert.deepEqual([metrics.right, metrics.judged, metrics.failed], [2, 2, 1]);
    assert.equal(metrics.calibration, null);
    assert.equal(model.requests.length, 2);
    assert.deepEqual([cost.requests, cost.dollars], [2, null]);
    await assert.rejects(test([item("broken", "x")]), { code: "test-failed" });
    await assert.rejects(test(Array.from({ length: 1_001 }, () => item("a", "b"))), {
      code: "test-too-large",
    });
  });
});
