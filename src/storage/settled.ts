import type { Query } from "./query.ts";
import { chunks } from "./chunks.ts";

/** Lets what waits of an act count from now on, or never. A review says so. */
export async function settleWaiting(
  query: Query,
  actionId: string,
  status: "active" | "rejected",
): Promise<void> {
  await query
    .updateTable("example")
    .set({ base_status: status })
    .where("action_id", "=", actionId)
    .execute();
  await setAnswers(query, [actionId], "rejected");
}

/**
 * Follows the taking back of an act, or its return: what a review decided about waits again, or is decided
 * again.
 */
export async function settleReviewed(
  query: Query,
  reviewId: string,
  what: "undone" | "redone",
): Promise<void> {
  const decided = await query
    .selectFrom("decision")
    .select(["about_action", "kind"])
    .where("action_id", "=", reviewId)
    .where("about_action", "is not", null)
    .execute();
  const isRejection = decided.some(({ kind }) => kind === "reject");
  const acts = [...new Set(decided.flatMap(({ about_action: act }) => act ?? []))];
  const status = what === "undone" ? "pending" : isRejection ? "rejected" : "active";
  for (const chunk of chunks(acts)) {
    await query
      .updateTable("example")
      .set({ base_status: status })
      .where("action_id", "in", chunk)
      .execute();
    await setAnswers(query, chunk, what === "undone" ? "pending" : "rejected");
  }
}

/** What answers that came to be with an act are while no step makes them more. */
async function setAnswers(
  query: Query,
  acts: readonly string[],
  status: "pending" | "rejected",
): Promise<void> {
  await query.updateTable("answer").set({ status }).where("action_id", "in", acts).execute();
}
