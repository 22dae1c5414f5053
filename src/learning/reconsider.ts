import { ApprenticeError } from "../core/errors.ts";
import { findAction } from "../storage/actions.ts";
import { correctionOf } from "../storage/corrections.ts";
import { findTurn } from "../storage/turns.ts";
import type { Settlement } from "../storage/knowledge/decision.ts";
import type { TeachingOptions } from "./act.ts";
import { correctTurn } from "./correct-turn.ts";
import type { Receipt, Teacher } from "./teaching.ts";
import { undoAction } from "./undo.ts";

/**
 * Lets a correction reach less far, or farther, than it did: it is taken back and made again as it was
 * meant. `undefined`: the id names no correction that stands.
 */
export async function reconsider(
  options: TeachingOptions,
  teacher: Teacher,
  status: "active" | "pending",
  actionId: string,
  as: Settlement,
): Promise<Receipt | undefined> {
  const { query } = options.database;
  const action = await findAction(query, teacher.workspace, { id: actionId });
  if (action?.kind !== "corrected" || action.undoneAt !== null) return undefined;
  const correction = await correctionOf(query, action.id);
  const turn = correction && (await findTurn(query, teacher.workspace, correction.turnId));
  if (!correction || !turn) throw new ApprenticeError("turn-missing");
  await undoAction(options, teacher, action.id);
  return correctTurn(options, teacher, status, turn, correction.chosen, { meaning: as });
}
