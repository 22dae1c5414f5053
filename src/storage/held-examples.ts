import { sql } from "kysely";
import type { Query } from "./query.ts";

/**
 * Whether a workspace holds more than `most` examples, those that wait for review included. Reads no
 * further than it has to, so that it costs the same however much is there.
 */
export async function holdsMoreThan(
  query: Query,
  workspace: string,
  most: number,
): Promise<boolean> {
  let left = most;
  for (const status of ["active", "pending"] as const) {
    const held = query
      .selectFrom("example")
      .select(sql<number>`1`.as("one"))
      .where("workspace", "=", workspace)
      .where("status", "=", status)
      .limit(left + 1)
      .as("held");
    const { count } = await query
      .selectFrom(held)
      .select((select) => select.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    left -= Number(count);
    if (left < 0) return true;
  }
  return false;
}
