import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { newId } from "../../src/core/ids.ts";
import { createEvaluations } from "../../src/learning/evaluation/evaluate.ts";
import { createReviewQueue } from "../../src/learning/review.ts";
import type { Verdict } from "../../src/learning/teaching.ts";
import { assertMemoryEqualsRebuild } from "./teaching.ts";
import { answeredTurn, teacherIn, type TeachingParts } from "../learning/teaching-parts.ts";

type Step =
  | { readonly kind: "member" | "trainer" | "correct" }
  | { readonly kind: "approve" | "edit" | "reject"; readonly which: number }
  | { readonly kind: "undo"; readonly which: number };

const number = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom("member" as const, "trainer" as const, "correct" as const) }),
  fc.record({
    kind: fc.constantFrom("approve" as const, "edit" as const, "reject" as const),
    which: number,
  }),
  fc.record({ kind: fc.constant("undo" as const), which: number }),
);
const steps = fc.array(step, { minLength: 4, maxLength: 14, size: "max" });

/** What was done, to do it again elsewhere: `of` is the place of the action that was reviewed. */
type Done = { readonly step: Step; readonly actionId: string; readonly of?: number };

/** What reviewing must do over every database engine; `rounds` of random teaching and reviewing. */
export function reviewContract(opened: () => TeachingParts, rounds: number): void {
  const prompt = "When?";
  const teach = async (workspace: string, { kind }: Step, place: number): Promise<string> => {
    const { teaching } = opened();
    const lesson = { prompt, answer: `answer ${place}`, label: "positive", replace: true } as const;
    if (kind === "trainer")
      return (await teaching.teach(teacherIn(workspace, "trainer"), lesson)).actionId;
    const member = teacherIn(workspace, "member");
    if (kind === "member") return (await teaching.teach(member, lesson)).actionId;
    const turn = await answeredTurn(opened(), workspace, prompt, "wrong");
    return (await teaching.correct(member, turn, `answer ${place}`)).actionId;
  };
  const settle = async (workspace: string, id: string, { kind }: Step, place: number) => {
    const verdict: Verdict =
      kind === "edit" ? { kind, answer: `answer ${place}` } : { kind: kind as "approve" };
    return (await opened().teaching.review(teacherIn(workspace, "trainer"), id, verdict)).actionId;
  };
  const viewOf = async (workspace: string, status: "active" | "pending") =>
    (await opened().examples.list({ workspace, status, limit: 200 }))
      .map((example) => `${example.label} ${example.answer}`)
      .toSorted();

  test("undo leaves what teaching and reviewing without the undone would have made", async () => {
    const queue = createReviewQueue(opened().database);
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        const workspace = `web:${newId()}`;
        const done: Done[] = [];
        const undone = new Set<string>();
        for (const [place, each] of given.entries()) {
          if (each.kind === "undo") {
            const open = done.filter(({ actionId }) => !undone.has(actionId));
            const chosen = open[each.which % Math.max(1, open.length)];
            if (!chosen) continue;
            await opened().teaching.undo(teacherIn(workspace, "trainer"), chosen.actionId);
            undone.add(chosen.actionId);
            // A review falls with what it is about.
            const about = done.indexOf(chosen);
            for (const { of, actionId } of done) if (of === about) undone.add(actionId);
          } else if ("which" in each) {
            const waiting = await queue.list(workspace, { offset: 0, limit: 50 });
            const item = waiting[each.which % Math.max(1, waiting.length)];
            if (!item) continue;
            const of = done.findIndex(({ actionId }) => actionId === item.id);
            const actionId = await settle(workspace, item.id, each, place);
            done.push({ step: each, actionId, of });
          } else {
            done.push({ step: each, actionId: await teach(workspace, each, place) });
          }
        }
        await assertMemoryEqualsRebuild(opened(), workspace);
        const places = new Map(done.map((each, index) => [each, index]));

        const replayed = `web:${newId()}`;
        const again: string[] = [];
        const numbers = given.flatMap((each, place) =>
          done.some((other) => other.step === each) ? [place] : [],
        );
        for (const each of done) {
          const index = places.get(each)!;
          if (undone.has(each.actionId)) again.push("");
          else if (each.of === undefined)
            again.push(await teach(replayed, each.step, numbers[index]!));
          else again.push(await settle(replayed, again[each.of]!, each.step, numbers[index]!));
        }
        assert.deepEqual(await viewOf(workspace, "active"), await viewOf(replayed, "active"));
        assert.deepEqual(await viewOf(workspace, "pending"), await viewOf(replayed, "pending"));
      }),
      { numRuns: rounds },
    );
  });

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
