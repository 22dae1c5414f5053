import { ApprenticeError } from "../core/errors.ts";
import { mayActAs } from "../core/person.ts";
import type { Example } from "../core/example.ts";
import { findAction } from "../storage/actions.ts";
import { addCorrection } from "../storage/corrections.ts";
import type { ExampleRow } from "../storage/example-rows.ts";
import { answerAt, textOf } from "../storage/knowledge/state.ts";
import { pendingRows, settleWrongRow } from "../storage/review.ts";
import type { PendingItem, WrongRowItem } from "../storage/review.ts";
import { settleWaiting } from "../storage/settled.ts";
import { findTurn } from "../storage/turns.ts";
import { act, newRow, type Act, type TeachingOptions } from "./act.ts";
import { decideCorrection } from "./decide-correction.ts";
import { givenAnswerId } from "./given-answer.ts";
import { checkedLesson, longestAnswer } from "./lesson-rules.ts";
import { receiptFor } from "./receipt.ts";
import { wordAgain } from "./restate.ts";
import { findReviewItem } from "./review.ts";
import { denyAnswers } from "./teach-lesson.ts";
import type { Effect, Lesson, Receipt, Teacher, Verdict } from "./teaching.ts";

/**
 * Settles one item of the review queue. What waits is decided against what is known by now: it counts, is
 * taught in other words, or is rejected; of a wrong row the expected answer is taught as a correction.
 * Throws `review-missing`, `review-settled`, and `permission-denied` for anyone below a trainer.
 */
export async function reviewItem(
  options: TeachingOptions,
  teacher: Teacher,
  _status: "active" | "pending",
  itemId: string,
  verdict: Verdict,
): Promise<Receipt> {
  const { role } = teacher.person;
  if (!mayActAs(role, "trainer"))
    throw new ApprenticeError("permission-denied", { needed: "trainer", role });
  const item = await findReviewItem(options.database.query, teacher.workspace, itemId);
  return item.kind === "wrong"
    ? reviewWrongRow(options, teacher, item, verdict)
    : reviewPending(options, teacher, item, verdict);
}

async function reviewWrongRow(
  options: TeachingOptions,
  teacher: Teacher,
  item: WrongRowItem,
  verdict: Verdict,
): Promise<Receipt> {
  const { workspace, person } = teacher;
  const lessons = verdict.kind === "reject" ? [] : lessonsFor(item, verdict);
  return act(options, { workspace, kind: "reviewed", person: person.id }, async (step) => {
    const how = { actionId: step.actionId, source: "corrected", status: "active" } as const;
    const rows = lessons.map((lesson) => newRow(teacher, lesson, how));
    const positive = rows.find(({ label }) => label === "positive");
    const negatives = rows.filter(({ label }) => label === "negative");
    const effect =
      positive && (await decideCorrection(step, teacher, { row: positive, given: null }));
    if (negatives.length > 0) await denyAnswers(step, negatives, { scope: "exact" });
    if (positive && positive.answer !== null) {
      await addCorrection(step.query, {
        actionId: step.actionId,
        workspace,
        turnId: item.id,
        prompt: positive.prompt,
        chosen: positive.answer,
        rejected: negatives[0]?.answer ?? null,
        answerId: effect?.answerId ?? null,
        meaning: effect?.meaning ?? null,
      });
    }
    await settleWrongRow(step.query, item.id, stateAfter(verdict), step.actionId);
    return reviewed(step, rows, effect);
  });
}

/** What a settled wrong row teaches: the right answer, and not to give the wrong one. */
function lessonsFor(item: WrongRowItem, verdict: Verdict): readonly Lesson[] {
  const { prompt, predicted, expected, label } = item;
  const right = verdict.kind === "edit" ? verdict.answer : label === "positive" ? expected : null;
  const wrong = label === "negative" ? expected : predicted;
  const teachesRight = verdict.kind === "edit" || label === "positive";
  const teachesWrong = wrong !== null && wrong !== right && wrong.length <= longestAnswer;
  return [
    ...(teachesRight ? [checkedLesson({ prompt, answer: right, label: "positive" })] : []),
    ...(teachesWrong ? [checkedLesson({ prompt, answer: wrong, label: "negative" })] : []),
  ];
}

async function reviewPending(
  options: TeachingOptions,
  teacher: Teacher,
  item: PendingItem,
  verdict: Verdict,
): Promise<Receipt> {
  const { workspace, person } = teacher;
  return act(options, { workspace, kind: "reviewed", person: person.id }, async (step) => {
    const pending = await pendingRows(step.query, item.id);
    const positives = pending.filter(({ label }) => label === "positive");
    if (verdict.kind === "edit" && positives.length > 1)
      throw new ApprenticeError("review-many", { count: positives.length, id: item.id.slice(-8) });
    const about = item.id;
    await settleWaiting(step.query, about, verdict.kind === "approve" ? "active" : "rejected");
    if (verdict.kind === "approve") {
      const effect = await approve(step, teacher, item, pending);
      return reviewed(step, pending, effect);
    }
    const view = await step.view({ keys: pending.map((row) => row.prompt_key) });
    await step.take(view, [{ kind: "reject", act: about }], { about });
    if (verdict.kind === "reject") return reviewed(step, [], undefined);
    const { made, effect } = await teachInOtherWords(step, teacher, item, pending, verdict.answer);
    return reviewed(step, made, effect);
  });
}

/** Lets what waits count, as it would if it were said now. */
async function approve(
  step: Act,
  teacher: Teacher,
  item: PendingItem,
  pending: readonly PendingRow[],
): Promise<Effect | undefined> {
  const about = item.id;
  const positives = pending.filter(({ label }) => label === "positive");
  const negatives = pending.filter(({ label }) => label === "negative");
  const [first, ...others] = positives;
  let effect: Effect | undefined;
  const isOwnAnswer = first?.base_answer_id !== null && first !== undefined;
  if (first && (item.action === "corrected" || item.action === "rated" || !isOwnAnswer)) {
    effect = await decideCorrection(step, teacher, {
      row: first,
      isStored: true,
      about,
      ...(await meantBy(step, item, first)),
    });
    if (effect.answerId !== null)
      for (const row of others)
        await wordAgain(step, { row, answerId: effect.answerId, about, isStored: true });
  } else effect = await approveLessons(step, teacher, item, positives);
  if (item.action === "taught" && negatives.length > 0)
    await denyAnswers(step, negatives, { isStored: true, about });
  const view = await step.view({
    keys: pending.map((row) => row.prompt_key),
    answers: pending.flatMap((row) => row.base_answer_id ?? []),
  });
  if (effect === undefined || effect.outcome === "same")
    await step.take(view, [{ kind: "approve", act: about }], { about });
  return effect;
}

/** A lesson for a question that has another answer replaces it; those of a file stand beside it. */
async function approveLessons(
  step: Act,
  teacher: Teacher,
  item: PendingItem,
  positives: readonly PendingRow[],
): Promise<Effect | undefined> {
  const [first] = positives;
  if (!first || item.action === "imported") return undefined;
  const { state } = await step.view({ keys: [first.prompt_key] });
  const own = answerAt(state, first.prompt_key);
  if (!own || textOf(own) === first.answer) return undefined;
  return decideCorrection(step, teacher, {
    row: first,
    isStored: true,
    about: item.id,
    given: own.id,
  });
}

/** The answer that a waiting correction was about, and how it was meant. */
async function meantBy(step: Act, item: PendingItem, row: PendingRow) {
  const turn =
    row.turn_id === null ? undefined : await findTurn(step.query, row.workspace, row.turn_id);
  const given = turn ? await givenAnswerId(step.query, turn) : null;
  const action = await findAction(step.query, row.workspace, { id: item.id });
  const meaning = action?.detail.meaning;
  return { given, ...(meaning && meaning !== "open" && { meaning }) };
}

type PendingRow = ExampleRow & { readonly prompt_key: string };

/** A pending lesson with a trainer's answer in place of the member's. */
async function teachInOtherWords(
  step: Act,
  teacher: Teacher,
  item: PendingItem,
  pending: readonly PendingRow[],
  answer: string,
): Promise<{ readonly made: readonly ExampleRow[]; readonly effect: Effect }> {
  const how = {
    actionId: step.actionId,
    source: item.action === "corrected" ? "corrected" : "taught",
    status: "active",
    ...(item.first.turnId !== null && { turnId: item.first.turnId }),
  } as const;
  const { prompt } = item.first;
  const right = checkedLesson({ prompt, answer, label: "positive" });
  const wrong = pending.find(({ label }) => label === "negative");
  const row = newRow(teacher, right, how);
  const negatives =
    wrong && wrong.answer !== right.answer
      ? [newRow(teacher, { prompt, answer: wrong.answer, label: "negative" }, how)]
      : [];
  const first = pending.find(({ label }) => label === "positive");
  const meant = first ? await meantBy(step, item, first) : { given: null };
  const effect = await decideCorrection(step, teacher, { row, negatives, ...meant });
  return { made: [row, ...negatives], effect };
}

const reviewed = (
  step: Act,
  rows: readonly Pick<Example, "id">[],
  effect: Effect | undefined,
): Receipt => ({
  ...receiptFor(
    step.actionId,
    "reviewed",
    "active",
    rows.map(({ id }) => id),
  ),
  superseded: effect && effect.old !== null && effect.outcome !== "same" ? 1 : 0,
  ...(effect && { effect }),
});

const stateAfter = ({ kind }: Verdict) =>
  kind === "approve" ? "approved" : kind === "edit" ? "edited" : "rejected";
