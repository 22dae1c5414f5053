import { addCorrection } from "../storage/corrections.ts";
import { activeWithWording } from "../storage/example-lookup.ts";
import { act, newExample } from "./act.ts";
import type { TeachingOptions } from "./act.ts";
import { checkedLesson } from "./lesson-rules.ts";
import { receiptFor } from "./receipt.ts";
import type { Preference, Receipt, Teacher } from "./teaching.ts";

/**
 * Keeps that one answer is better than another: a positive and a negative example, and the preference
 * pair. What is known word for word already is not added again. Throws `teaching-*`.
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
  const contrary = await Promise.all(
    [
      { ...better, label: "negative" as const },
      ...worse.map((each) => ({ ...each, label: "positive" as const })),
    ].map((wording) => activeWithWording(query, workspace, wording)),
  );
  return act(options, { workspace, kind: "rated", person: person.id, messageId }, async (step) => {
    const how = { source: "rated", status, turnId: duelId } as const;
    const made = [...(known.length > 0 ? [] : [better]), ...worse].map((lesson) =>
      newExample(teacher, lesson, how),
    );
    const losers = status === "active" ? contrary.flat() : [];
    const byExample = made[0]?.id ?? null;
    await step.supersede(losers.map((exampleId) => ({ exampleId, byExample })));
    await step.add(made);
    await addCorrection(step.query, {
      actionId: step.actionId,
      workspace,
      turnId: duelId,
      prompt: better.prompt,
      chosen: better.answer!,
      rejected,
    });
    const ids = made.map((example) => example.id);
    return { ...receiptFor(step.actionId, "rated", status, ids), superseded: losers.length };
  });
}
