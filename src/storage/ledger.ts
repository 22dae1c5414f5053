import type { ExampleStatus } from "../core/example.ts";
import { now } from "../core/clock.ts";
import { chunks } from "./chunks.ts";
import type { EventSubject } from "./knowledge/state.ts";
import type { Query } from "./query.ts";

/** An entry of the ledger: something became something. */
export type LedgerEvent = {
  readonly position: number;
  readonly actionId: string;
  readonly subject: EventSubject;
  readonly subjectId: string;
  readonly status: ExampleStatus;
};

/** The append-only history of what was taught; its end is numbered per workspace. */
export type Ledger = {
  /** How many events a workspace has; 0 when nothing was ever taught. */
  position(workspace: string): Promise<number>;
  /** The event at a position. */
  at(workspace: string, position: number): Promise<LedgerEvent | undefined>;
  /** The events after a position, oldest first. */
  since(workspace: string, position: number, limit: number): Promise<readonly LedgerEvent[]>;
};

/** The ledger kept in `database`. */
export function createLedger({ query }: { readonly query: Query }): Ledger {
  const events = (workspace: string) =>
    query
      .selectFrom("example_event")
      .select(["position", "action_id", "subject", "subject_id", "status"])
      .where("workspace", "=", workspace)
      .orderBy("position");
  return {
    position: (workspace) => ledgerPosition(query, workspace),
    async at(workspace, position) {
      const row = await events(workspace).where("position", "=", position).executeTakeFirst();
      return row && asEvent(row);
    },
    async since(workspace, position, limit) {
      const rows = await events(workspace).where("position", ">", position).limit(limit).execute();
      return rows.map(asEvent);
    },
  };
}

/** An entry that is about to be written. */
export type NewEvent = {
  readonly subject: EventSubject;
  readonly subjectId: string;
  /** What it became. */
  readonly status: ExampleStatus;
  readonly supersededBy?: string | null;
  readonly versionId?: string | null;
};

/** Adds entries after `position`, and gives the new end of the ledger. */
export async function addEvents(
  query: Query,
  at: { readonly workspace: string; readonly actionId: string; readonly position: number },
  events: readonly NewEvent[],
): Promise<number> {
  let end = at.position;
  const moment = now();
  for (const chunk of chunks(events)) {
    await query
      .insertInto("example_event")
      .values(
        chunk.map(({ subject, subjectId, status, supersededBy, versionId }, offset) => ({
          workspace: at.workspace,
          position: end + offset + 1,
          action_id: at.actionId,
          subject,
          subject_id: subjectId,
          status,
          superseded_by: supersededBy ?? null,
          version_id: versionId ?? null,
          at: moment,
        })),
      )
      .execute();
    end += chunk.length;
  }
  return end;
}

/** The end of a workspace's ledger, seen from inside a transaction. */
export async function ledgerPosition(query: Query, workspace: string): Promise<number> {
  const row = await query
    .selectFrom("example_event")
    .select((select) => select.fn.max("position").as("position"))
    .where("workspace", "=", workspace)
    .executeTakeFirst();
  return row?.position ?? 0;
}

const asEvent = (row: {
  position: number;
  action_id: string;
  subject: EventSubject;
  subject_id: string;
  status: ExampleStatus;
}): LedgerEvent => ({
  position: row.position,
  actionId: row.action_id,
  subject: row.subject,
  subjectId: row.subject_id,
  status: row.status,
});
