import { ApprenticeError } from "../core/errors.ts";
import { mayActAs } from "../core/person.ts";
import { findAction, markUndone } from "../storage/actions.ts";
import type { Action } from "../storage/actions.ts";
import type { Query } from "../storage/database.ts";
import { examplesById } from "../storage/example-lookup.ts";
import { changeExamples, ledgerPosition } from "../storage/ledger.ts";
import type { Becoming } from "../storage/ledger.ts";
import { reviewsOf } from "../storage/settled.ts";
import { standingAfterUndo } from "../storage/standing.ts";
import type { TeachingOptions } from "./act.ts";
import { asTaught } from "./taught.ts";
import type { Teacher, Undone } from "./teaching.ts";

/**
 * Takes one action back: what it added is retracted, what it put out of use is restored unless
 * something that stands still supersedes it. The review that let it count falls with it. Throws `action-missing`, `action-undone`,
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
    const from = await ledgerPosition(query, workspace);
    let to = from;
    const became = new Map<string, Becoming>();
    for (const id of [...(await reviewsOf(query, action.id)), action.id]) {
      await markUndone(query, id, teacher.person.id);
      const changes = await standingAfterUndo(query, id);
      to = await changeExamples(query, id, workspace, changes, to);
      for (const change of changes) became.set(change.exampleId, change);
    }
    const becomings = [...became.values()];
    const idsOf = (holds: (status: string) => boolean) =>
      becomings.filter(({ status }) => holds(status)).map(({ exampleId }) => exampleId);
    const active = await examplesById(
      query,
      idsOf((status) => status === "active"),
    );
    const removed = idsOf((status) => status === "retracted" || status === "pending");
    return {
      undone: {
        actionId: action.id,
        kind: action.kind,
        removed: idsOf((status) => status === "retracted").length,
        restored: idsOf((status) => status === "active" || status === "pending").length,
      },
      change: { add: active.map(asTaught), remove: removed },
      span: { from, to },
    };
  });
  await memories.learn(workspace, change, span);
  if (undone.kind === "retracted") memories.rowsChanged(workspace);
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
