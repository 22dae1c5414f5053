import { now } from "../core/clock.ts";
import { openJobStates } from "../core/job.ts";
import type { Query } from "./query.ts";
import { addJobEvents } from "./jobs.ts";

/**
 * Cancels a job: at once when nobody works on it, else by telling the one who does. False when it
 * has ended already.
 */
export async function wishCancelled(query: Query, id: string): Promise<boolean> {
  const left = query
    .updateTable("job")
    .where("id", "=", id)
    .where((where) => where.or([where("token", "is", null), where("lease_until", "<", now())]));
  const ended = await left
    .set({ state: "cancelled", finished_at: now(), wish: null })
    .where("state", "in", ["queued", "paused"])
    // What an outside system may be doing for it has to be stopped there, too.
    .where("handle", "is", null)
    .returning("id")
    .executeTakeFirst();
  if (ended) {
    await addJobEvents(query, id, [{ kind: "state", state: "cancelled" }]);
    return true;
  }
  await left
    .set({ state: "queued", run_at: now(), token: null })
    .where("state", "=", "paused")
    .execute();
  return wish(query, id, "cancel", openJobStates);
}

/** Pauses a job; false when it is not waiting or running. */
export async function wishPaused(query: Query, id: string): Promise<boolean> {
  const waiting = await query
    .updateTable("job")
    .set({ state: "paused" })
    .where("id", "=", id)
    .where("state", "=", "queued")
    .returning("id")
    .executeTakeFirst();
  if (!waiting) return wish(query, id, "pause", ["running"]);
  await addJobEvents(query, id, [{ kind: "state", state: "paused" }]);
  return true;
}

/** Lets a paused job go on, wherever it was paused; false when it is not paused. */
export async function wishResumed(query: Query, id: string): Promise<boolean> {
  const left = await query
    .updateTable("job")
    .set({ state: "queued", run_at: now(), token: null, lease_until: null, wish: null })
    .where("id", "=", id)
    .where("state", "=", "paused")
    .where((where) => where.or([where("token", "is", null), where("lease_until", "<", now())]))
    .returning("id")
    .executeTakeFirst();
  if (!left) return wish(query, id, "resume", ["paused"]);
  await addJobEvents(query, id, [{ kind: "state", state: "queued" }]);
  return true;
}

/**
 * Frees the jobs of workers that are known to be gone, so that nobody waits for their leases to end.
 */
export async function freeLeases(query: Query): Promise<void> {
  await query
    .updateTable("job")
    .set({ lease_until: 0 })
    .where("state", "in", ["running", "paused"])
    .execute();
}

async function wish(
  query: Query,
  id: string,
  what: "cancel" | "pause" | "resume",
  states: readonly (typeof openJobStates)[number][],
): Promise<boolean> {
  const row = await query
    .updateTable("job")
    .set({ wish: what })
    .where("id", "=", id)
    .where("state", "in", states)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}
