import { now } from "../core/clock.ts";
import { newId } from "../core/ids.ts";
import { activeAnswersSaying, currentVersions } from "../storage/answers.ts";
import { activeWithWording } from "../storage/example-lookup.ts";
import type { ExampleRow } from "../storage/example-rows.ts";
import type { Decision } from "../storage/knowledge/decision.ts";
import { keyOf } from "../storage/knowledge/keys.ts";
import { answerAt, textOf, type AnswerState } from "../storage/knowledge/state.ts";
import type { View } from "../storage/knowledge/rows.ts";
import { act, newAnswer, newRow, type Act, type TeachingOptions } from "./act.ts";
import { decideCorrection } from "./decide-correction.ts";
import { checkedLesson } from "./lesson-rules.ts";
import { effectOf, nothingDone, receiptFor } from "./receipt.ts";
import type { Lesson, Receipt, Teacher } from "./teaching.ts";

/**
 * Teaches one lesson. A question that has another answer keeps it, and what was said waits as a proposal,
 * unless the lesson replaces it. One that has this answer is noted as still right.
 */
export async function teachLesson(
  options: TeachingOptions,
  teacher: Teacher,
  status: "active" | "pending",
  unchecked: Lesson,
): Promise<Receipt> {
  const lesson = checkedLesson(unchecked);
  const { workspace, person, messageId } = teacher;
  if (lesson.label === "negative") return teachNegative(options, teacher, status, lesson);
  const detail = status === "pending" ? ({ waits: true } as const) : undefined;
  return act(
    options,
    { workspace, kind: "taught", person: person.id, messageId, detail },
    async (step) => {
      const key = keyOf(lesson.prompt);
      const view = await step.view({ keys: [key] });
      const standing = answerAt(view.state, key);
      if (status === "pending") return teachWaiting(step, teacher, lesson, view);
      if (!standing) return teachNew(step, teacher, lesson, view);
      if (textOf(standing) === lesson.answer) return confirm(step, lesson, view, standing);
      if (!lesson.replace) return propose(step, teacher, lesson, { view, key, standing });
      const how = { actionId: step.actionId, source: "taught", status } as const;
      const row = newRow(teacher, lesson, how);
      const effect = await decideCorrection(step, teacher, { row, given: standing.id });
      return { ...receiptFor(step.actionId, "taught", status, [row.id]), superseded: 1, effect };
    },
  );
}

async function teachNew(step: Act, teacher: Teacher, lesson: Lesson, view: View): Promise<Receipt> {
  const { row, made } = newLesson(step, teacher, lesson, "active");
  await step.take(view, [teaching(row, made)], {
    wordings: [row],
    answers: [made.answer],
    versions: [made.versionRow],
  });
  const effect = effectOf("new", lesson.prompt, {
    answerId: made.answer.id,
    version: 1,
    answer: lesson.answer,
    changed: [lesson.prompt],
  });
  return { ...receiptFor(step.actionId, "taught", "active", [row.id]), effect };
}

async function teachWaiting(
  step: Act,
  teacher: Teacher,
  lesson: Lesson,
  view: View,
): Promise<Receipt> {
  const { row, made } = newLesson(step, teacher, lesson, "pending");
  // Not a step yet: a review says when it becomes one.
  await step.take(view, [], {
    wordings: [row],
    answers: [{ ...made.answer, step: 0 }],
    versions: [made.versionRow],
  });
  const effect = effectOf("waits", lesson.prompt, { answer: lesson.answer });
  return { ...receiptFor(step.actionId, "taught", "pending", [row.id]), effect };
}

function newLesson(step: Act, teacher: Teacher, lesson: Lesson, status: "active" | "pending") {
  const { actionId } = step;
  const made = newAnswer(teacher, lesson.answer, { actionId, status, declared: true });
  const how = { actionId, source: "taught", status, answerId: made.answer.id } as const;
  return { made, row: newRow(teacher, lesson, how) };
}

const teaching = (
  row: ReturnType<typeof newRow>,
  { answer, version }: ReturnType<typeof newAnswer>,
): Decision => ({
  kind: "teach",
  answer: answer.id,
  version,
  declared: true,
  how: "taught",
  wordings: [{ row: row.id, key: row.prompt_key }],
});

async function confirm(
  step: Act,
  lesson: Lesson,
  view: View,
  standing: AnswerState,
): Promise<Receipt> {
  await step.become("confirmed");
  await step.take(view, [{ kind: "confirm", answer: standing.id }]);
  const { row } = view.state.wordings.get(keyOf(lesson.prompt))!;
  const effect = effectOf("confirmed", lesson.prompt, {
    answerId: standing.id,
    answer: lesson.answer,
  });
  const done = receiptFor(step.actionId, "confirmed", "active", []);
  return { ...done, exampleIds: [row], skipped: 1, effect };
}

/** Nothing changes: what was said waits beside what stands. */
async function propose(
  step: Act,
  { workspace, person }: Teacher,
  lesson: Lesson,
  {
    view,
    key,
    standing,
  }: { readonly view: View; readonly key: string; readonly standing: AnswerState },
): Promise<Receipt> {
  const id = newId();
  await step.take(view, [{ kind: "propose", id, key, why: "conflict" }], {
    proposals: [
      {
        id,
        action_id: step.actionId,
        workspace,
        prompt_key: key,
        prompt: lesson.prompt,
        answer_id: standing.id,
        text: lesson.answer,
        person: person.id,
        why: "conflict",
        status: "open",
        at: now(),
      },
    ],
  });
  const current = (await currentVersions(step.query, [standing.id])).get(standing.id)!;
  const effect = effectOf("taken", lesson.prompt, {
    answerId: standing.id,
    version: current.number,
    answer: lesson.answer,
    old: textOf(standing),
    proposal: id,
    by: { author: current.author, at: current.at },
  });
  return { ...receiptFor(step.actionId, "taught", "active", []), conflicts: 1, effect };
}

async function teachNegative(
  options: TeachingOptions,
  teacher: Teacher,
  status: "active" | "pending",
  lesson: Lesson,
): Promise<Receipt> {
  const { workspace, person, messageId } = teacher;
  const known = await activeWithWording(options.database.query, workspace, lesson);
  if (known.length > 0) return { ...nothingDone("taught", status), exampleIds: known, skipped: 1 };
  const detail = status === "pending" ? ({ waits: true } as const) : undefined;
  return act(
    options,
    { workspace, kind: "taught", person: person.id, messageId, detail },
    async (step) => {
      const row = newRow(teacher, lesson, { actionId: step.actionId, source: "taught", status });
      const superseded = await denyAnswers(step, [row], { isWaiting: status === "pending" });
      return { ...receiptFor(step.actionId, "taught", status, [row.id]), superseded };
    },
  );
}

/**
 * Stores what not to answer, and keeps every answer that says so away from the question. One that the
 * question was taught with is taken from it. Gives how many questions lost their answer.
 */
export async function denyAnswers(
  step: Act,
  rows: readonly (ExampleRow & { readonly prompt_key: string })[],
  {
    isWaiting = false,
    isStored = false,
    about,
    scope = "near",
  }: {
    readonly isWaiting?: boolean;
    readonly isStored?: boolean;
    readonly about?: string;
    readonly scope?: "exact" | "near";
  } = {},
): Promise<number> {
  const keys = rows.map((row) => row.prompt_key);
  const denied = isWaiting
    ? []
    : await Promise.all(
        rows.map(async (row) => ({
          row,
          answers: await activeAnswersSaying(step.query, row.workspace, row.answer),
        })),
      );
  const view = await step.view({ keys, answers: denied.flatMap(({ answers }) => answers) });
  const decisions: Decision[] = [];
  let taken = 0;
  for (const { row, answers } of denied)
    for (const answer of answers) {
      const key = row.prompt_key;
      if (answerAt(view.state, key)?.id === answer) {
        decisions.push({ kind: "retire-wording", key });
        taken += 1;
      }
      decisions.push({ kind: "mismatch", id: newId(), key, answer, scope });
    }
  await step.take(view, decisions, {
    ...(isStored ? {} : { wordings: rows }),
    ...(about !== undefined && { about }),
  });
  return taken;
}
