import type { Consent } from "../core/example.ts";
import { ApprenticeError } from "../core/errors.ts";
import { findAction } from "../storage/actions.ts";
import { setConsent } from "../storage/consents.ts";
import type { TeachingOptions } from "./act.ts";
import type { Consented, Teacher } from "./teaching.ts";

/**
 * Gives or takes back a person's leave to train model weights with what one action of theirs taught.
 * Throws `action-missing`, also for actions of others: nobody agrees for somebody else.
 */
export async function giveConsent(
  { database, memories }: TeachingOptions,
  { workspace, person }: Teacher,
  actionId: string | undefined,
  consent: Consent | null,
): Promise<Consented> {
  const { query } = database;
  const which = actionId === undefined ? { lastOf: person.id } : { id: actionId };
  const action = await findAction(query, workspace, which);
  if (!action || action.person !== person.id) throw new ApprenticeError("action-missing");
  const exampleIds = await setConsent(query, workspace, action.id, person.id, consent);
  memories.rowsChanged(workspace);
  return { actionId: action.id, exampleIds };
}
