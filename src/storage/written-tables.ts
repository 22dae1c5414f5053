import type { Schema } from "./schema.ts";

export type TableName = keyof Schema;

/** Counts what is written to each table, so that what was read of it is known to be as it was. */
export type WrittenTables = {
  /** Notes that a statement will be run. */
  note(statement: WrittenBy): void;
  /** Rises with each write to one of the tables, whether it is committed or rolled back. */
  count(tables: readonly TableName[]): number;
};

/** The table that a statement writes; `any`: it changes more than one sees; `undefined`: none. */
export type WrittenBy = string | undefined;

export function createWrittenTables(): WrittenTables {
  const counts = new Map<string, number>();
  let others = 0;
  return {
    note(table) {
      if (table === undefined) return;
      if (table === "any") others += 1;
      else counts.set(table, (counts.get(table) ?? 0) + 1);
    },
    count: (tables) => tables.reduce((sum, table) => sum + (counts.get(table) ?? 0), others),
  };
}

/** Reads of SQL which table it writes. */
export function tableWrittenBy(sql: string): WrittenBy {
  const text = sql.trimStart().toLowerCase();
  if (/^(?:select|explain|begin|commit|rollback|savepoint|release)\b/.test(text)) return undefined;
  if (/^pragma\s+\w+(?:\s*=\s*\w+)?;?$/.test(text)) return undefined;
  const named =
    /^(?:insert(?:\s+or\s+\w+)?\s+into|replace\s+into|update|delete\s+from)\s+"?([a-z_]+)"?[\s(]/.exec(
      text,
    );
  return named?.[1] ?? "any";
}
