import { ApprenticeError } from "../core/errors.ts";
import { activeWithWording } from "../storage/example-lookup.ts";
import { act, newExample } from "./act.ts";
import type { TeachingOptions } from "./act.ts";
import { checkedLesson } from "./lesson-rules.ts";
import { nothingDone, receiptFor } from "./receipt.ts";
import type { Lesson, Receipt, Teacher } from "./teaching.ts";

const shownInConflict = 200;

/**
 * Teaches one lesson. Throws `teaching-conflict` when an active example says something else and the
 * lesson does not replace it.
 */
export async function teachLesson(
  options: TeachingOptions,
  teacher: Teacher,
  status: "active" | "pending",
  unchecked: Lesson,
): Promise<Receipt> {
  const lesson = checkedLesson(unchecked);
  const { prompt, answer } = lesson;
  const { workspace, person, messageId } = teacher;
  const { query } = options.database;
  const known = await activeWithWording(query, workspace, lesson);
  if (known.length > 0) return { ...nothingDone("taught", status), exampleIds: known, skipped: 1 };

  const recall = await options.memories.of(workspace);
  const positive = lesson.label === "positive";
  const rivals = positive ? recall.rivals(prompt, answer, { reach: "same" }) : [];
  if (rivals.length > 0 && !lesson.replace) {
    throw new ApprenticeError("teaching-conflict", {
      answer: await answerOf(options, workspace, rivals[0]!),
    });
  }
  const denials = positive
    ? await activeWithWording(query, workspace, { ...lesson, label: "negative" })
    : [];
  // What waits for review takes nobody's place yet.
  const losers = status === "active" ? [...rivals, ...denials] : [];

  return act(options, { workspace, kind: "taught", person: person.id, messageId }, async (step) => {
    const example = newExample(teacher, lesson, { source: "taught", status });
    await step.supersede(losers.map((exampleId) => ({ exampleId, byExample: example.id })));
    await step.add([example]);
    return {
      ...receiptFor(step.actionId, "taught", status, [example.id]),
      superseded: losers.length,
      conflicts: rivals.length > 0 && losers.length === 0 ? 1 : 0,
    };
  });
}

async function answerOf(
  { examples }: TeachingOptions,
  workspace: string,
  id: string,
): Promise<string> {
  const example = await examples.find(workspace, id);
  return (example?.answer ?? "?").slice(0, shownInConflict).toWellFormed();
}
