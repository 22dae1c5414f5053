import { ApprenticeError } from "../core/errors.ts";
import { mayActAs } from "../core/person.ts";
import { findAction, markStanding, markUndone, type Action } from "../storage/actions.ts";
import type { Query } from "../storage/query.ts";
import { foldOf, loadHistory } from "../storage/knowledge/history.ts";
import { subjectsOfAct } from "../storage/knowledge/steps.ts";
import { loadView } from "../storage/knowledge/rows.ts";
import { textOf } from "../storage/knowledge/state.ts";
import { writeKnowledge } from "../storage/knowledge/write.ts";
import type { Written } from "../storage/knowledge/writing.ts";
import { ledgerPosition } from "../storage/ledger.ts";
import { lockWorkspace } from "../storage/lock-workspace.ts";
import { settleReviewed } from "../storage/settled.ts";
import { changeOf, noteChanges, startChanges, type TeachingOptions } from "./act.ts";
import { setBaseStatus } from "./retract-example.ts";
import type { Teacher, Undone } from "./teaching.ts";

/**
 * Takes one action back: everything becomes what it would be had the action never been. Later changes that
 * rested on it have no effect while it is taken back. Throws `action-missing`, `action-undone`,
 * `nothing-to-undo`, or `permission-denied` (members undo only their own).
 */
export const undoAction = (
  options: TeachingOptions,
  teacher: Teacher,
  actionId: string | undefined,
): Promise<Undone> =>
  changeStanding(options, teacher, async (query) => {
    const action = await actionToUndo(query, teacher, actionId);
    await markUndone(query, action.id, teacher.person.id);
    await settleReviewed(query, action.id, "undone");
    if (action.detail.negative !== undefined)
      await setBaseStatus(query, action.detail.negative, "active");
    return action;
  });

/** Lets an action that was taken back count again. Throws `action-missing`, `action-standing`, `permission-denied`. */
export const redoAction = (
  options: TeachingOptions,
  teacher: Teacher,
  actionId: string,
): Promise<Undone> =>
  changeStanding(options, teacher, async (query) => {
    const action = await ownAction(query, teacher, actionId);
    if (action.undoneAt === null) throw new ApprenticeError("action-standing");
    await markStanding(query, action.id);
    await settleReviewed(query, action.id, "redone");
    if (action.detail.negative !== undefined)
      await setBaseStatus(query, action.detail.negative, "rejected");
    return action;
  });

/** Goes through the history around an act anew, after it was marked as standing or taken back. */
async function changeStanding(
  options: TeachingOptions,
  teacher: Teacher,
  mark: (query: Query) => Promise<Action>,
): Promise<Undone> {
  const { database, memories } = options;
  const { workspace } = teacher;
  await memories.of(workspace);
  const { undone, change, span } = await database.transaction(async (query) => {
    await lockWorkspace(database, query, workspace);
    const action = await mark(query);
    const from = await ledgerPosition(query, workspace);
    const changes = startChanges();
    const seeds = await subjectsOfAct(query, action.id);
    const history = await loadHistory(query, workspace, seeds);
    const before = await loadView(query, workspace, {
      keys: history.keys,
      answers: history.answers,
      questions: history.others,
      items: history.items,
    });
    const after = foldOf(history);
    const written = await writeKnowledge({
      query,
      workspace,
      actionId: action.id,
      actOf: (id) => history.actOf.get(id),
      before,
      after,
      position: from,
    });
    noteChanges(changes, written);
    const first = seeds.find((seed) => seed.startsWith("k:"));
    const row = first && [...before.rows.values()].find((each) => each.prompt_key === first);
    const wording = first === undefined ? undefined : after.wordings.get(first);
    const answer = wording && after.answers.get(wording.answer);
    const isGiven = answer?.status === "active";
    return {
      undone: {
        actionId: action.id,
        kind: action.kind,
        ...countsOf(written),
        now: row ? { prompt: row.prompt, answer: isGiven ? textOf(answer) : null } : null,
        fell: 0,
      },
      change: changeOf(changes),
      span: { from, to: written.position },
    };
  });
  await memories.learn(workspace, change, span);
  if (undone.kind === "retracted") memories.rowsChanged(workspace);
  return undone;
}

/** How many rows do not count any more, and how many do again or say something else. */
function countsOf({ outcome, texts, added }: Written): Pick<Undone, "removed" | "restored"> {
  const isRestored = new Set(added.map(({ id }) => id));
  for (const id of outcome.reworded) isRestored.add(id);
  void texts;
  return { removed: outcome.retracted.length, restored: isRestored.size + outcome.pending.length };
}

async function actionToUndo(
  query: Query,
  teacher: Teacher,
  actionId: string | undefined,
): Promise<Action> {
  const { workspace, person } = teacher;
  if (actionId === undefined) {
    const last = await findAction(query, workspace, { lastOf: person.id });
    if (!last) throw new ApprenticeError("nothing-to-undo");
    return last;
  }
  const action = await ownAction(query, teacher, actionId);
  if (action.undoneAt !== null) throw new ApprenticeError("action-undone");
  return action;
}

/** An action that a person may take back. */
async function ownAction(
  query: Query,
  { workspace, person }: Teacher,
  actionId: string,
): Promise<Action> {
  const action = await findAction(query, workspace, { id: actionId });
  if (!action) throw new ApprenticeError("action-missing");
  if (action.person !== person.id && !mayActAs(person.role, "trainer")) {
    throw new ApprenticeError("permission-denied", { needed: "trainer", role: person.role });
  }
  return action;
}
