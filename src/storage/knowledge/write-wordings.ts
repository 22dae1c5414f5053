import { chunks } from "../chunks.ts";
import { lessonKey, searchRow, type ExampleRow } from "../example-rows.ts";
import type { NewEvent } from "../ledger.ts";
import type { Query } from "../query.ts";
import { insertAll } from "./insert-all.ts";
import type { StoredWording } from "./rows.ts";
import { activeAnswer, textOf, type Knowledge, type WordingState } from "./state.ts";
import type { Writing, Written } from "./writing.ts";

type Becoming = Pick<
  ExampleRow,
  "status" | "superseded_by" | "answer_id" | "how" | "reach" | "answer"
>;

function becomingOf(row: StoredWording, after: Knowledge): Becoming {
  const { superseded_by: supersededBy, answer_id: answerId, how, reach, answer } = row;
  const same = { superseded_by: supersededBy, answer_id: answerId, how, reach, answer };
  const effective = effectiveAt(after, row.prompt_key!);
  const text = effective && textOf(after.answers.get(effective.answer)!);
  if (row.label === "positive" && effective?.row === row.id)
    return {
      status: "active",
      superseded_by: null,
      answer_id: effective.answer,
      how: effective.how,
      reach: effective.reach,
      answer: text ?? null,
    };
  if (row.isUndone) return { ...same, status: "retracted", superseded_by: null };
  if (row.base_status !== "active") return { ...same, status: row.base_status };
  // Nobody is told not to say what is right by now.
  if (row.label === "negative" && (!effective || text !== row.answer))
    return { ...same, status: "active", superseded_by: null };
  const isOld = row.status === "superseded";
  return {
    ...same,
    status: "superseded",
    superseded_by: isOld ? supersededBy : (effective?.row ?? null),
  };
}

/** The wording that answers a question; `undefined` where nothing does. */
function effectiveAt(state: Knowledge, key: string): WordingState | undefined {
  const wording = state.wordings.get(key);
  return wording && activeAnswer(state, wording.answer) ? wording : undefined;
}

export async function writeWordings(
  { query, before, after, fresh = {} }: Writing,
  events: NewEvent[],
): Promise<{
  readonly added: readonly ExampleRow[];
  readonly removed: readonly string[];
  readonly stored: ReadonlyMap<string, ExampleRow>;
  readonly outcome: Written["outcome"];
}> {
  const outcome = { retracted: [] as string[], pending: [] as string[], reworded: [] as string[] };
  const added: ExampleRow[] = [];
  const removed: string[] = [];
  const stored = new Map<string, ExampleRow>();
  const losing: [StoredWording, ExampleRow][] = [];
  const winning: [StoredWording, ExampleRow][] = [];
  for (const row of before.rows.values()) {
    const { isUndone: _undone, ...old } = row;
    const next: ExampleRow = { ...old, ...becomingOf(row, after) };
    stored.set(row.id, next);
    if (isSameRow(old, next)) continue;
    (next.status === "active" ? winning : losing).push([row, next]);
    if (next.status !== old.status && (next.status === "retracted" || next.status === "pending"))
      outcome[next.status].push(row.id);
    if (next.status === old.status && next.answer !== old.answer) outcome.reworded.push(row.id);
    const isOtherText = (old.answer === null) !== (next.answer === null);
    const isOnlyText = old.status === next.status && isSameEntry(old, next);
    if (isOnlyText && !isOtherText) continue;
    events.push({
      subject: "wording",
      subjectId: row.id,
      status: next.status,
      supersededBy: next.superseded_by,
    });
    if (old.status === "active") removed.push(row.id);
    if (next.status === "active") added.push(next);
  }
  const inserted = (fresh.wordings ?? []).map((row) => {
    const next = { ...row, ...becomingOf({ ...row, isUndone: false }, after) };
    return { ...next, lesson_key: lessonKey(next.label, next.prompt, next.answer) };
  });
  // One row at most has a key at any moment: the losers go first.
  await updateRows(query, losing);
  await updateRows(query, winning);
  await insertAll(query, "example", inserted);
  await insertAll(query, "example_search", inserted.map(searchRow));
  for (const row of inserted) {
    stored.set(row.id, row);
    events.push({
      subject: "wording",
      subjectId: row.id,
      status: row.status,
      supersededBy: row.superseded_by,
    });
    if (row.status === "active") added.push(row);
  }
  return { added, removed, stored, outcome };
}

const isSameRow = (old: ExampleRow, next: ExampleRow): boolean =>
  old.status === next.status &&
  old.superseded_by === next.superseded_by &&
  old.answer === next.answer &&
  isSameEntry(old, next);

/** Whether a memory has the same of both. */
const isSameEntry = (old: ExampleRow, next: ExampleRow): boolean =>
  old.answer_id === next.answer_id && old.how === next.how && old.reach === next.reach;

async function updateRows(
  query: Query,
  rows: readonly (readonly [StoredWording, ExampleRow])[],
): Promise<void> {
  const alike = Map.groupBy(rows, ([, { status, superseded_by, answer_id, how, reach }]) =>
    [status, superseded_by, answer_id, how, reach].join(" "),
  );
  for (const group of alike.values()) {
    const { status, superseded_by, answer_id, how, reach } = group[0]![1];
    for (const chunk of chunks(group))
      await query
        .updateTable("example")
        .set({ status, superseded_by, answer_id, how, reach })
        .where(
          "id",
          "in",
          chunk.map(([{ id }]) => id),
        )
        .execute();
  }
  for (const [old, next] of rows) {
    if (old.answer === next.answer) continue;
    await query
      .updateTable("example")
      .set({ answer: next.answer, lesson_key: lessonKey(next.label, next.prompt, next.answer) })
      .where("id", "=", next.id)
      .execute();
    await query.deleteFrom("example_search").where("example_id", "=", next.id).execute();
    await query.insertInto("example_search").values(searchRow(next)).execute();
  }
}
