import type { Meaning } from "../core/correction.ts";
import { ApprenticeError } from "../core/errors.ts";
import type { Turn } from "../core/turn.ts";
import { addCorrection } from "../storage/corrections.ts";
import type { ExampleRow } from "../storage/example-rows.ts";
import { act, newRow, type Act, type TeachingOptions } from "./act.ts";
import { decideCorrection } from "./decide-correction.ts";
import { givenAnswerId } from "./given-answer.ts";
import { checkedLesson } from "./lesson-rules.ts";
import { likelihoodElsewhere } from "./likelihood-elsewhere.ts";
import { effectOf, nothingDone, receiptFor } from "./receipt.ts";
import { wordAgain } from "./restate.ts";
import type { CorrectOptions, Effect, Receipt, Teacher } from "./teaching.ts";

/**
 * Gives the question of a turn the right answer, and no other question unless that is meant. `restated` is
 * the question in the teacher's own words: it becomes a wording of the same answer, and a consent covers
 * only that, as the question of the turn may be somebody else's. Throws `turn-missing` for a turn of
 * another workspace and `turn-unanswered`.
 */
export async function correctTurn(
  options: TeachingOptions,
  teacher: Teacher,
  status: "active" | "pending",
  turn: Turn,
  answer: string,
  { restated, meaning }: CorrectOptions = {},
): Promise<Receipt> {
  const { workspace, person, messageId } = teacher;
  const said = givenAnswer(workspace, turn);
  const better = checkedLesson({ prompt: turn.prompt, answer, label: "positive" });
  const rejected = turn.known && said !== better.answer ? said : null;
  const also =
    restated === undefined
      ? undefined
      : checkedLesson({ prompt: restated, answer, label: "positive" });
  const given = await givenAnswerId(options.database.query, turn);
  if (turn.known && said === better.answer && given === null)
    return nothingDone("corrected", status);
  const guess = await likelihoodElsewhere(options, turn, better.answer ?? "", said);
  const waits = status === "pending";

  return act(
    options,
    {
      workspace,
      kind: "corrected",
      person: person.id,
      messageId,
      ...(waits && { detail: { waits: true, ...(meaning && { meaning }) } }),
    },
    async (step) => {
      const { actionId } = step;
      const { consent: _forOwnWords, ...withoutConsent } = teacher;
      const forTurn = also ? withoutConsent : teacher;
      const how = { actionId, source: "corrected", status, turnId: turn.id } as const;
      const row = newRow(forTurn, better, how);
      const own = also && newRow(teacher, also, how);
      const negatives =
        rejected === null
          ? []
          : [newRow(forTurn, { ...better, answer: rejected, label: "negative" }, how)];
      const effect = waits
        ? await storeWaiting(step, [row, ...(own ? [own] : []), ...negatives], turn.prompt)
        : await decideCorrection(step, forTurn, {
            row,
            given,
            seen: { versionId: turn.versionId, text: said, at: turn.startedAt },
            meaning,
            guess,
            negatives,
          });
      if (effect.outcome === "waits" && !waits)
        return {
          ...receiptFor(
            actionId,
            "corrected",
            "pending",
            await postpone(step, meaning, [row, ...(own ? [own] : []), ...negatives]),
          ),
          effect,
        };
      const isNothing = effect.outcome === "same" || effect.outcome === "meanwhile";
      if (own && effect.answerId !== null && !isNothing)
        await wordAgain(step, { row: own, answerId: effect.answerId });
      if (!isNothing && better.answer !== null)
        await addCorrection(step.query, {
          actionId,
          workspace,
          turnId: turn.id,
          prompt: better.prompt,
          chosen: better.answer,
          rejected,
          answerId: effect.answerId,
          oldVersion: turn.versionId,
          meaning: effect.meaning,
        });
      const others = [...(own ? [own] : []), ...negatives].map(({ id }) => id);
      const ids = [effect.exampleId ?? row.id, ...others];
      const done = receiptFor(actionId, "corrected", status, isNothing ? [] : ids);
      return { ...done, superseded: effect.old === null || isNothing ? 0 : 1, effect };
    },
  );
}

/** Keeps rows until a review says what becomes of them. */
export async function storeWaiting(
  step: Act,
  rows: readonly ExampleRow[],
  prompt: string,
): Promise<Effect> {
  const view = await step.view({ keys: rows.map((row) => row.prompt_key!) });
  await step.take(view, [], { wordings: rows });
  return effectOf("waits", prompt, { answer: rows[0]?.answer ?? null });
}

/** Lets what a person may not decide alone wait for a trainer. */
async function postpone(
  step: Act,
  meaning: Meaning | undefined,
  rows: readonly ExampleRow[],
): Promise<readonly string[]> {
  const waiting = rows.map((row) => ({ ...row, base_status: "pending" as const }));
  const detail = { waits: true, ...(meaning && { meaning }) };
  await step.query
    .updateTable("action")
    .set({ detail: JSON.stringify(detail) })
    .where("id", "=", step.actionId)
    .execute();
  await storeWaiting(step, waiting, waiting[0]?.prompt ?? "");
  return waiting.map(({ id }) => id);
}

/** What the bot said. Throws `turn-missing` or `turn-unanswered`. */
export function givenAnswer(workspace: string, turn: Turn): string {
  if (turn.workspace !== workspace) throw new ApprenticeError("turn-missing");
  if (turn.answer === null) throw new ApprenticeError("turn-unanswered");
  return turn.answer;
}
