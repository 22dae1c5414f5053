import { ApprenticeError } from "../core/errors.ts";
import type { Turn } from "../core/turn.ts";
import { addCorrection } from "../storage/corrections.ts";
import { activeWithWording } from "../storage/example-lookup.ts";
import { act, newExample } from "./act.ts";
import type { TeachingOptions } from "./act.ts";
import { checkedLesson } from "./lesson-rules.ts";
import { nothingDone, receiptFor } from "./receipt.ts";
import type { Receipt, Teacher } from "./teaching.ts";

/**
 * Replaces the answer of a turn, and of no other question. `restated` is the question in the teacher's own words: the answer is
 * taught for it too, and a consent covers only that, as the question of the turn may be somebody
 * else's. Throws `turn-missing` for a turn of another workspace and `turn-unanswered`.
 */
export async function correctTurn(
  options: TeachingOptions,
  teacher: Teacher,
  status: "active" | "pending",
  turn: Turn,
  answer: string,
  restated?: string,
): Promise<Receipt> {
  const { workspace, person, messageId } = teacher;
  const given = givenAnswer(workspace, turn);
  const better = checkedLesson({ prompt: turn.prompt, answer, label: "positive" });
  if (turn.known && given === better.answer) return nothingDone("corrected", status);
  const rejected = turn.known ? given : null;
  const also =
    restated === undefined
      ? undefined
      : checkedLesson({ prompt: restated, answer, label: "positive" });

  const recall = await options.memories.of(workspace);
  // Only what answers this very question gives way: nobody else's wording pays for a correction.
  const rivals = recall.rivals(better.prompt, better.answer, { reach: "same" });
  const denials = await activeWithWording(options.database.query, workspace, {
    ...better,
    label: "negative",
  });
  const others = also ? recall.rivals(also.prompt, also.answer, { reach: "same" }) : [];
  const losers = status === "active" ? [...new Set([...rivals, ...others, ...denials])] : [];

  return act(
    options,
    { workspace, kind: "corrected", person: person.id, messageId },
    async (step) => {
      const how = { source: "corrected", status, turnId: turn.id } as const;
      const { consent: _forOwnWords, ...withoutConsent } = teacher;
      const forTurn = also ? withoutConsent : teacher;
      const positive = newExample(forTurn, better, how);
      const own = also ? [newExample(teacher, also, how)] : [];
      const negative =
        rejected === null
          ? []
          : [newExample(forTurn, { ...better, answer: rejected, label: "negative" }, how)];
      await step.supersede(losers.map((exampleId) => ({ exampleId, byExample: positive.id })));
      await step.add([positive, ...own, ...negative]);
      await addCorrection(step.query, {
        actionId: step.actionId,
        workspace,
        turnId: turn.id,
        prompt: better.prompt,
        chosen: better.answer!,
        rejected,
      });
      const ids = [positive, ...own, ...negative].map((example) => example.id);
      return { ...receiptFor(step.actionId, "corrected", status, ids), superseded: losers.length };
    },
  );
}

/** What the bot said. Throws `turn-missing` or `turn-unanswered`. */
export function givenAnswer(workspace: string, turn: Turn): string {
  if (turn.workspace !== workspace) throw new ApprenticeError("turn-missing");
  if (turn.answer === null) throw new ApprenticeError("turn-unanswered");
  return turn.answer;
}
