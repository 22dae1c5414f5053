import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../src/core/ids.ts";
import type { Lesson } from "../../src/learning/teaching.ts";
import { asTaught, mismatchAsTaught } from "../../src/learning/taught.ts";
import { exportExamples } from "../../src/learning/export-examples.ts";
import { listCorrections } from "../../src/storage/corrections.ts";
import { feedbackOf } from "../../src/storage/feedback.ts";
import { contentOf } from "../learning/plain-recall.ts";
import { answeredTurn, teacherIn } from "../learning/teaching-parts.ts";
import type { TeachingParts } from "../learning/teaching-parts.ts";

const lesson = (prompt: string, answer: string | null, changes: Partial<Lesson> = {}): Lesson => ({
  prompt,
  answer,
  label: "positive",
  ...changes,
});

/** The memory holds what a rebuild from the examples would, in the same order. */
export async function assertMemoryEqualsRebuild(
  { examples, memories, ledger }: TeachingParts,
  workspace: string,
): Promise<void> {
  const active = (await Array.fromAsync(examples.active(workspace))).flat().map(asTaught);
  const denied = (await examples.mismatches(workspace)).map(mismatchAsTaught);
  const rebuilt = [...active, ...denied].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  assert.deepEqual(contentOf(await memories.of(workspace)), rebuilt);
  assert.equal(await memories.position(workspace), await ledger.position(workspace));
}

/** What teaching must do over every database engine. */
export function teachingContract(opened: () => TeachingParts): void {
  const recalled = async (workspace: string, prompt: string) =>
    (await opened().memories.of(workspace)).recollect(prompt).answer;
  const newWorkspace = () => `web:${newId()}`;

  test("what a trainer teaches is used at once, and undo takes it back", async () => {
    const { teaching, examples } = opened();
    const trainer = teacherIn(newWorkspace(), "trainer");
    const { workspace } = trainer;
    const receipt = await teaching.teach(trainer, lesson("Где ключи? 🔑", "На полке. שלום"));
    assert.equal(receipt.status, "active");
    assert.equal(receipt.added, 1);
    assert.equal(await recalled(workspace, "где ключи 🔑"), "На полке. שלום");
    assert.equal(await recalled(newWorkspace(), "где ключи 🔑"), null);
    const undone = await teaching.undo(trainer);
    assert.deepEqual(undone, {
      actionId: receipt.actionId,
      kind: "taught",
      removed: 1,
      restored: 0,
      now: { prompt: "Где ключи? 🔑", answer: null },
      fell: 0,
    });
    assert.equal(await recalled(workspace, "где ключи 🔑"), null);
    assert.equal((await examples.count(workspace)).retracted, 1);
    await assertMemoryEqualsRebuild(opened(), workspace);
  });

  test("teaching the same again notes that it is still right", async () => {
    const { teaching, ledger, database } = opened();
    const trainer = teacherIn(newWorkspace(), "trainer");
    const first = await teaching.teach(trainer, lesson("a", "b"));
    const second = await teaching.teach(trainer, lesson("a", "b"));
    assert.deepEqual(
      {
        added: second.added,
        skipped: second.skipped,
        outcome: second.effect?.outcome,
        ids: second.exampleIds,
      },
      { added: 0, skipped: 1, outcome: "confirmed", ids: first.exampleIds },
    );
    const confirmedAt = async () =>
      (
        await database.query
          .selectFrom("answer")
          .select("confirmed_at")
          .where("id", "=", first.effect!.answerId)
          .executeTakeFirstOrThrow()
      ).confirmed_at;
    assert.notEqual(await confirmedAt(), null);
    await teaching.undo(trainer, second.actionId);
    assert.equal(await confirmedAt(), null);
    assert.ok((await ledger.position(trainer.workspace)) > 1);
  });

  test("another answer to the same prompt waits as a proposal, unless it replaces", async () => {
    const { teaching } = opened();
    const trainer = teacherIn(newWorkspace(), "trainer");
    await teaching.teach(trainer, lesson("Сколько стоит?", "100"));
    const taken = await teaching.teach(trainer, lesson("сколько стоит", "200"));
    assert.deepEqual(
      [taken.added, taken.conflicts, taken.effect?.outcome, taken.effect?.old],
      [0, 1, "taken", "100"],
    );
    assert.equal(await recalled(trainer.workspace, "Сколько стоит?"), "100");
    await teaching.decide(trainer, taken.effect!.proposal!, "keep");
    assert.equal(await recalled(trainer.workspace, "Сколько стоит?"), "100");
    const receipt = await teaching.teach(
      trainer,
      lesson("сколько стоит", "200", { replace: true }),
    );
    assert.equal(receipt.superseded, 1);
    assert.equal(await recalled(trainer.workspace, "Сколько стоит?"), "200");
    await teaching.undo(trainer);
    assert.equal(await recalled(trainer.workspace, "Сколько стоит?"), "100");
    await assertMemoryEqualsRebuild(opened(), trainer.workspace);
  });

  test("a correction rules the next answer, keeps the pair, and undo brings back what was", async () => {
    const parts = opened();
    const { teaching, examples, database } = parts;
    const trainer = teacherIn(newWorkspace(), "trainer");
    const { workspace } = trainer;
    const taught = await teaching.teach(trainer, lesson("Когда обед?", "В полдень"));
    const turn = await answeredTurn(parts, workspace, "когда обед", "В полдень");
    const receipt = await teaching.correct(trainer, turn, "В час дня");
    assert.deepEqual(
      { kind: receipt.kind, outcome: receipt.effect?.outcome, superseded: receipt.superseded },
      { kind: "corrected", outcome: "changed", superseded: 1 },
    );
    assert.equal(await recalled(workspace, "Когда обед?"), "В час дня");
    const [positive, negative] = await Promise.all(
      receipt.exampleIds.map((id) => examples.find(workspace, id)),
    );
    assert.deepEqual([positive?.id, positive?.answer], [taught.exampleIds[0], "В час дня"]);
    assert.deepEqual([negative?.label, negative?.answer], ["negative", "В полдень"]);
    const wording = await examples.find(workspace, taught.exampleIds[0]!);
    assert.deepEqual([wording?.status, wording?.answer], ["active", "В час дня"]);
    assert.deepEqual(await listCorrections(database.query, workspace), [
      {
        answerId: taught.effect?.answerId,
        oldVersion: null,
        meaning: "everywhere",
        actionId: receipt.actionId,
        workspace,
        turnId: turn.id,
        prompt: "когда обед",
        chosen: "В час дня",
        rejected: "В полдень",
      },
    ]);
    assert.deepEqual(await teaching.undo(trainer, receipt.actionId), {
      actionId: receipt.actionId,
      kind: "corrected",
      removed: 2,
      restored: 1,
      now: { prompt: "Когда обед?", answer: "В полдень" },
      fell: 0,
    });
    assert.equal(await recalled(workspace, "Когда обед?"), "В полдень");
    assert.deepEqual(await listCorrections(database.query, workspace), []);
    await assertMemoryEqualsRebuild(parts, workspace);
  });

  test("correcting what the bot did not know has no negative; correcting to the same is nothing", async () => {
    const parts = opened();
    const trainer = teacherIn(newWorkspace(), "trainer");
    const { workspace } = trainer;
    const unknown = await answeredTurn(parts, workspace, "p", null);
    assert.equal((await parts.teaching.correct(trainer, unknown, "a")).added, 1);
    const known = await answeredTurn(parts, workspace, "p", "a");
    const same = await parts.teaching.correct(trainer, known, "a");
    assert.equal(same.added, 0);
  });

  test("a correction back to an answer takes back that it was wrong", async () => {
    const parts = opened();
    const trainer = teacherIn(newWorkspace(), "trainer");
    const { workspace } = trainer;
    await parts.teaching.correct(trainer, await answeredTurn(parts, workspace, "p", "one"), "two");
    await parts.teaching.correct(trainer, await answeredTurn(parts, workspace, "p", "two"), "one");
    assert.equal(await recalled(workspace, "p"), "one");
    const active = (await Array.fromAsync(parts.examples.active(workspace))).flat();
    assert.deepEqual(
      active.map(({ label, answer }) => `${label} ${answer}`),
      ["positive one", "negative two"],
    );
    await assertMemoryEqualsRebuild(parts, workspace);
  });

  test("undoing a correction that was itself corrected keeps the later one", async () => {
    const parts = opened();
    const { teaching } = parts;
    const trainer = teacherIn(newWorkspace(), "trainer");
    const { workspace } = trainer;
    await teaching.teach(trainer, lesson("p", "one"));
    const second = await teaching.correct(
      trainer,
      await answeredTurn(parts, workspace, "p", "one"),
      "two",
    );
    const third = await teaching.correct(
      trainer,
      await answeredTurn(parts, workspace, "p", "two"),
      "three",
    );
    await teaching.undo(trainer, second.actionId);
    assert.equal(await recalled(workspace, "p"), "three");
    await teaching.undo(trainer, third.actionId);
    assert.equal(await recalled(workspace, "p"), "one");
    await assertMemoryEqualsRebuild(parts, workspace);
  });

  test("undoing what stood between two equal answers brings the first one back too", async () => {
    const parts = opened();
    const { teaching, examples } = parts;
    const trainer = teacherIn(newWorkspace(), "trainer");
    const { workspace } = trainer;
    await teaching.teach(trainer, lesson("p", "one"));
    const turn = (answer: string) => answeredTurn(parts, workspace, "p", answer);
    const between = await teaching.correct(trainer, await turn("one"), "two");
    await teaching.correct(trainer, await turn("two"), "one");
    await teaching.undo(trainer, between.actionId);
    const active = (await Array.fromAsync(examples.active(workspace))).flat();
    assert.deepEqual(active.map(({ label, answer }) => `${label} ${answer}`).toSorted(), [
      "negative two",
      "positive one",
    ]);
    await assertMemoryEqualsRebuild(parts, workspace);
  });

  test("members' teaching waits for review unless the workspace trusts them", async () => {
    const parts = opened();
    const { teaching, workspaces, examples } = parts;
    const member = teacherIn(newWorkspace(), "member");
    const trainer = teacherIn(member.workspace, "trainer");
    const { workspace } = member;
    await teaching.teach(trainer, lesson("p", "old"));
    const turn = await answeredTurn(parts, workspace, "p", "old");
    const waiting = await teaching.correct(member, turn, "new");
    assert.deepEqual([waiting.status, waiting.superseded], ["pending", 0]);
    assert.equal(await recalled(workspace, "p"), "old");
    assert.equal((await examples.count(workspace)).pending, 2);
    await workspaces.change(workspace, { reviewMembers: false });
    assert.equal((await teaching.correct(member, turn, "newer")).status, "active");
    assert.equal(await recalled(workspace, "p"), "newer");
    await assertMemoryEqualsRebuild(parts, workspace);
  });

  test("a thumb down is kept with the answer and removes no knowledge, whoever gives it", async () => {
    const parts = opened();
    const { teaching, database, examples } = parts;
    const trainer = teacherIn(newWorkspace(), "trainer");
    const member = teacherIn(trainer.workspace, "member");
    const { workspace } = trainer;
    await teaching.teach(trainer, lesson("p", "bad"));
    const turn = await answeredTurn(parts, workspace, "p", "bad");
    const active = async () =>
      (await Array.fromAsync(examples.active(workspace)))
        .flat()
        .map((example) => `${example.label} ${example.answer}`);

    assert.equal((await teaching.rate(member, turn, { rating: -1, words: "нет 👎" })).added, 0);
    const down = await teaching.rate(trainer, turn, { rating: -1 });
    assert.deepEqual(await active(), ["positive bad"]);
    assert.equal((await teaching.rate(trainer, turn, { rating: -1 })).actionId, down.actionId);
    const up = await teaching.rate(trainer, turn, { rating: 1 });
    assert.deepEqual(await active(), ["positive bad"]);
    await teaching.rate(trainer, turn, { words: "на самом деле хорошо" });
    const standing = await feedbackOf(database.query, workspace, turn.id);
    assert.deepEqual(
      standing.map(({ rating, words }) => [rating, words]),
      [
        [-1, "нет 👎"],
        [-1, null],
        [1, null],
        [null, "на самом деле хорошо"],
      ],
    );
    await teaching.undo(trainer, up.actionId);
    assert.deepEqual(await active(), ["positive bad"]);
    await teaching.undo(trainer, down.actionId);
    assert.deepEqual(await active(), ["positive bad"]);
    assert.equal((await feedbackOf(database.query, workspace, turn.id)).length, 2);
    const unknown = await answeredTurn(parts, workspace, "q", null);
    assert.equal((await teaching.rate(trainer, unknown, { rating: -1 })).added, 0);
    await assertMemoryEqualsRebuild(parts, workspace);
  });

  test("an import counts conflicts, skips what is known, and is undone as a whole", async () => {
    const parts = opened();
    const { teaching, examples } = parts;
    const admin = teacherIn(newWorkspace(), "admin");
    const { workspace } = admin;
    await teaching.teach(admin, lesson("q 1", "other"));
    await teaching.teach(admin, lesson("q 2", "a 2"));
    const lessons = Array.from({ length: 1_000 }, (_, number) =>
      lesson(`q ${number}`, `a ${number}`),
    );
    lessons.push(
      lesson("q 3", "a 3"),
      lesson("Q 4!", "different"),
      lesson("q 5", "a 9", { label: "negative" }),
    );
    const steps: number[] = [];
    const receipt = await teaching.importLessons(admin, lessons, {
      progress: (done) => steps.push(done),
    });
    assert.deepEqual(
      {
        added: receipt.added,
        skipped: receipt.skipped,
        conflicts: receipt.conflicts,
        ids: receipt.exampleIds.length,
      },
      { added: 999, skipped: 2, conflicts: 2, ids: 100 },
    );
    assert.equal(steps.at(-1), lessons.length);
    assert.equal(await recalled(workspace, "q 777"), "a 777");
    assert.equal((await teaching.importLessons(admin, lessons)).added, 0);
    await assertMemoryEqualsRebuild(parts, workspace);
    assert.equal((await teaching.undo(admin)).removed, 1_001);
    assert.equal((await examples.count(workspace)).active, 2);
    await assertMemoryEqualsRebuild(parts, workspace);
  });

  test("a cancelled or faulty import teaches nothing", async () => {
    const parts = opened();
    const { teaching, ledger } = parts;
    const admin = teacherIn(newWorkspace(), "admin");
    const stop = new AbortController();
    const lessons = Array.from({ length: 2_000 }, (_, number) =>
      lesson(`q ${number}`, `a ${number}`),
    );
    await assert.rejects(
      teaching.importLessons(admin, lessons, { signal: stop.signal, progress: () => stop.abort() }),
      { code: "cancelled" },
    );
    await assert.rejects(teaching.importLessons(admin, [...lessons, lesson(" ", "x")]), {
      code: "teaching-empty",
    });
    assert.equal(await ledger.position(admin.workspace), 0);
    await assert.rejects(teaching.undo(admin), { code: "nothing-to-undo" });
    await assertMemoryEqualsRebuild(parts, admin.workspace);
  });

  test("members undo their own, trainers everything, nobody twice", async () => {
    const { teaching } = opened();
    const trainer = teacherIn(newWorkspace(), "trainer");
    const member = teacherIn(trainer.workspace, "member");
    const other = teacherIn(trainer.workspace, "member", "web:other");
    const elsewhere = teacherIn(newWorkspace(), "admin");
    const { actionId } = await teaching.teach(member, lesson("p", "a"));
    await assert.rejects(teaching.undo(other, actionId), { code: "permission-denied" });
    await assert.rejects(teaching.undo(other), { code: "nothing-to-undo" });
    await assert.rejects(teaching.undo(elsewhere, actionId), { code: "action-missing" });
    await teaching.undo(trainer, actionId);
    await assert.rejects(teaching.undo(member, actionId), { code: "action-undone" });
    await assert.rejects(teaching.undo(member), { code: "nothing-to-undo" });
  });

  test("what cannot be learned is refused with the reason", async () => {
    const parts = opened();
    const { teaching } = parts;
    const trainer = teacherIn(newWorkspace(), "trainer");
    const refused = (given: Lesson, code: string, field: string) =>
      assert.rejects(
        teaching.teach(trainer, given),
        (error: { code: string; values: { field: string } }) =>
          error.code === code && error.values.field === field,
      );
    await refused(lesson(" \n\t", "a"), "teaching-empty", "prompt");
    await refused(lesson("p", "\u00a0"), "teaching-empty", "answer");
    await refused(lesson("p", null, { label: "negative" }), "teaching-empty", "answer");
    await refused(lesson("p".repeat(4_001), "a"), "teaching-too-long", "prompt");
    await refused(lesson("p", "a".repeat(32_001)), "teaching-too-long", "answer");
    await teaching.teach(trainer, lesson("p".repeat(4_000), "🦊".repeat(16_000)));
    await teaching.teach(trainer, lesson("nothing is known", null));
    const turn = await answeredTurn(parts, newWorkspace(), "p", "a");
    await assert.rejects(teaching.correct(trainer, turn, "b"), { code: "turn-missing" });
    const silent = { ...turn, workspace: trainer.workspace, answer: null };
    await assert.rejects(teaching.correct(trainer, silent, "b"), { code: "turn-unanswered" });
    await assert.rejects(teaching.rate(trainer, silent, { rating: 1 }), {
      code: "turn-unanswered",
    });
    const answered = { ...turn, workspace: trainer.workspace };
    await assert.rejects(teaching.rate(trainer, answered, {}), { code: "teaching-empty" });
    await assert.rejects(teaching.correct(trainer, answered, ""), { code: "teaching-empty" });
  });

  test("what is taught at the same time is all taught, in one order", async () => {
    const parts = opened();
    const trainer = teacherIn(newWorkspace(), "trainer");
    const receipts = await Promise.all(
      Array.from({ length: 30 }, (_, number) =>
        parts.teaching.teach(trainer, lesson(`p ${number % 10}`, `a ${number}`, { replace: true })),
      ),
    );
    assert.equal(new Set(receipts.map((receipt) => receipt.actionId)).size, 30);
    for (let number = 0; number < 10; number += 1) {
      assert.equal(await recalled(trainer.workspace, `p ${number}`), `a ${number + 20}`);
    }
    await assertMemoryEqualsRebuild(parts, trainer.workspace);
  });

  test("text that no engine can keep is taught as it will be kept", async () => {
    const parts = opened();
    const trainer = teacherIn(newWorkspace(), "trainer");
    await parts.teaching.teach(trainer, lesson("a\0b\ud800", "c\udfff"));
    await assertMemoryEqualsRebuild(parts, trainer.workspace);
    const again = await parts.teaching.teach(trainer, lesson("a\0b\ud800", "c\udfff"));
    assert.equal(again.skipped, 1);
  });

  test("active examples are exported as lines, in order", async () => {
    const { teaching, examples } = opened();
    const trainer = teacherIn(newWorkspace(), "trainer");
    await teaching.teach(trainer, lesson('Ё\n"', "🦊"));
    await teaching.teach(trainer, lesson("never", null));
    await teaching.teach(trainer, lesson("b", "c", { label: "negative" }));
    const lines = await Array.fromAsync(exportExamples(examples, trainer.workspace));
    assert.deepEqual(lines, [
      '{"prompt":"Ё\\n\\"","answer":"🦊","label":"positive"}\n',
      '{"prompt":"never","answer":null,"label":"positive"}\n',
      '{"prompt":"b","answer":"c","label":"negative"}\n',
    ]);
  });
}
