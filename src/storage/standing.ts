import type { Label } from "../core/example.ts";
import type { Query } from "./database.ts";
import type { Becoming } from "./ledger.ts";
import { reopenSettled } from "./settled.ts";

/**
 * What stands after an action is undone, as changes of the current view. The view is a function of
 * the actions that stand:
 * - an example of an undone action is retracted;
 * - an example stays superseded as long as one of the actions that superseded it stands;
 * - when the example that took its place is itself gone, its place was taken by whatever superseded
 *   that one, provided it says something else;
 * - what an undone review had decided about waits again.
 * Call it after the action was marked undone.
 */
export async function standingAfterUndo(
  query: Query,
  actionId: string,
): Promise<readonly Becoming[]> {
  const own = await query
    .selectFrom("example")
    .select("id")
    .where("action_id", "=", actionId)
    .where("status", "!=", "retracted")
    .orderBy("id")
    .execute();
  const retracted = own.map(({ id }) => becoming(id, "retracted"));
  const restored: Becoming[] = [];
  for (const id of await reopenSettled(query, actionId)) {
    const example = await nodeOf(query, id);
    if (example.stands && example.status !== "pending") restored.push(becoming(id, "pending"));
  }
  for (const example of await losersOf(query, actionId)) {
    const standing = await standingOf(query, example);
    const changed =
      standing.status !== example.status || standing.supersededBy !== example.supersededBy;
    if (changed) restored.push(standing);
  }
  return [...retracted, ...restored];
}

type Node = {
  readonly id: string;
  readonly label: Label;
  readonly answer: string | null;
  readonly baseStatus: "pending" | "active" | "rejected";
  readonly status: Becoming["status"];
  readonly supersededBy: string | null;
  /** Whether the action that made it stands. */
  readonly stands: boolean;
};

/** Standing examples that lost to the action, directly or through examples that are gone now. */
async function losersOf(query: Query, actionId: string): Promise<readonly Node[]> {
  const losers = new Map<string, Node>();
  const direct = await query
    .selectFrom("supersession")
    .select("example_id")
    .where("action_id", "=", actionId)
    .execute();
  const queue = direct.map((row) => row.example_id);
  const seen = new Set(queue);
  for (const id of queue) {
    const node = await nodeOf(query, id);
    if (node.stands) {
      losers.set(id, node);
      continue;
    }
    const behind = await query
      .selectFrom("supersession")
      .select("example_id")
      .where("by_example", "=", id)
      .execute();
    for (const row of behind) {
      if (seen.has(row.example_id)) continue;
      seen.add(row.example_id);
      queue.push(row.example_id);
    }
  }
  return [...losers.values()].toSorted((first, second) => (first.id < second.id ? -1 : 1));
}

/** Follows what superseded an example until something that stands and contradicts it. */
async function standingOf(query: Query, example: Node): Promise<Becoming> {
  // Only what counts can lose its place.
  if (example.baseStatus !== "active") return becoming(example.id, example.baseStatus);
  const queue = [example.id];
  const seen = new Set(queue);
  for (const id of queue) {
    const edges = await query
      .selectFrom("supersession")
      .innerJoin("action", "action.id", "supersession.action_id")
      .select(["by_example", "undone_at"])
      .where("example_id", "=", id)
      .orderBy("supersession.id")
      .execute();
    for (const { by_example: winnerId, undone_at: undoneAt } of edges) {
      const stands = undoneAt === null;
      if (winnerId === null) {
        if (stands) return becoming(example.id, "superseded");
        continue;
      }
      const winner = await nodeOf(query, winnerId);
      if (stands && (id === example.id || contradicts(example, winner))) {
        return becoming(example.id, "superseded", winnerId);
      }
      if (!seen.has(winnerId)) {
        seen.add(winnerId);
        queue.push(winnerId);
      }
    }
  }
  return becoming(example.id, example.baseStatus);
}

/** Whether a later example leaves no room for an earlier one about the same prompt. */
function contradicts(earlier: Node, later: Node): boolean {
  const sameAnswer = earlier.answer === later.answer;
  if (earlier.label === "negative") return sameAnswer;
  return later.label === "positive" && !sameAnswer;
}

async function nodeOf(query: Query, id: string): Promise<Node> {
  const row = await query
    .selectFrom("example")
    .innerJoin("action", "action.id", "example.action_id")
    .select([
      "example.id",
      "example.label",
      "example.answer",
      "example.base_status",
      "example.status",
      "example.superseded_by",
      "action.undone_at",
    ])
    .where("example.id", "=", id)
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    label: row.label,
    answer: row.answer,
    baseStatus: row.base_status,
    status: row.status,
    supersededBy: row.superseded_by,
    stands: row.undone_at === null,
  };
}

const becoming = (
  exampleId: string,
  status: Becoming["status"],
  supersededBy: string | null = null,
): Becoming => ({ exampleId, status, supersededBy });
