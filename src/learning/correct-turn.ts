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
 * Replaces the answer of a turn. Throws `turn-missing` for a turn of another workspace and
 * `turn-unanswered`.
 */
export async function correctTurn(
  options: TeachingOptions,
  teacher: Teacher,
  status: "active" | "pending",
  turn: Turn,
  answer: string,
): Promise<Receipt> {
  const { workspace, person, messageId } = teacher;
  const given = givenAnswer(workspace, turn);
  const better = checkedLesson({ prompt: turn.prompt, answer, label: "positive" });
  if (turn.known && given === better.answer) return nothingDone("corrected", status);
  const rejected = turn.known ? given : null;

  const recall = await options.memories.of(workspace);
  const rivals = recall.rivals(better.prompt, better.answer, {
    reach: "near",
    ...(rejected !== null && { rejected }),
  });
  const denials = await activeWithWording(options.database.query, workspace, {
    ...better,
    label: "negative",
  });
  const losers = status === "active" ? [...rivals, ...denials] : [];

  return act(
    options,
    { workspace, kind: "corrected", person: person.id, messageId },
    async (step) => {
      const how = { source: "corrected", status, turnId: turn.id } as const;
      const positive = newExample(teacher, better, how);
      const negative =
        rejected === null
          ? []
          : [newExample(teacher, { ...better, answer: rejected, label: "negative" }, how)];
      await step.supersede(losers.map((exampleId) => ({ exampleId, byExample: positive.id })));
      await step.add([positive, ...negative]);
      await addCorrection(step.query, {
        actionId: step.actionId,
        workspace,
        turnId: turn.id,
        prompt: better.prompt,
        chosen: better.answer!,
        rejected,
      });
      const ids = [positive, ...negative].map((example) => example.id);
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
