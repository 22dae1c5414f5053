import type { Query } from "./database.ts";
import { changeExamples, chunks } from "./ledger.ts";

/**
 * Lets a review decide what pending examples become, and gives the new end of the ledger. That is
 * then what they are while the review stands.
 */
export async function settleExamples(
  query: Query,
  actionId: string,
  workspace: string,
  exampleIds: readonly string[],
  status: "active" | "rejected",
  position: number,
): Promise<number> {
  for (const chunk of chunks(exampleIds)) await setBase(query, chunk, status);
  const becomings = exampleIds.map((exampleId) => ({ exampleId, status, supersededBy: null }));
  return changeExamples(query, actionId, workspace, becomings, position);
}

/** Makes what a review had settled pending again, below whatever superseded it, and names it. */
export async function reopenSettled(query: Query, actionId: string): Promise<readonly string[]> {
  const rows = await query
    .selectFrom("example_event")
    .innerJoin("example", "example.id", "example_event.example_id")
    .select("example.id")
    .where("example_event.action_id", "=", actionId)
    .where("example_event.status", "in", ["active", "rejected"])
    .whereRef("example.action_id", "!=", "example_event.action_id")
    .orderBy("example.id")
    .execute();
  const ids = rows.map((row) => row.id);
  for (const chunk of chunks(ids)) await setBase(query, chunk, "pending");
  return ids;
}

/** The reviews that stand and decided about examples of an action. */
export async function reviewsOf(query: Query, actionId: string): Promise<readonly string[]> {
  const rows = await query
    .selectFrom("example_event")
    .innerJoin("example", "example.id", "example_event.example_id")
    .innerJoin("action", "action.id", "example_event.action_id")
    .select("action.id")
    .distinct()
    .where("example.action_id", "=", actionId)
    .where("example_event.action_id", "!=", actionId)
    .where("example_event.status", "in", ["active", "rejected"])
    .where("action.kind", "=", "reviewed")
    .where("action.undone_at", "is", null)
    .execute();
  return rows.map((row) => row.id);
}

async function setBase(
  query: Query,
  ids: readonly string[],
  status: "pending" | "active" | "rejected",
): Promise<void> {
  await query.updateTable("example").set({ base_status: status }).where("id", "in", ids).execute();
}
