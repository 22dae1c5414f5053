import type { Example, Label } from "../core/example.ts";
import { now } from "../core/clock.ts";
import { newId } from "../core/ids.ts";
import type { Query } from "./query.ts";
import { asExample } from "./example-rows.ts";
import { chunks } from "./chunks.ts";
import type { Schema } from "./schema.ts";

/** A row of a test that was answered wrong. */
export type WrongRow = {
  readonly key: string;
  readonly prompt: string;
  /** `null`: the right answer is to say that it is not known. */
  readonly expected: string | null;
  /** `negative`: `expected` is what must not be answered. */
  readonly label: Label;
  readonly predicted: string | null;
};

/** A wrong row in the review queue. */
export type WrongRowItem = WrongRow & {
  readonly kind: "wrong";
  readonly id: string;
  readonly evaluationId: string;
  readonly at: number;
  readonly open: boolean;
};

/** One act of a member's teaching that waits for review. */
export type PendingItem = {
  readonly kind: "pending";
  /** The id of the action: the one on the member's receipt. */
  readonly id: string;
  readonly action: Schema["action"]["kind"];
  readonly person: string;
  readonly at: number;
  /** How many of its examples wait. */
  readonly count: number;
  readonly first: Example;
};

export type ReviewItem = WrongRowItem | PendingItem;

/** How many wrong rows wait in one workspace at most. */
const mostOpen = 1_000;

/**
 * Puts wrong rows into the queue: at most `limit`. A row that is there already, or was rejected,
 * stays as it is; one that was settled and is wrong again is opened again. Gives how many it opened.
 */
export async function openWrongRows(
  query: Query,
  workspace: string,
  evaluationId: string,
  rows: readonly WrongRow[],
  limit: number,
): Promise<number> {
  const { wrong } = await countOpen(query, workspace);
  let room = Math.min(limit, mostOpen - wrong);
  let opened = 0;
  const unique = [...new Map(rows.map((row) => [row.key, row])).values()];
  for (const chunk of chunks(unique)) {
    if (room <= 0) break;
    const keys = chunk.map(({ key }) => key);
    const known = await rowsWithKeys(query, workspace, keys);
    const fresh = chunk.filter(({ key }) => !known.has(key)).slice(0, room);
    if (fresh.length > 0) {
      await query
        .insertInto("review_item")
        .values(fresh.map((row) => newRow(workspace, evaluationId, row)))
        .execute();
    }
    room -= fresh.length;
    const again = chunk
      .filter(({ key }) => known.get(key) === "settled")
      .slice(0, Math.max(0, room));
    for (const { key, predicted } of again) {
      await query
        .updateTable("review_item")
        .set({ state: "open", action_id: null, evaluation_id: evaluationId, predicted })
        .where("workspace", "=", workspace)
        .where("item_key", "=", key)
        .execute();
    }
    room -= again.length;
    opened += fresh.length + again.length;
  }
  return opened;
}

/** How many items wait. */
export async function countOpen(
  query: Query,
  workspace: string,
): Promise<{ readonly wrong: number; readonly pending: number }> {
  const wrong = await openItems(query, workspace)
    .select((select) => select.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  const pending = await query
    .selectFrom("example")
    .select((select) => select.fn.count<number>("action_id").distinct().as("count"))
    .where("workspace", "=", workspace)
    .where("status", "=", "pending")
    .executeTakeFirstOrThrow();
  return { wrong: Number(wrong.count), pending: Number(pending.count) };
}

/** What waits, oldest first. */
export async function listOpen(
  query: Query,
  workspace: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<readonly ReviewItem[]> {
  const reach = offset + limit;
  const wrong = await openItems(query, workspace)
    .selectAll("review_item")
    .orderBy("review_item.id")
    .limit(reach)
    .execute();
  const pending = await query
    .selectFrom("example")
    .select("action_id")
    .distinct()
    .where("workspace", "=", workspace)
    .where("status", "=", "pending")
    .orderBy("action_id")
    .limit(reach)
    .execute();
  const merged = [
    ...wrong.map((row) => ({ id: row.id, row })),
    ...pending.map((row) => ({ id: row.action_id, row: undefined })),
  ].toSorted((first, second) => (first.id < second.id ? -1 : 1));
  const items: ReviewItem[] = [];
  for (const { id, row } of merged.slice(offset, reach)) {
    const item = row ? asWrongRow(row, true) : await findPending(query, workspace, id);
    if (item) items.push(item);
  }
  return items;
}

/** The wrong row with this id, or with one that ends so; none when several do. */
export async function findWrongRow(
  query: Query,
  workspace: string,
  ending: string,
): Promise<WrongRowItem | undefined> {
  const rows = await query
    .selectFrom("review_item")
    .leftJoin("action", "action.id", "review_item.action_id")
    .selectAll("review_item")
    .select("action.undone_at as undone_at")
    .where("review_item.workspace", "=", workspace)
    .where("review_item.id", "like", `%${ending}`)
    .limit(2)
    .execute();
  const [row] = rows;
  if (!row || rows.length > 1) return undefined;
  return asWrongRow(row, row.state === "open" || row.undone_at !== null);
}

/** An action of which examples wait, by its whole id. */
export async function findPending(
  query: Query,
  workspace: string,
  actionId: string,
): Promise<PendingItem | undefined> {
  const action = await query
    .selectFrom("action")
    .selectAll()
    .where("workspace", "=", workspace)
    .where("id", "=", actionId)
    .executeTakeFirst();
  const examples = await pendingExamples(query, actionId);
  const first = examples.find(({ label }) => label === "positive") ?? examples[0];
  if (!action || !first) return undefined;
  const { id, kind, person, at } = action;
  return { kind: "pending", id, action: kind, person, at, count: examples.length, first };
}

/** The examples of an action that wait, in the order in which they were taught. */
const pendingExamples = async (query: Query, actionId: string): Promise<readonly Example[]> =>
  (await pendingRows(query, actionId)).map(asExample);

/** Their rows. */
export async function pendingRows(
  query: Query,
  actionId: string,
): Promise<readonly (Schema["example"] & { readonly prompt_key: string })[]> {
  const rows = await query
    .selectFrom("example")
    .selectAll()
    .where("action_id", "=", actionId)
    .where("status", "=", "pending")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ ...row, prompt_key: row.prompt_key! }));
}

/** Notes how a wrong row was settled, and by which action. */
export async function settleWrongRow(
  query: Query,
  id: string,
  state: "approved" | "edited" | "rejected",
  actionId: string,
): Promise<void> {
  await query
    .updateTable("review_item")
    .set({ state, action_id: actionId })
    .where("id", "=", id)
    .execute();
}

const openItems = (query: Query, workspace: string) =>
  query
    .selectFrom("review_item")
    .leftJoin("action", "action.id", "review_item.action_id")
    .where("review_item.workspace", "=", workspace)
    .where((where) =>
      where.or([
        where("review_item.state", "=", "open"),
        where("action.undone_at", "is not", null),
      ]),
    );

/** Of the keys that are in the queue: `settled` when taught and no longer open, else `kept`. */
async function rowsWithKeys(
  query: Query,
  workspace: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, "settled" | "kept">> {
  const rows = await query
    .selectFrom("review_item")
    .leftJoin("action", "action.id", "review_item.action_id")
    .select(["item_key", "state", "undone_at"])
    .where("review_item.workspace", "=", workspace)
    .where("item_key", "in", keys)
    .execute();
  return new Map(
    rows.map(({ item_key: key, state, undone_at: undoneAt }) => {
      const taught = (state === "approved" || state === "edited") && undoneAt === null;
      return [key, taught ? "settled" : "kept"];
    }),
  );
}

const newRow = (
  workspace: string,
  evaluationId: string,
  { key, prompt, expected, label, predicted }: WrongRow,
): Schema["review_item"] => ({
  id: newId(),
  workspace,
  evaluation_id: evaluationId,
  item_key: key,
  prompt,
  expected,
  label,
  predicted,
  state: "open",
  action_id: null,
  at: now(),
});

const asWrongRow = (row: Schema["review_item"], open: boolean): WrongRowItem => ({
  kind: "wrong",
  id: row.id,
  evaluationId: row.evaluation_id,
  key: row.item_key,
  prompt: row.prompt,
  expected: row.expected,
  label: row.label,
  predicted: row.predicted,
  at: row.at,
  open,
});
