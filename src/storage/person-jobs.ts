import { isFinal, openJobStates } from "../core/job.ts";
import type { Query } from "./query.ts";

/** What somebody has begun in a workspace lately. */
export type JobsOfPerson = {
  readonly open: number;
  /** When each job since then was begun, the newest first; milliseconds since the epoch. */
  readonly begun: readonly number[];
};

export async function jobsOfPerson(
  query: Query,
  { workspace, person, since }: { workspace: string; person: string; since: number },
): Promise<JobsOfPerson> {
  const rows = await query
    .selectFrom("job")
    .select(["state", "created_at"])
    .where("workspace", "=", workspace)
    .where("person", "=", person)
    .where((where) =>
      where.or([where("created_at", ">", since), where("state", "in", openJobStates)]),
    )
    .orderBy("created_at", "desc")
    .execute();
  return {
    open: rows.filter(({ state }) => !isFinal(state)).length,
    begun: rows.map((row) => row.created_at).filter((at) => at > since),
  };
}

/** The workspaces in which somebody was made a trainer or an admin. */
export async function workspacesLedBy(query: Query, person: string): Promise<readonly string[]> {
  const rows = await query
    .selectFrom("person_role")
    .select("workspace")
    .where("person", "=", person)
    .where("role", "in", ["trainer", "admin"])
    .execute();
  return rows.map(({ workspace }) => workspace);
}
