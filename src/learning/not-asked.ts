import { newId } from "../core/ids.ts";
import { mayActAs } from "../core/person.ts";
import type { Turn } from "../core/turn.ts";
import { addFeedback } from "../storage/feedback.ts";
import { keyOf } from "../storage/knowledge/keys.ts";
import { activeAnswer, answerAt } from "../storage/knowledge/state.ts";
import { act, type TeachingOptions } from "./act.ts";
import { givenAnswer } from "./correct-turn.ts";
import { givenAnswerId } from "./given-answer.ts";
import { effectOf, receiptFor } from "./receipt.ts";
import type { Receipt, Teacher } from "./teaching.ts";

/**
 * Says that the answer of a turn belongs to another question: it is not given to this one any more. A
 * trainer's word counts at once, a member's when a second member says the same. Under an answer that was
 * taught for this very question nothing changes: it is kept as feedback. Throws `turn-missing`,
 * `turn-unanswered`.
 */
export async function notAsked(
  options: TeachingOptions,
  teacher: Teacher,
  _status: "active" | "pending",
  turn: Turn,
): Promise<Receipt> {
  const { workspace, person, messageId } = teacher;
  const said = givenAnswer(workspace, turn);
  const given = await givenAnswerId(options.database.query, turn);
  return act(
    options,
    { workspace, kind: "mismatched", person: person.id, messageId },
    async (step) => {
      const { actionId, query } = step;
      const key = keyOf(turn.prompt);
      const view = await step.view({ keys: [key], answers: given === null ? [] : [given] });
      const answer = activeAnswer(view.state, given);
      const isTaught = answer !== undefined && answerAt(view.state, key)?.id === answer.id;
      const others = answer
        ? await query
            .selectFrom("feedback")
            .innerJoin("action", "action.id", "feedback.action_id")
            .innerJoin("turn", "turn.id", "feedback.turn_id")
            .select("feedback.person")
            .where("feedback.workspace", "=", workspace)
            .where("feedback.answer_id", "=", answer.id)
            .where("feedback.reason", "=", "other-question")
            .where("feedback.person", "!=", person.id)
            .where("turn.prompt", "=", turn.prompt)
            .where("action.undone_at", "is", null)
            .limit(1)
            .execute()
        : [];
      const counts =
        answer !== undefined &&
        !isTaught &&
        (mayActAs(person.role, "trainer") || others.length > 0);
      await addFeedback(query, {
        actionId,
        workspace,
        turnId: turn.id,
        person: person.id,
        rating: -1,
        words: null,
        answerId: given,
        versionId: turn.versionId,
        reason: "other-question",
      });
      if (counts)
        await step.take(
          view,
          [{ kind: "mismatch", id: newId(), key, answer: answer.id, scope: "exact" }],
          { prompts: new Map([[key, turn.prompt]]) },
        );
      const effect = effectOf(counts ? "here" : "waits", turn.prompt, {
        answerId: given,
        old: said,
      });
      return { ...receiptFor(actionId, "mismatched", counts ? "active" : "pending", []), effect };
    },
  );
}
