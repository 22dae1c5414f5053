import { ApprenticeError } from "../core/errors.ts";
import { mayActAs } from "../core/person.ts";
import { findAction, markUndone } from "../storage/actions.ts";
import type { Action } from "../storage/actions.ts";
import type { Query } from "../storage/database.ts";
import { examplesById } from "../storage/example-lookup.ts";
import { changeExamples, ledgerPosition } from "../storage/ledger.ts";
import { standingAfterUndo } from "../storage/standing.ts";
import type { TeachingOptions } from "./act.ts";
import { asTaught } from "./taught.ts";
import type { Teacher, Undone } from "./teaching.ts";

/**
 * Takes one action back: what it added is retracted, what it put out of use is restored unless
 * something that stands still supersedes it. Throws `action-missing`, `action-undone`,
 * `nothing-to-undo`, or `permission-denied` (members undo only their own).
 */
export async function undoAction(
  { database, memories }: TeachingOptions,
  teacher: Teacher,
  actionId: string | undefined,
): Promise<Undone> {
  const { workspace } = teacher;
  await memories.of(workspace);
  const { undone, change, span } = await database.transaction(async (query) => {
    const action = await actionToUndo(query, teacher, actionId);
    await markUndone(query, action.id, teacher.person.id);
    const becomings = await standingAfterUndo(query, action.id);
    const from = await ledgerPosition(query, workspace);
    const to = await changeExamples(query, action.id, workspace, becomings, from);
    const idsOf = (holds: (status: string) => boolean) =>
      becomings.filter(({ status }) => holds(status)).map(({ exampleId }) => exampleId);
    const active = await examplesById(
      query,
      idsOf((status) => status === "active"),
    );
    const removed = idsOf((status) => status === "retracted");
    return {
      undone: {
        actionId: action.id,
        kind: action.kind,
        removed: removed.length,
        restored: idsOf((status) => status === "active" || status === "pending").length,
      },
      change: { add: active.map(asTaught), remove: removed },
      span: { from, to },
    };
  });
  await memories.learn(workspace, change, span);
  return undone;
}

async function actionToUndo(
  query: Query,
  { workspace, person }: Teacher,
  actionId: string | undefined,
): Promise<Action> {
  if (actionId === undefined) {
    const last = await findAction(query, workspace, { lastOf: person.id });
    if (!last) throw new ApprenticeError("nothing-to-undo");
    return last;
  }
  const action = await findAction(query, workspace, { id: actionId });
  if (!action) throw new ApprenticeError("action-missing");
  if (action.person !== person.id && !mayActAs(person.role, "trainer")) {
    throw new ApprenticeError("permission-denied", { needed: "trainer", role: person.role });
  }
  if (action.undoneAt !== null) throw new ApprenticeError("action-undone");
  return action;
}
