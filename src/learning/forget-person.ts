import type { Person } from "../core/person.ts";
import {
  erasePerson,
  eraseThoroughly,
  personalData,
  standingActionsOf,
} from "../storage/personal-data.ts";
import type { TeachingOptions } from "./act.ts";
import type { Forgotten } from "./teaching.ts";
import { undoAction } from "./undo.ts";

/**
 * Forgets a person in one workspace: everything they taught is undone, as if it had never been taught,
 * and then their words are removed for good, from the instant memory's file too.
 */
export async function forgetPerson(
  options: TeachingOptions,
  workspace: string,
  person: string,
): Promise<Forgotten> {
  const { database, memories } = options;
  const { counts, content } = await personalData(database, workspace, person);
  const lessons = content["lessons"] as readonly { readonly id: string }[];
  // Taking back what they taught overwrites their words already.
  await eraseThoroughly(database);
  const author: Person = { id: person, name: "", role: "member" };
  for (const id of await standingActionsOf(database, workspace, person)) {
    await undoAction(options, { workspace, person: author, origin: "console" }, id);
  }
  await erasePerson(database, workspace, person);
  if (lessons.length > 0) await memories.settle(workspace);
  return { ...counts, exampleIds: lessons.map(({ id }) => id) };
}
