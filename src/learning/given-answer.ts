import type { Turn } from "../core/turn.ts";
import type { Query } from "../storage/query.ts";

/** A model version of what was taught alone: other words are a language model's own. */
const ofRecall = /^(?:v\d+\+)?recall@/u;

/**
 * Which answer a turn gave; `null` for "I do not know" and for a language model's own words. Turns that are
 * older than the identity of answers name only examples.
 */
export async function givenAnswerId(query: Query, turn: Turn): Promise<string | null> {
  if (turn.answerId !== null) return turn.answerId;
  const [exampleId] = turn.exampleIds;
  if (!turn.known || exampleId === undefined || !ofRecall.test(turn.modelVersion)) return null;
  const row = await query
    .selectFrom("example")
    .select("answer_id")
    .where("workspace", "=", turn.workspace)
    .where("id", "=", exampleId)
    .where("label", "=", "positive")
    .executeTakeFirst();
  return row?.answer_id ?? null;
}
