import { newId } from "../core/ids.ts";
import type { Query } from "./query.ts";

/** The id of a file by its name; it is noted when it comes for the first time. */
export async function sourceNamed(query: Query, workspace: string, name: string): Promise<string> {
  const known = await query
    .selectFrom("source")
    .select("id")
    .where("workspace", "=", workspace)
    .where("name", "=", name)
    .executeTakeFirst();
  if (known) return known.id;
  const id = newId();
  await query.insertInto("source").values({ id, workspace, kind: "file", name }).execute();
  return id;
}
