import type { Query } from "./query.ts";

const inOrder = ["action", "turn", "example", "job", "evaluation", "promotion"] as const;

/** The greatest id of what is told apart by which came later; `undefined` in a new database. */
export async function latestId(query: Query): Promise<string | undefined> {
  let latest: string | undefined;
  for (const table of inOrder) {
    const row = await query
      .selectFrom(table)
      .select((select) => select.fn.max("id").as("id"))
      .executeTakeFirst();
    const id = row?.id;
    if (id && (latest === undefined || id > latest)) latest = id;
  }
  return latest;
}
