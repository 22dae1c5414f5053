import { ApprenticeError } from "../core/errors.ts";
import { isUndone } from "../storage/actions.ts";
import { breathe } from "../storage/breathe.ts";
import { activeKeys } from "../storage/example-lookup.ts";
import { lessonKey } from "../storage/example-rows.ts";
import { chunks } from "../storage/ledger.ts";
import { act, newExample } from "./act.ts";
import type { TeachingOptions } from "./act.ts";
import { checkedLesson } from "./lesson-rules.ts";
import { nothingDone, receiptFor } from "./receipt.ts";
import { promptKey } from "./recall/prompt-key.ts";
import type { Recall } from "./recall/recall.ts";
import type { ImportOptions, Lesson, Receipt, Teacher } from "./teaching.ts";

/** Teaches many lessons in one action. Throws `cancelled`; then nothing was taught. */
export async function importLessons(
  options: TeachingOptions,
  teacher: Teacher,
  status: "active" | "pending",
  unchecked: readonly Lesson[],
  { signal, progress, part }: ImportOptions = {},
): Promise<Receipt> {
  const { workspace, person, messageId } = teacher;
  const recall = await options.memories.of(workspace);
  const lessons = unchecked.map(checkedLesson);
  const { fresh, skipped } = await withoutKnown(options, workspace, lessons);
  if (fresh.length === 0) return { ...nothingDone("imported", status), skipped };
  const conflicts = countConflicts(recall, fresh);

  return act(
    options,
    { workspace, kind: "imported", person: person.id, messageId, id: part?.actionId },
    async (step) => {
      if (await isUndone(step.query, step.actionId)) throw new ApprenticeError("cancelled");
      const ids: string[] = [];
      for (const chunk of chunks(fresh)) {
        await breathe(signal);
        const examples = chunk.map((lesson) =>
          newExample(teacher, lesson, { source: "imported", status }),
        );
        await step.add(examples);
        ids.push(...examples.map((example) => example.id));
        progress?.(skipped + ids.length);
      }
      const receipt = receiptFor(step.actionId, "imported", status, ids);
      const done = { ...receipt, skipped, conflicts };
      await part?.done(step.query, done);
      return done;
    },
  );
}

/** The lessons that no active example and no earlier lesson says word for word. */
async function withoutKnown(
  { database }: TeachingOptions,
  workspace: string,
  lessons: readonly Lesson[],
): Promise<{ fresh: readonly Lesson[]; skipped: number }> {
  const byKey = new Map<string, Lesson>();
  for (const lesson of lessons) {
    const key = lessonKey(lesson.label, lesson.prompt, lesson.answer);
    if (!byKey.has(key)) byKey.set(key, lesson);
  }
  for (const keys of chunks([...byKey.keys()])) {
    for (const known of await activeKeys(database.query, workspace, keys)) byKey.delete(known);
  }
  return { fresh: [...byKey.values()], skipped: lessons.length - byKey.size };
}

/** How many lessons say something else than an example, or an earlier lesson, with the same prompt. */
function countConflicts(recall: Recall, lessons: readonly Lesson[]): number {
  const firstAnswers = new Map<string, string | null>();
  let conflicts = 0;
  for (const { label, prompt, answer } of lessons) {
    if (label !== "positive") continue;
    const key = promptKey(prompt);
    const first = firstAnswers.has(key) ? firstAnswers.get(key) : answer;
    if (!firstAnswers.has(key)) firstAnswers.set(key, answer);
    const differs = first !== answer || recall.rivals(prompt, answer, { reach: "same" }).length > 0;
    if (differs) conflicts += 1;
  }
  return conflicts;
}
