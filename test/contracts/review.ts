import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../src/core/ids.ts";
import { createEvaluations } from "../../src/learning/evaluation/evaluate.ts";
import { createReviewQueue } from "../../src/learning/review.ts";
import { assertMemoryEqualsRebuild } from "./teaching.ts";
import { teacherIn, type TeachingParts } from "../learning/teaching-parts.ts";

/** What reviewing must do over every database engine. */
export function reviewContract(opened: () => TeachingParts): void {
  test("the queue is paged, oldest first, and never shows another workspace", async () => {
    const queue = createReviewQueue(opened().database);
    const workspace = `web:${newId()}`;
    const member = teacherIn(workspace, "member");
    for (let place = 0; place < 5; place++)
      await opened().teaching.teach(member, { prompt: `${place}`, answer: "x", label: "positive" });
    const evaluations = createEvaluations({ ...opened(), folder: "" });
    const items = ["א", "б"].map((text) => ({
      prompt: text,
      expected: "👍🏽",
      label: "positive" as const,
    }));
    await evaluations.run(teacherIn(workspace, "trainer"), { what: "test", items }, {});
    const page = async (offset: number) =>
      (await queue.list(workspace, { offset, limit: 3 })).map((item) =>
        item.kind === "pending" ? item.first.prompt : item.prompt,
      );
    assert.deepEqual(await page(0), ["0", "1", "2"]);
    assert.deepEqual(await page(3), ["3", "4", "א"]);
    assert.deepEqual(await page(6), ["б"]);
    assert.deepEqual(await queue.count(workspace), { wrong: 2, pending: 5 });
    const [first] = await queue.list(workspace, { offset: 0, limit: 1 });
    const stranger = teacherIn(`web:${newId()}`, "admin");
    await assert.rejects(opened().teaching.review(stranger, first!.id, { kind: "approve" }), {
      code: "review-missing",
    });
  });

  test("a member's file is one item; its lessons count together and are taken back together", async () => {
    const workspace = `web:${newId()}`;
    const lessons = Array.from({ length: 500 }, (_, place) => ({
      prompt: `question ${place}`,
      answer: `answer ${place}`,
      label: "positive" as const,
    }));
    const { actionId } = await opened().teaching.importLessons(
      teacherIn(workspace, "member"),
      lessons,
    );
    const trainer = teacherIn(workspace, "trainer");
    await assert.rejects(
      opened().teaching.review(trainer, actionId, { kind: "edit", answer: "x" }),
      {
        code: "review-many",
      },
    );
    const receipt = await opened().teaching.review(trainer, actionId.slice(-8), {
      kind: "approve",
    });
    assert.equal(receipt.added, 500);
    assert.equal((await opened().memories.of(workspace)).size, 500);
    const undone = await opened().teaching.undo(trainer, receipt.actionId);
    assert.deepEqual([undone.removed, undone.restored], [0, 500]);
    assert.equal((await opened().memories.of(workspace)).size, 0);
    await assertMemoryEqualsRebuild(opened(), workspace);
  });
}
