import { CompiledQuery } from "kysely";
import type { Query } from "./query.ts";
import type { Schema } from "./schema.ts";

type Row<Table extends keyof Schema> = Schema[Table];

/**
 * The statements of every answer, built once: building one anew costs about as much as running it.
 * They are the same text each time; only the values change.
 */
export function turnStatements(query: Query): {
  /** Stores a turn, unless its message has one; gives its id when it was stored. */
  insert(row: Row<"turn">): CompiledQuery<{ readonly id: string }>;
  /** Notes a message that carries an answer. */
  carry(row: Row<"answer_message">): CompiledQuery;
} {
  const insert = reusable<Row<"turn">>((row) =>
    query
      .insertInto("turn")
      .values(row)
      .onConflict((conflict) => conflict.column("message_id").doNothing())
      .returning("id")
      .compile(),
  );
  const carry = reusable<Row<"answer_message">>((row) =>
    query
      .insertInto("answer_message")
      .values(row)
      .onConflict((conflict) =>
        conflict.column("message_id").doUpdateSet((old) => ({
          turn_id: old.ref("excluded.turn_id"),
          part: old.ref("excluded.part"),
        })),
      )
      .compile(),
  );
  return { insert: (row) => insert(row), carry };
}

/** Kysely's text for one row serves for all rows that have the same columns in the same order. */
function reusable<Values extends object>(
  compile: (row: Values) => CompiledQuery,
): (row: Values) => CompiledQuery {
  const texts = new Map<string, string>();
  return (row) => {
    const columns = Object.keys(row).join();
    const text = texts.get(columns) ?? compile(row).sql;
    texts.set(columns, text);
    return CompiledQuery.raw(text, Object.values(row));
  };
}
