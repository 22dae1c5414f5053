import { newId } from "../../core/ids.ts";
import { chunks } from "../chunks.ts";
import type { Query } from "../query.ts";
import type { Schema } from "../schema.ts";
import { subjectsOf, type Decision } from "./decision.ts";
import type { Version } from "./state.ts";

/** The next free place in the history of a workspace. */
export async function nextStep(query: Query, workspace: string): Promise<number> {
  const ends = await Promise.all(
    (["answer", "decision"] as const).map((table) =>
      query
        .selectFrom(table)
        .select((select) => select.fn.max<number | null>("step").as("step"))
        .where("workspace", "=", workspace)
        .executeTakeFirst(),
    ),
  );
  return Math.max(...ends.map((end) => Number(end?.step ?? 0))) + 1;
}

/**
 * Stores what an act decided from step `first` on. New answers are steps by themselves: the rows of their
 * wordings say what was decided. `about`: the waiting act that a review decides about.
 */
export async function addDecisions(
  query: Query,
  act: { readonly workspace: string; readonly actionId: string; readonly about?: string },
  decisions: readonly Decision[],
  first: number,
): Promise<void> {
  const rows: Schema["decision"][] = [];
  const touches: Schema["touch"][] = [];
  for (const [offset, decision] of decisions.entries()) {
    if (decision.kind === "teach") continue;
    const id = newId();
    rows.push({
      id,
      action_id: act.actionId,
      workspace: act.workspace,
      step: first + offset,
      kind: decision.kind,
      about_action: act.about ?? null,
      detail: JSON.stringify(decision, withoutWords),
    });
    for (const subject of new Set(subjectsOf(decision))) touches.push({ subject, decision_id: id });
  }
  for (const chunk of chunks(rows)) await query.insertInto("decision").values(chunk).execute();
  for (const chunk of chunks(touches)) await query.insertInto("touch").values(chunk).execute();
}

/** People's words stand in rows of their own, so that they can be removed. */
const withoutWords = (name: string, value: unknown): unknown =>
  name === "version" && typeof value === "object" && value !== null
    ? { id: (value as Version).id }
    : value;

/** What an act touched: the seeds of the history that has to be gone through when it is taken back. */
export async function subjectsOfAct(query: Query, actionId: string): Promise<readonly string[]> {
  const touched = await query
    .selectFrom("touch")
    .innerJoin("decision", "decision.id", "touch.decision_id")
    .select("touch.subject")
    .distinct()
    .where((where) =>
      where.or([
        where("decision.action_id", "=", actionId),
        where("decision.about_action", "=", actionId),
      ]),
    )
    .execute();
  const answers = await query
    .selectFrom("answer")
    .select("id")
    .where("action_id", "=", actionId)
    .execute();
  const approved = await query
    .selectFrom("decision")
    .innerJoin("answer", "answer.action_id", "decision.about_action")
    .select("answer.id")
    .distinct()
    .where("decision.action_id", "=", actionId)
    .execute();
  const rows = await query
    .selectFrom("example")
    .select("prompt_key")
    .distinct()
    .where("action_id", "=", actionId)
    .execute();
  return [
    ...touched.map(({ subject }) => subject),
    ...answers.map(({ id }) => id),
    ...approved.map(({ id }) => id),
    ...rows.flatMap(({ prompt_key: key }) => key ?? []),
  ];
}
