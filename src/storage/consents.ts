import type { Consent } from "../core/example.ts";
import type { Query } from "./query.ts";

/** Notes on what a person taught with one action whether it may train weights. Gives the examples' ids. */
export async function setConsent(
  query: Query,
  workspace: string,
  actionId: string,
  author: string,
  consent: Consent | null,
): Promise<readonly string[]> {
  const rows = await query
    .updateTable("example")
    .set({ consent: consent && JSON.stringify(consent) })
    .where("workspace", "=", workspace)
    .where("action_id", "=", actionId)
    .where("author", "=", author)
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}
