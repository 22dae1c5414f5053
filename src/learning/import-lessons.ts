import { ApprenticeError } from "../core/errors.ts";
import { isUndone } from "../storage/actions.ts";
import { breathe } from "../storage/breathe.ts";
import { activeKeys } from "../storage/example-lookup.ts";
import { lessonKey } from "../storage/example-rows.ts";
import { keyOf } from "../storage/knowledge/keys.ts";
import { sourceNamed } from "../storage/sources.ts";
import { act, newRow, type Act, type TeachingOptions } from "./act.ts";
import { decideItems, noItems, type FileItem } from "./decide-items.ts";
import { checkedLesson } from "./lesson-rules.ts";
import { nothingDone, receiptFor } from "./receipt.ts";
import { denyAnswers } from "./teach-lesson.ts";

import type { ImportOptions, ItemCounts, Lesson, Receipt, Teacher } from "./teaching.ts";

/** Items that are decided and written at once. */
const itemsAtOnce = 400;

/**
 * Teaches many lessons in one action: those of one item are wordings of one answer. Where they come from a
 * file that was imported before, what it said then is compared with what it says now. Throws `cancelled`;
 * then nothing was taught.
 */
export async function importLessons(
  options: TeachingOptions,
  teacher: Teacher,
  status: "active" | "pending",
  unchecked: readonly Lesson[],
  { signal, progress, part, source, takeFile = false, prune = false }: ImportOptions = {},
): Promise<Receipt> {
  const { workspace, person, messageId } = teacher;
  const lessons = unchecked.map(checkedLesson);
  const items = itemsIn(lessons.filter(({ label }) => label === "positive"));
  const negatives = await unknownNegatives(options, workspace, lessons);
  const detail = status === "pending" ? ({ waits: true } as const) : undefined;

  const outcome = await undoIfNothing(() =>
    act(
      options,
      { workspace, kind: "imported", person: person.id, messageId, id: part?.actionId, detail },
      async (step) => {
        if (await isUndone(step.query, step.actionId)) throw new ApprenticeError("cancelled");
        const sourceId =
          source === undefined ? null : await sourceNamed(step.query, workspace, source);
        const ids: string[] = [];
        let counts = noItems;
        let conflicts = 0;
        let done = 0;
        let isWritten = negatives.length > 0;
        for (let start = 0; start < items.length; start += itemsAtOnce) {
          await breathe(signal);
          const some = items.slice(start, start + itemsAtOnce);
          const decided = await decideItems(step, teacher, some, { status, sourceId, takeFile });
          ids.push(...decided.added);
          conflicts += decided.conflicts;
          isWritten ||= decided.isWritten;
          counts = sum(counts, decided.counts);
          done += some.reduce((count, { prompts }) => count + prompts.length, 0);
          progress?.(done);
        }
        for (let start = 0; start < negatives.length; start += itemsAtOnce) {
          await breathe(signal);
          const how = { actionId: step.actionId, source: "imported", status } as const;
          const rows = negatives
            .slice(start, start + itemsAtOnce)
            .map((lesson) => newRow(teacher, lesson, how));
          await denyAnswers(step, rows, { isWaiting: status === "pending" });
          ids.push(...rows.map(({ id }) => id));
        }
        progress?.(lessons.length);
        if (sourceId !== null && part === undefined) {
          const missing = await noteGone(step, sourceId, items, prune);
          counts = { ...counts, gone: missing.count };
          isWritten ||= missing.isWritten;
        }
        if (!isWritten) throw new NothingNew(counts, conflicts);
        const receipt = receiptFor(step.actionId, "imported", status, ids);
        const whole = {
          ...receipt,
          skipped: Math.max(
            0,
            lessons.length - ids.length - conflicts - counts.updated - counts.both,
          ),
          conflicts,
          items: counts,
        };
        await part?.done(step.query, whole);
        return whole;
      },
    ),
  );
  return outcome instanceof NothingNew
    ? {
        ...nothingDone("imported", status),
        skipped: lessons.length - outcome.conflicts,
        conflicts: outcome.conflicts,
        items: outcome.counts,
      }
    : outcome;
}

/** Nothing in a file is new: the act that was begun is not written. */
class NothingNew extends Error {
  readonly counts: ItemCounts;
  readonly conflicts: number;

  constructor(counts: ItemCounts, conflicts: number) {
    super("nothing new");
    this.counts = counts;
    this.conflicts = conflicts;
  }
}

const undoIfNothing = (work: () => Promise<Receipt>): Promise<Receipt | NothingNew> =>
  work().catch((error: unknown) => {
    if (error instanceof NothingNew) return error;
    throw error;
  });

/** Lessons of one item are one; without an item each is one by itself. Repeated ones count once. */
function itemsIn(lessons: readonly Lesson[]): readonly FileItem[] {
  const items = new Map<string, { item: FileItem; prompts: string[]; keys: Set<string> }>();
  const seen = new Set<string>();
  for (const lesson of lessons) {
    const key = keyOf(lesson.prompt);
    const said = `${key} ${lesson.answer ?? ""}${lesson.answer === null ? " null" : ""}`;
    if (seen.has(said)) continue;
    seen.add(said);
    const name = lesson.item?.name ?? key;
    // Two items of a file with one name and two answers are in conflict, not one.
    const group = `${name} ${lesson.answer ?? ""} ${lesson.answer === null}`;
    const known = items.get(group);
    if (known) {
      known.prompts.push(lesson.prompt);
      known.keys.add(key);
      continue;
    }
    const prompts = [lesson.prompt];
    items.set(group, {
      prompts,
      keys: new Set([key]),
      item: {
        name,
        declared: lesson.item?.declared ?? true,
        answer: lesson.answer,
        prompts,
        tags: lesson.tags ?? [],
      },
    });
  }
  return [...items.values()].map(({ item }) => item);
}

/** The lessons on what not to answer that say something new. */
async function unknownNegatives(
  { database }: TeachingOptions,
  workspace: string,
  lessons: readonly Lesson[],
): Promise<readonly Lesson[]> {
  const byKey = new Map<string, Lesson>();
  for (const lesson of lessons) {
    if (lesson.label !== "negative") continue;
    byKey.set(lessonKey(lesson.label, lesson.prompt, lesson.answer), lesson);
  }
  const keys = [...byKey.keys()];
  for (let start = 0; start < keys.length; start += itemsAtOnce) {
    const some = keys.slice(start, start + itemsAtOnce);
    for (const known of await activeKeys(database.query, workspace, some)) byKey.delete(known);
  }
  return [...byKey.values()];
}

/** Notes what a file does not have any more, and retires it where that is wished. Gives how many. */
async function noteGone(
  step: Act,
  sourceId: string,
  items: readonly FileItem[],
  prune: boolean,
): Promise<{ readonly count: number; readonly isWritten: boolean }> {
  const there = new Set(items.map(({ name }) => name));
  const known = await step.query
    .selectFrom("source_item")
    .innerJoin("answer", "answer.id", "source_item.answer_id")
    .select(["item", "answer_id", "gone", "answer.status as status"])
    .where("source_item.source_id", "=", sourceId)
    .execute();
  const missing = known.filter(({ item, status }) => !there.has(item) && status === "active");
  const fresh = missing.filter((each) => each.gone === 0);
  for (const { item } of fresh)
    await step.query
      .updateTable("source_item")
      .set({ gone: 1 })
      .where("source_id", "=", sourceId)
      .where("item", "=", item)
      .execute();
  if (prune && missing.length > 0) {
    const answers = missing.map(({ answer_id: id }) => id);
    const view = await step.view({ answers });
    await step.take(
      view,
      answers.map((answer) => ({ kind: "retire", answer }) as const),
    );
  }
  const isWritten = fresh.length > 0 || (prune && missing.length > 0);
  return { count: missing.length, isWritten };
}

const sum = (one: ItemCounts, other: ItemCounts): ItemCounts => ({
  new: one.new + other.new,
  updated: one.updated + other.updated,
  unchanged: one.unchanged + other.unchanged,
  kept: one.kept + other.kept,
  both: one.both + other.both,
  conflicts: one.conflicts + other.conflicts,
  gone: one.gone + other.gone,
});
