import { sql } from "kysely";
import type { Insertable } from "kysely";
import { ApprenticeError } from "../core/errors.ts";
import { breathe } from "./breathe.ts";
import type { Database } from "./database.ts";
import type { Query } from "./query.ts";
import { searchRow } from "./example-rows.ts";
import { rowsPerStatement } from "./chunks.ts";
import type { Schema } from "./schema.ts";

type Table = Exclude<keyof Schema, "example_search">;

/** The tables and the columns that order their rows; referenced tables first. */
const tableKeys = {
  workspace: ["name"],
  listening_room: ["workspace", "room"],
  person_role: ["workspace", "person"],
  room: ["workspace", "name"],
  turn: ["id"],
  answer_message: ["message_id"],
  action: ["id"],
  example: ["id"],
  example_event: ["workspace", "position"],
  supersession: ["id"],
  answer: ["id"],
  answer_version: ["id"],
  mismatch: ["id"],
  open_question: ["id"],
  proposal: ["id"],
  source: ["id"],
  source_item: ["source_id", "item"],
  decision: ["id"],
  touch: ["subject", "decision_id"],
  correction: ["id"],
  feedback: ["id"],
  evaluation: ["id"],
  review_item: ["id"],
  workspace_dataset: ["workspace"],
  tombstone: ["action_id", "row_id"],
  job: ["id"],
  job_event: ["job_id", "number"],
  model_version: ["id"],
  model_alias: ["workspace", "alias"],
  promotion: ["id"],
  duel: ["id"],
  platform_note: ["platform", "name"],
  command_message: ["message_id"],
  voice_choice: ["workspace"],
  voice_opt_out: ["workspace", "person"],
  voice_place: ["workspace"],
} as const satisfies { readonly [Name in Table]: readonly (keyof Schema[Name])[] };

/**
 * Copies every row from one database, of either engine, into an empty one; the search index is made
 * anew. Both sides are one transaction each: what is copied is one moment, whole or not at all.
 * Throws `backup-target-exists` when the target holds anything.
 */
export async function copyTables(
  from: Database,
  to: Database,
  options: { readonly signal?: AbortSignal; readonly target: string },
): Promise<void> {
  await from.query
    .transaction()
    .setIsolationLevel(from.engine === "postgres" ? "repeatable read" : "serializable")
    .execute((source) =>
      to.transaction(async (target) => {
        for (const table of Object.keys(tableKeys) as Table[]) {
          if (await anyRow(target, table)) {
            throw new ApprenticeError("backup-target-exists", { path: options.target });
          }
          await copyTable(source, target, table, options.signal);
        }
      }),
    );
}

async function anyRow(query: Query, table: Table): Promise<boolean> {
  const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(query);
  return rows.length > 0;
}

async function copyTable(
  source: Query,
  target: Query,
  table: Table,
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const rows of pagesOf(source, table)) {
    await breathe(signal);
    await target.insertInto(table).values(rows).execute();
    if (table !== "example") continue;
    const examples = rows as readonly Schema["example"][];
    await target.insertInto("example_search").values(examples.map(searchRow)).execute();
  }
}

/** All rows in pages, each beginning after the key of the last row before it. */
async function* pagesOf<Name extends Table>(
  query: Query,
  table: Name,
): AsyncGenerator<readonly Insertable<Schema[Name]>[]> {
  type Row = Insertable<Schema[Name]> & Readonly<Record<string, unknown>>;
  const keys: readonly string[] = tableKeys[table];
  const order = sql.join(keys.map((key) => sql.ref(key)));
  let after = sql``;
  for (;;) {
    const { rows } = await sql<Row>`select * from ${sql.table(table)} ${after}
      order by ${order} limit ${rowsPerStatement}`.execute(query);
    if (rows.length > 0) yield rows;
    if (rows.length < rowsPerStatement) return;
    const last = rows.at(-1)!;
    after = sql`where (${order}) > (${sql.join(keys.map((key) => last[key]))})`;
  }
}
