import { ApprenticeError } from "../core/errors.ts";
import { mayActAs } from "../core/person.ts";
import { findAnswerId, versionCount } from "../storage/answers.ts";
import type { Decision } from "../storage/knowledge/decision.ts";
import { keyOf } from "../storage/knowledge/keys.ts";
import { textOf } from "../storage/knowledge/state.ts";
import type { ActionKind } from "../storage/schema.ts";
import {
  act,
  asVersion,
  newAnswer,
  newRow,
  newVersionRow,
  type Act,
  type TeachingOptions,
} from "./act.ts";
import { firstWording, mayChangeEverywhere, promptsOf } from "./decide-correction.ts";
import { checkedText, longestAnswer } from "./lesson-rules.ts";
import { effectOf, receiptFor } from "./receipt.ts";
import type { AnswerEdit, Receipt, Teacher } from "./teaching.ts";

const kinds: Readonly<Record<AnswerEdit["kind"], ActionKind>> = {
  text: "corrected",
  confirm: "confirmed",
  retire: "retired",
  "retire-wording": "retired",
  merge: "merged",
  split: "split",
  "valid-until": "confirmed",
};

/**
 * Changes an answer as a whole: its words, whether it counts, which wordings it has. Trainers may, and
 * whoever wrote all of it; anybody may confirm what they taught. Throws `answer-missing`,
 * `permission-denied`, `teaching-*`.
 */
export async function editAnswer(
  options: TeachingOptions,
  teacher: Teacher,
  _status: "active" | "pending",
  answerId: string,
  edit: AnswerEdit,
): Promise<Receipt> {
  const { workspace, person, messageId } = teacher;
  return act(
    options,
    { workspace, kind: kinds[edit.kind], person: person.id, messageId },
    async (step) => {
      const id = await existing(step, workspace, answerId);
      const into = edit.kind === "merge" ? await existing(step, workspace, edit.into) : undefined;
      await mayEdit(step, teacher, [id, ...(into === undefined ? [] : [into])]);
      const view = await step.view({
        answers: [id, ...(into === undefined ? [] : [into])],
        ...(edit.kind === "retire-wording" && { keys: [keyOf(edit.prompt)] }),
        ...(edit.kind === "split" && { keys: edit.prompts.map(keyOf) }),
      });
      const answer = view.state.answers.get(id);
      if (answer?.status !== "active")
        throw new ApprenticeError("answer-missing", { id: answerId });
      const old = textOf(answer);
      const wording = firstWording(view, id);
      const { decision, brought } = await decisionOf(step, teacher, { id, into, edit, old });
      const before = promptsOf(view, view.state, id);
      const after = await step.take(view, [decision], brought);
      const now = after.answers.get(into ?? id)!;
      const effect = effectOf(edit.kind === "confirm" ? "confirmed" : "changed", wording ?? "", {
        meaning: edit.kind === "text" ? "everywhere" : null,
        answerId: into ?? id,
        version: await versionCount(step.query, into ?? id),
        answer: now.status === "active" ? textOf(now) : null,
        old,
        wording,
        changed: edit.kind === "confirm" || edit.kind === "split" ? [] : changedBy(edit, before),
      });
      return { ...receiptFor(step.actionId, kinds[edit.kind], "active", []), effect };
    },
  );
}

const changedBy = (edit: AnswerEdit, before: readonly string[]): readonly string[] =>
  edit.kind === "retire-wording" ? [edit.prompt] : edit.kind === "valid-until" ? [] : before;

async function existing({ query }: Act, workspace: string, id: string): Promise<string> {
  const found = await findAnswerId(query, workspace, id);
  if (found === undefined) throw new ApprenticeError("answer-missing", { id: id.slice(0, 60) });
  return found;
}

async function mayEdit(step: Act, teacher: Teacher, ids: readonly string[]): Promise<void> {
  const { role } = teacher.person;
  for (const id of ids)
    if (!mayActAs(role, "trainer") && !(await mayChangeEverywhere(step, teacher, id)))
      throw new ApprenticeError("permission-denied", { needed: "trainer", role });
}

async function decisionOf(
  step: Act,
  teacher: Teacher,
  {
    id,
    into,
    edit,
    old,
  }: {
    readonly id: string;
    readonly into: string | undefined;
    readonly edit: AnswerEdit;
    readonly old: string | null;
  },
): Promise<{ readonly decision: Decision; readonly brought: object }> {
  const { actionId, query } = step;
  switch (edit.kind) {
    case "text": {
      const text = checkedText("answer", edit.text, longestAnswer);
      const number = (await versionCount(query, id)) + 1;
      const version = newVersionRow(teacher, text, { actionId, answerId: id, number });
      const decision = { kind: "change", answer: id, version: asVersion(version) } as const;
      return { decision, brought: { versions: [version] } };
    }
    case "confirm":
    case "retire":
      return { decision: { kind: edit.kind, answer: id }, brought: {} };
    case "retire-wording":
      return { decision: { kind: "retire-wording", key: keyOf(edit.prompt) }, brought: {} };
    case "merge":
      return { decision: { kind: "merge", from: id, into: into! }, brought: {} };
    case "valid-until":
      return { decision: { kind: "valid-until", answer: id, until: edit.until }, brought: {} };
    case "split": {
      const made = newAnswer(teacher, old, { actionId, status: "active", declared: true });
      const keys = edit.prompts.map(keyOf);
      const answer = made.answer.id;
      return {
        decision: { kind: "split", from: id, answer, version: made.version.id, keys },
        brought: { answers: [made.answer], versions: [made.versionRow] },
      };
    }
  }
}

/** Makes a question one more wording of an answer; one that has another answer keeps it. */
export async function rewordAnswer(
  options: TeachingOptions,
  teacher: Teacher,
  status: "active" | "pending",
  prompt: string,
  answerId: string,
): Promise<Receipt> {
  const { workspace, person, messageId } = teacher;
  const asked = checkedText("prompt", prompt, 4_000);
  const detail = status === "pending" ? ({ waits: true } as const) : undefined;
  return act(
    options,
    { workspace, kind: "reworded", person: person.id, messageId, detail },
    async (step) => {
      const { actionId } = step;
      const id = await existing(step, workspace, answerId);
      const key = keyOf(asked);
      const view = await step.view({ keys: [key], answers: [id] });
      const answer = view.state.answers.get(id);
      if (answer?.status !== "active")
        throw new ApprenticeError("answer-missing", { id: answerId });
      const text = textOf(answer);
      const how = { actionId, source: "taught", status } as const;
      const row = newRow(teacher, { prompt: asked, answer: text, label: "positive" }, how);
      const wording = firstWording(view, id);
      const decision = {
        kind: "reword",
        wording: { row: row.id, key },
        answer: id,
        how: "accepted",
      } as const;
      const after = await step.take(view, status === "pending" ? [] : [decision], {
        wordings: [row],
      });
      const isTaken = after.wordings.get(key)?.answer !== id;
      const outcome = status === "pending" ? "waits" : isTaken ? "taken" : "joined";
      const effect = effectOf(outcome, asked, { answerId: id, answer: text, wording });
      return { ...receiptFor(actionId, "reworded", status, [row.id]), effect };
    },
  );
}
