import { ApprenticeError } from "../core/errors.ts";
import { mayActAs } from "../core/person.ts";
import type { Example } from "../core/example.ts";
import { addCorrection } from "../storage/corrections.ts";
import { activeWithWording } from "../storage/example-lookup.ts";
import type { NewExample } from "../storage/ledger.ts";
import { pendingExamples, settleWrongRow } from "../storage/review.ts";
import type { PendingItem, WrongRowItem } from "../storage/review.ts";
import { act, newExample } from "./act.ts";
import type { TeachingOptions } from "./act.ts";
import { checkedLesson, longestAnswer } from "./lesson-rules.ts";
import { receiptFor } from "./receipt.ts";
import { findReviewItem } from "./review.ts";
import type { Lesson, Receipt, Teacher, Verdict } from "./teaching.ts";

/**
 * Settles one item of the review queue. What waits becomes active, is taught in other words, or is
 * rejected; of a wrong row the expected answer is taught as a correction. Throws `review-missing`,
 * `review-settled`, and `permission-denied` for anyone below a trainer.
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
  const how = { source: "corrected", status: "active" } as const;
  const examples = lessons.map((lesson) => newExample(teacher, lesson, how));
  const positive = examples.find(({ label }) => label === "positive");
  const negative = examples.find(({ label }) => label === "negative");
  const losers = await losersTo(options, workspace, positive);

  return act(options, { workspace, kind: "reviewed", person: person.id }, async (step) => {
    await step.supersede(losers.map((exampleId) => ({ exampleId, byExample: positive!.id })));
    await step.add(examples);
    if (positive && positive.answer !== null) {
      await addCorrection(step.query, {
        actionId: step.actionId,
        workspace,
        turnId: item.id,
        prompt: positive.prompt,
        chosen: positive.answer,
        rejected: negative?.answer ?? null,
      });
    }
    await settleWrongRow(step.query, item.id, stateAfter(verdict), step.actionId);
    const ids = examples.map((example) => example.id);
    return {
      ...receiptFor(step.actionId, "reviewed", "active", ids),
      superseded: losers.length,
    };
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
  const pending = await pendingExamples(options.database.query, item.id);
  const written =
    verdict.kind === "edit" ? inOtherWords(teacher, item, pending, verdict.answer) : [];
  const counting: readonly (Example | NewExample)[] =
    verdict.kind === "edit" ? written : verdict.kind === "approve" ? pending : [];
  const positive = counting.find(({ label }) => label === "positive");
  // A file's lessons stand beside what they contradict, as when a trainer imports it.
  const losers = item.action === "imported" ? [] : await losersTo(options, workspace, positive);

  return act(options, { workspace, kind: "reviewed", person: person.id }, async (step) => {
    await step.supersede(losers.map((exampleId) => ({ exampleId, byExample: positive!.id })));
    await step.add(written);
    await step.settle(pending, verdict.kind === "approve" ? "active" : "rejected");
    const ids = counting.map((example) => example.id);
    return {
      ...receiptFor(step.actionId, "reviewed", "active", ids),
      superseded: losers.length,
    };
  });
}

/** A pending lesson with a trainer's answer in place of the member's. */
function inOtherWords(
  teacher: Teacher,
  item: PendingItem,
  pending: readonly Example[],
  answer: string,
): readonly NewExample[] {
  const positives = pending.filter(({ label }) => label === "positive");
  if (positives.length > 1) {
    throw new ApprenticeError("review-many", { count: positives.length, id: item.id.slice(-8) });
  }
  const source = item.action === "corrected" ? "corrected" : "taught";
  const how = {
    source,
    status: "active",
    ...(item.first.turnId !== null && { turnId: item.first.turnId }),
  } as const;
  const { prompt } = item.first;
  const right = checkedLesson({ prompt, answer, label: "positive" });
  const wrong = pending.find((example) => example.label === "negative");
  return [
    newExample(teacher, right, how),
    ...(wrong && wrong.answer !== right.answer
      ? [newExample(teacher, { prompt, answer: wrong.answer, label: "negative" }, how)]
      : []),
  ];
}

/** The active examples that have to give way to an approved answer. */
async function losersTo(
  { database, memories }: TeachingOptions,
  workspace: string,
  positive: Pick<Example, "prompt" | "answer"> | undefined,
): Promise<readonly string[]> {
  if (!positive) return [];
  const { prompt, answer } = positive;
  const recall = await memories.of(workspace);
  const rivals = recall.rivals(prompt, answer, { reach: "same" });
  const denials = await activeWithWording(database.query, workspace, {
    prompt,
    answer,
    label: "negative",
  });
  return [...new Set([...rivals, ...denials])];
}

const stateAfter = ({ kind }: Verdict) =>
  kind === "approve" ? "approved" : kind === "edit" ? "edited" : "rejected";
