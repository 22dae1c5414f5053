import { chunks } from "../chunks.ts";
import type { Query } from "../query.ts";
import type { Schema } from "../schema.ts";

/** Inserts rows, in pieces small enough for one statement. */
export async function insertAll<
  Table extends
    | "answer"
    | "answer_version"
    | "example"
    | "example_search"
    | "proposal"
    | "source_item",
>(query: Query, table: Table, rows: readonly Schema[Table][]): Promise<void> {
  for (const chunk of chunks(rows))
    await query
      .insertInto(table)
      .values(chunk as never)
      .execute();
}
