import { sql } from "kysely";
import { ApprenticeError } from "../core/errors.ts";
import type { NewAction } from "../storage/actions.ts";
import type { Query } from "../storage/database.ts";

/** How much an act adds to what a workspace holds; what it puts out of use makes room. */
export type Growth = { readonly added: number; readonly replaced: number };

/** Looks at an act inside its transaction. Throws when the workspace may not hold so much. */
export type ExampleLimit = (query: Query, action: NewAction, growth: Growth) => Promise<void>;

/** Who works at this machine: the owner of the console, and of the command line. */
const operators: ReadonlySet<string> = new Set(["web:local", "cli:local"]);

/**
 * Lets a workspace hold `most` examples, those that wait for review included; 0: as many as it likes.
 * Nothing that is there is touched, and a correction that takes the place of an example always fits.
 * The machine's own workspace, what is taught at the machine, and approved workspaces are not limited.
 * The limit throws `workspace-full`.
 */
export function limitExamples(most: number, approved: readonly string[]): ExampleLimit {
  const unlimited = new Set(["web:local", ...approved]);
  return async (query, { workspace, person }, { added, replaced }) => {
    if (most === 0 || added <= replaced) return;
    if (unlimited.has(workspace) || (person !== null && operators.has(person))) return;
    if (await holdsMoreThan(query, workspace, most))
      throw new ApprenticeError("workspace-full", { count: most, workspace });
  };
}

/** Reads no further than it has to, so that a refusal costs the same however much is there. */
async function holdsMoreThan(query: Query, workspace: string, most: number): Promise<boolean> {
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
