import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { Query } from "./query.ts";

/** Lets the acts of a workspace follow one another, whichever process they come from. */
export async function lockWorkspace(
  { engine }: Pick<Database, "engine">,
  query: Query,
  workspace: string,
): Promise<void> {
  if (engine === "postgres")
    await sql`select pg_advisory_xact_lock(hashtext(${`teaching ${workspace}`}))`.execute(query);
}
