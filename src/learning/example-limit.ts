import { ApprenticeError } from "../core/errors.ts";
import type { NewAction } from "../storage/actions.ts";
import type { Query } from "../storage/query.ts";
import { holdsMoreThan } from "../storage/held-examples.ts";

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
