import type { ExampleStatus } from "../core/example.ts";
import type { Query } from "./query.ts";
import { chunks } from "./chunks.ts";

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
  const found = new Map<string, CorrectionBehind & { readonly asked: string }>();
  for (const chunk of chunks(ids)) {
    const rows = await query
      .selectFrom("example")
      .innerJoin("answer_version", "answer_version.answer_id", "example.answer_id")
      .innerJoin("correction", "correction.action_id", "answer_version.action_id")
      .innerJoin("action", "action.id", "correction.action_id")
      .leftJoin("turn", "turn.id", "correction.turn_id")
      .select([
        "correction.id as correction",
        "correction.prompt as asked",
        "correction.rejected as rejected",
        "correction.turn_id as turnId",
        "example.id as exampleId",
        "example.prompt as prompt",
        "example.status as status",
        "answer_version.text as answer",
        "answer_version.author as author",
        "answer_version.at as at",
        "turn.message_id as messageId",
        "turn.model_version as answeredBy",
      ])
      .where("example.workspace", "=", workspace)
      .where("example.label", "=", "positive")
      .where("example.id", "in", chunk)
      .where("action.undone_at", "is", null)
      .orderBy("example.id")
      .execute();
    // One correction can change several wordings: it is told with the one that was asked.
    for (const { correction, ...row } of rows)
      if (!found.has(correction) || row.prompt === row.asked) found.set(correction, row);
  }
  return [...found.values()].map(({ asked: _asked, ...behind }) => behind);
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
