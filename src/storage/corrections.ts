import { now } from "../core/clock.ts";
import type { Meaning } from "../core/correction.ts";
import { newId } from "../core/ids.ts";
import type { Query } from "./query.ts";

/** For `prompt`, `chosen` is a better answer than `rejected`. */
export type Correction = {
  readonly actionId: string;
  readonly workspace: string;
  readonly turnId: string;
  readonly prompt: string;
  readonly chosen: string;
  /** `null` when the bot had not known an answer. */
  readonly rejected: string | null;
  /** The answer that is right now, and the version that was given. */
  readonly answerId?: string | null;
  readonly oldVersion?: string | null;
  /** How far it reaches; `open` until somebody says. */
  readonly meaning?: Meaning | null;
};

/** Keeps a preference pair. It stands as long as its action does. */
export async function addCorrection(query: Query, correction: Correction): Promise<void> {
  await query
    .insertInto("correction")
    .values({
      id: newId(),
      action_id: correction.actionId,
      workspace: correction.workspace,
      turn_id: correction.turnId,
      prompt: correction.prompt,
      chosen: correction.chosen,
      rejected: correction.rejected,
      at: now(),
      answer_id: correction.answerId ?? null,
      old_version: correction.oldVersion ?? null,
      new_version: null,
      meaning: correction.meaning ?? null,
    })
    .execute();
}

/** The preference pairs that stand, oldest first. */
export async function listCorrections(
  query: Query,
  workspace: string,
): Promise<readonly Correction[]> {
  const rows = await query
    .selectFrom("correction")
    .innerJoin("action", "action.id", "correction.action_id")
    .selectAll("correction")
    .where("correction.workspace", "=", workspace)
    .where("action.undone_at", "is", null)
    .orderBy("correction.id")
    .execute();
  return rows.map((row) => ({
    actionId: row.action_id,
    workspace: row.workspace,
    turnId: row.turn_id,
    prompt: row.prompt,
    chosen: row.chosen,
    rejected: row.rejected,
    answerId: row.answer_id,
    oldVersion: row.old_version,
    meaning: row.meaning,
  }));
}

/** The preference pair that an act kept. */
export async function correctionOf(
  query: Query,
  actionId: string,
): Promise<Pick<Correction, "turnId" | "prompt" | "chosen"> | undefined> {
  return query
    .selectFrom("correction")
    .select(["turn_id as turnId", "prompt", "chosen"])
    .where("action_id", "=", actionId)
    .executeTakeFirst();
}
