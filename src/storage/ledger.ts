import type { Example, ExampleStatus } from "../core/example.ts";
import { now } from "../core/clock.ts";
import { newId } from "../core/ids.ts";
import type { Database, Query } from "./database.ts";
import { lessonKey, searchRow } from "./example-rows.ts";
import type { ExampleRow } from "./example-rows.ts";

/** An entry of the ledger: an example became something. */
export type ExampleEvent = {
  readonly position: number;
  readonly actionId: string;
  readonly exampleId: string;
  readonly status: ExampleStatus;
};

/** The append-only history of what was taught; its end is numbered per workspace. */
export type Ledger = {
  /** How many events a workspace has; 0 when nothing was ever taught. */
  position(workspace: string): Promise<number>;
  /** The event at a position. */
  at(workspace: string, position: number): Promise<ExampleEvent | undefined>;
  /** The events after a position, oldest first. */
  since(workspace: string, position: number, limit: number): Promise<readonly ExampleEvent[]>;
};

/** The ledger kept in `database`. */
export function createLedger({ query }: Database): Ledger {
  const events = (workspace: string) =>
    query
      .selectFrom("example_event")
      .select(["position", "action_id", "example_id", "status"])
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

/** An example about to enter the ledger. */
export type NewExample = Omit<Example, "status" | "supersededBy"> & {
  readonly status: "pending" | "active";
};

/** What an action puts out of use, and which of its own examples takes the place. */
export type Supersession = { readonly exampleId: string; readonly byExample: string | null };

/** What an example becomes. */
export type Becoming = {
  readonly exampleId: string;
  readonly status: ExampleStatus;
  readonly supersededBy: string | null;
};

/** How many rows one statement writes: well below the parameter limits of both engines. */
export const rowsPerStatement = 400;

/** Adds examples, at most `rowsPerStatement`, and gives the new end of the ledger. */
export async function addExamples(
  query: Query,
  actionId: string,
  examples: readonly NewExample[],
  position: number,
): Promise<number> {
  if (examples.length === 0) return position;
  const rows = examples.map((example) => newRow(actionId, example));
  await query.insertInto("example").values(rows).execute();
  await query.insertInto("example_search").values(rows.map(searchRow)).execute();
  await query
    .insertInto("example_event")
    .values(
      rows.map((row, offset) => ({
        workspace: row.workspace,
        position: position + offset + 1,
        action_id: actionId,
        example_id: row.id,
        status: row.status,
        superseded_by: null,
        at: row.created_at,
      })),
    )
    .execute();
  return position + rows.length;
}

/** Records what an action puts out of use, without changing the view yet. */
export async function addSupersessions(
  query: Query,
  actionId: string,
  supersessions: readonly Supersession[],
): Promise<void> {
  for (const chunk of chunks(supersessions)) {
    await query
      .insertInto("supersession")
      .values(
        chunk.map(({ exampleId, byExample }) => ({
          id: newId(),
          action_id: actionId,
          example_id: exampleId,
          by_example: byExample,
        })),
      )
      .execute();
  }
}

/** Changes the current view of existing examples and gives the new end of the ledger. */
export async function changeExamples(
  query: Query,
  actionId: string,
  workspace: string,
  becomings: readonly Becoming[],
  position: number,
): Promise<number> {
  let end = position;
  for (const chunk of chunks(becomings)) {
    await query
      .insertInto("example_event")
      .values(
        chunk.map((becoming, offset) => ({
          workspace,
          position: end + offset + 1,
          action_id: actionId,
          example_id: becoming.exampleId,
          status: becoming.status,
          superseded_by: becoming.supersededBy,
          at: now(),
        })),
      )
      .execute();
    await changeView(query, chunk);
    end += chunk.length;
  }
  return end;
}

async function changeView(query: Query, becomings: readonly Becoming[]): Promise<void> {
  const alike = Map.groupBy(becomings, ({ status, supersededBy }) => `${status} ${supersededBy}`);
  for (const group of alike.values()) {
    const { status, supersededBy } = group[0]!;
    await query
      .updateTable("example")
      .set({ status, superseded_by: supersededBy })
      .where(
        "id",
        "in",
        group.map((becoming) => becoming.exampleId),
      )
      .execute();
  }
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

/** Pieces small enough for one statement. */
export function* chunks<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += rowsPerStatement) {
    yield items.slice(start, start + rowsPerStatement);
  }
}

function newRow(actionId: string, example: NewExample): ExampleRow {
  return {
    id: example.id,
    action_id: actionId,
    workspace: example.workspace,
    prompt: example.prompt,
    answer: example.answer,
    label: example.label,
    source: example.source,
    origin: example.origin,
    author: example.author,
    consent: example.consent && JSON.stringify(example.consent),
    base_status: example.status,
    status: example.status,
    superseded_by: null,
    turn_id: example.turnId,
    language: example.language,
    tags: JSON.stringify(example.tags),
    created_at: example.createdAt,
    lesson_key: lessonKey(example.label, example.prompt, example.answer),
  };
}

const asEvent = (row: {
  position: number;
  action_id: string;
  example_id: string;
  status: ExampleStatus;
}): ExampleEvent => ({
  position: row.position,
  actionId: row.action_id,
  exampleId: row.example_id,
  status: row.status,
});
