import type { Database } from "./database.ts";

/** Rooms of the workspaces whose names begin so in which somebody was answered since a moment, newest first. */
export async function recentRooms(
  { query }: Pick<Database, "query">,
  workspacePrefix: string,
  { since, most }: { readonly since: number; readonly most: number },
): Promise<readonly string[]> {
  const rows = await query
    .selectFrom("turn")
    .select((select) => ["room", select.fn.max("started_at").as("last")])
    .where("workspace", "like", `${workspacePrefix}%`)
    .where("started_at", ">=", since)
    .groupBy("room")
    .orderBy("last", "desc")
    .limit(most)
    .execute();
  return rows.map(({ room }) => room);
}
