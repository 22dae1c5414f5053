import type { ExampleStatus } from "../core/example.ts";
import type { Query } from "./database.ts";
import { chunks } from "./ledger.ts";

/** A correction with the conversation it came from. */
export type CorrectionBehind = {
  readonly exampleId: string;
  readonly prompt: string;
  readonly answer: string | null;
  /** The answer it took the place of; `null` when there was none. */
  readonly rejected: string | null;
  /** What became of it since. */
  readonly status: ExampleStatus;
  readonly author: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly turnId: string | null;
  /** The message that was answered wrong, and which model version answered it. */
  readonly messageId: string | null;
  readonly answeredBy: string | null;
};

/** The corrections among examples, in the order of their ids; the ids of other rows are ignored. */
export async function correctionsBehind(
  query: Query,
  workspace: string,
  ids: readonly string[],
): Promise<readonly CorrectionBehind[]> {
  const found: CorrectionBehind[] = [];
  for (const chunk of chunks(ids)) {
    const rows = await query
      .selectFrom("example")
      .leftJoin("turn", "turn.id", "example.turn_id")
      .leftJoin("correction", "correction.action_id", "example.action_id")
      .select([
        "example.id as id",
        "example.prompt as prompt",
        "example.answer as answer",
        "example.status as status",
        "example.author as author",
        "example.created_at as at",
        "example.turn_id as turn_id",
        "correction.rejected as rejected",
        "turn.message_id as message_id",
        "turn.model_version as model_version",
      ])
      .where("example.workspace", "=", workspace)
      .where("example.source", "=", "corrected")
      .where("example.label", "=", "positive")
      .where("example.id", "in", chunk)
      .execute();
    for (const row of rows)
      found.push({
        exampleId: row.id,
        prompt: row.prompt,
        answer: row.answer,
        rejected: row.rejected,
        status: row.status,
        author: row.author,
        at: row.at,
        turnId: row.turn_id,
        messageId: row.message_id,
        answeredBy: row.model_version,
      });
  }
  return found.toSorted((first, second) => (first.exampleId < second.exampleId ? -1 : 1));
}

/** Whether a dataset row was taken back at a moment, in milliseconds since the epoch. */
export async function wasRetracted(
  query: Query,
  workspace: string,
  rowId: string,
  moment: number,
): Promise<boolean> {
  const row = await query
    .selectFrom("tombstone")
    .innerJoin("action", "action.id", "tombstone.action_id")
    .select("tombstone.row_id")
    .where("tombstone.workspace", "=", workspace)
    .where("tombstone.row_id", "=", rowId)
    .where("action.at", "<=", moment)
    .where((where) =>
      where.or([where("action.undone_at", "is", null), where("action.undone_at", ">", moment)]),
    )
    .executeTakeFirst();
  return row !== undefined;
}
