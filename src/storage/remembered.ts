import type { Database } from "./database.ts";
import type { TableName } from "./written-tables.ts";

/** So many values are remembered of each kind; the oldest goes first. */
const mostRemembered = 10_000;

type Remembered<Value> = { readonly value: Value; readonly count: number };

/**
 * Reads that are remembered until one of their tables is written, which is exact: the embedded
 * database has no writer but this process. Where other processes write too, nothing is remembered.
 */
export function createRemembered<Key extends readonly string[], Value>(
  database: Pick<Database, "writes">,
  tables: readonly TableName[],
  read: (...key: Key) => Promise<Value>,
): (...key: Key) => Promise<Value> {
  const known = new Map<string, Remembered<Value>>();
  return async (...key) => {
    const { writes } = database;
    if (!writes) return read(...key);
    const name = key.length === 1 ? key[0]! : JSON.stringify(key);
    // Counted before the reading: what is written meanwhile makes the value old at once.
    const count = writes.count(tables);
    const found = known.get(name);
    if (found?.count === count) return found.value;
    const value = await read(...key);
    known.delete(name);
    known.set(name, { value, count });
    if (known.size > mostRemembered) known.delete(known.keys().next().value!);
    return value;
  };
}
