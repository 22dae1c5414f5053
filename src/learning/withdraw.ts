import type { Person } from "../core/person.ts";
import { waitingActionsOf } from "../storage/actions.ts";
import type { TeachingOptions } from "./act.ts";
import { undoAction } from "./undo.ts";

/** Takes back what a message taught, as far as it still waits for review. Gives the actions' ids. */
export async function withdrawMessage(
  options: TeachingOptions,
  workspace: string,
  messageId: string,
): Promise<readonly string[]> {
  const waiting = await waitingActionsOf(options.database.query, workspace, messageId);
  for (const { id, person } of waiting) {
    // Whoever deleted the message stands for its author.
    const author: Person = { id: person, name: "", role: "member" };
    await undoAction(options, { workspace, person: author, origin: "console" }, id);
  }
  return waiting.map(({ id }) => id);
}
