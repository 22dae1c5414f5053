import { now } from "../core/clock.ts";
import type { Meaning } from "../core/correction.ts";
import { idsAfter, newId } from "../core/ids.ts";
import type { Query } from "./query.ts";
import type { ActionKind, Schema } from "./schema.ts";
import { idEnding } from "./id-ending.ts";

/** One act of teaching, the unit of undo. */
export type Action = {
  readonly id: string;
  readonly workspace: string;
  readonly kind: ActionKind;
  /** The id of the person who did it. */
  readonly person: string;
  readonly at: number;
  readonly undoneAt: number | null;
  readonly undoneBy: string | null;
  readonly detail: ActionDetail;
};

export type NewAction = Pick<Action, "workspace" | "kind" | "person"> & {
  /** The platform message that taught, where there was one. */
  readonly messageId?: string | undefined;
  /** Of an act that comes in several parts: the first one records it. */
  readonly id?: string | undefined;
  /** What is known of it beside its steps. */
  readonly detail?: ActionDetail | undefined;
};

/** What an act notes about itself. */
export type ActionDetail = {
  /** It counts only when a review approves it. */
  readonly waits?: true;
  /** What was said of how far a correction reaches. */
  readonly meaning?: Meaning;
  /** A row of what not to answer that it took out of use. */
  readonly negative?: string;
};

/** Records an action, unless an earlier part of it did, and gives its id. */
export async function addAction(
  query: Query,
  { messageId, id: given, detail, ...action }: NewAction,
): Promise<string> {
  const id = given ?? (await nextId(query, action));
  const last = await query
    .selectFrom("action")
    .select((select) => select.fn.max<number | null>("number").as("number"))
    .where("workspace", "=", action.workspace)
    .executeTakeFirst();
  await query
    .insertInto("action")
    .values({
      id,
      ...action,
      number: Number(last?.number ?? 0) + 1,
      detail: detail ? JSON.stringify(detail) : null,
      at: now(),
      undone_at: null,
      undone_by: null,
      message_id: messageId ?? null,
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
  return id;
}

/** An id after those of all that the person did here, also where another machine's clock is ahead. */
async function nextId(
  query: Query,
  { workspace, person }: Pick<NewAction, "workspace" | "person">,
): Promise<string> {
  const last = await query
    .selectFrom("action")
    .select((select) => select.fn.max("id").as("id"))
    .where("workspace", "=", workspace)
    .where("person", "=", person)
    .executeTakeFirst();
  if (last?.id) idsAfter(last.id);
  return newId();
}

/**
 * The action with this id or with an id that ends so (at least 6 characters; none when several do),
 * or the person's last one that stands.
 */
export async function findAction(
  query: Query,
  workspace: string,
  which: { readonly id: string } | { readonly lastOf: string },
): Promise<Action | undefined> {
  const selection = query.selectFrom("action").selectAll().where("workspace", "=", workspace);
  if ("lastOf" in which) {
    const last = await selection
      .where("person", "=", which.lastOf)
      .where("undone_at", "is", null)
      .orderBy("number", "desc")
      .limit(1)
      .executeTakeFirst();
    return last && asAction(last);
  }
  const ending = idEnding(which.id);
  if (ending === undefined) return undefined;
  const rows = await selection.where("id", "like", `%${ending}`).limit(2).execute();
  return rows.length === 1 ? asAction(rows[0]!) : undefined;
}

/** The standing actions of a message whose examples all still wait for review. */
export async function waitingActionsOf(
  query: Query,
  workspace: string,
  messageId: string,
): Promise<readonly Action[]> {
  const rows = await query
    .selectFrom("action")
    .selectAll()
    .where("workspace", "=", workspace)
    .where("message_id", "=", messageId)
    .where("undone_at", "is", null)
    .where((where) =>
      where.exists(
        where.selectFrom("example").select("id").whereRef("example.action_id", "=", "action.id"),
      ),
    )
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("example")
            .select("id")
            .whereRef("example.action_id", "=", "action.id")
            .where("example.status", "!=", "pending"),
        ),
      ),
    )
    .execute();
  return rows.map(asAction);
}

/** Whether an action was taken back. */
export async function isUndone(query: Query, id: string): Promise<boolean> {
  const row = await query
    .selectFrom("action")
    .select("undone_at")
    .where("id", "=", id)
    .executeTakeFirst();
  return (row?.undone_at ?? null) !== null;
}

/** Lets an action that was taken back count again. */
export async function markStanding(query: Query, id: string): Promise<void> {
  await query
    .updateTable("action")
    .set({ undone_at: null, undone_by: null })
    .where("id", "=", id)
    .execute();
}

export async function markUndone(query: Query, id: string, person: string): Promise<void> {
  await query
    .updateTable("action")
    .set({ undone_at: now(), undone_by: person })
    .where("id", "=", id)
    .execute();
}

const asAction = (row: Schema["action"]): Action => ({
  id: row.id,
  workspace: row.workspace,
  kind: row.kind,
  person: row.person,
  at: row.at,
  undoneAt: row.undone_at,
  undoneBy: row.undone_by,
  detail: row.detail === null ? {} : (JSON.parse(row.detail) as ActionDetail),
});
