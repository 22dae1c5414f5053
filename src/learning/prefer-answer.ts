import { addCorrection } from "../storage/corrections.ts";
import { activeWithWording } from "../storage/example-lookup.ts";
import { keyOf } from "../storage/knowledge/keys.ts";
import { answerAt } from "../storage/knowledge/state.ts";
import { act, newRow, type TeachingOptions } from "./act.ts";
import { storeWaiting } from "./correct-turn.ts";
import { decideCorrection } from "./decide-correction.ts";
import { checkedLesson } from "./lesson-rules.ts";
import { receiptFor } from "./receipt.ts";
import { denyAnswers } from "./teach-lesson.ts";
import type { Preference, Receipt, Teacher } from "./teaching.ts";

/**
 * Keeps that one answer is better than another: what was chosen answers the question, what was not is not
 * to be given to it, and the preference pair. What is known already is not added again. Throws `teaching-*`.
 */
export async function preferAnswer(
  options: TeachingOptions,
  teacher: Teacher,
  status: "active" | "pending",
  { prompt, chosen, rejected, duelId }: Preference,
): Promise<Receipt> {
  const { workspace, person, messageId } = teacher;
  const better = checkedLesson({ prompt, answer: chosen, label: "positive" });
  const worse =
    rejected === null ? [] : [checkedLesson({ prompt, answer: rejected, label: "negative" })];
  const { query } = options.database;
  const known = await activeWithWording(query, workspace, better);
  const detail = status === "pending" ? ({ waits: true } as const) : undefined;
  return act(
    options,
    { workspace, kind: "rated", person: person.id, messageId, detail },
    async (step) => {
      const how = { actionId: step.actionId, source: "rated", status, turnId: duelId } as const;
      const row = known.length > 0 ? undefined : newRow(teacher, better, how);
      const negatives = worse.map((lesson) => newRow(teacher, lesson, how));
      const made = [...(row ? [row] : []), ...negatives];
      let superseded = 0;
      if (status === "pending") await storeWaiting(step, made, prompt);
      else {
        if (row) {
          const own = answerAt((await step.view({ keys: [row.prompt_key] })).state, keyOf(prompt));
          const effect = await decideCorrection(step, teacher, { row, given: own?.id ?? null });
          superseded = effect.old === null ? 0 : 1;
        }
        await denyAnswers(step, negatives, { scope: "exact" });
      }
      await addCorrection(step.query, {
        actionId: step.actionId,
        workspace,
        turnId: duelId,
        prompt: better.prompt,
        chosen: better.answer!,
        rejected,
      });
      const ids = made.map(({ id }) => id);
      return { ...receiptFor(step.actionId, "rated", status, ids), superseded };
    },
  );
}
