import { createHash } from "node:crypto";
import { now } from "../core/clock.ts";
import { newId } from "../core/ids.ts";
import { versionCount } from "../storage/answers.ts";
import type { ExampleRow } from "../storage/example-rows.ts";
import type { Decision } from "../storage/knowledge/decision.ts";
import { keyOf, textKeyOf } from "../storage/knowledge/keys.ts";
import type { View } from "../storage/knowledge/rows.ts";
import { answerAt, itemOf, keysOf, textOf } from "../storage/knowledge/state.ts";
import type { Schema } from "../storage/schema.ts";
import { asVersion, newAnswer, newRow, newVersionRow, type Act } from "./act.ts";
import type { ItemCounts, Teacher } from "./teaching.ts";

/** An answer of a file with its questions. */
export type FileItem = {
  readonly name: string;
  readonly declared: boolean;
  readonly answer: string | null;
  readonly prompts: readonly string[];
  readonly tags: readonly string[];
};

export const noItems: ItemCounts = {
  new: 0,
  updated: 0,
  unchanged: 0,
  kept: 0,
  both: 0,
  conflicts: 0,
  gone: 0,
};

type Deciding = {
  readonly status: "active" | "pending";
  /** The file that they come from, where it has a name. */
  readonly sourceId: string | null;
  readonly takeFile: boolean;
};

/** What is written for some items. */
type Batch = {
  readonly decisions: Decision[];
  readonly answers: Schema["answer"][];
  readonly versions: Schema["answer_version"][];
  readonly wordings: ExampleRow[];
  readonly proposals: Schema["proposal"][];
  readonly added: string[];
  counts: ItemCounts;
  conflicts: number;
};

/**
 * Decides what some items of a file become: new answers, next versions of answers that nobody touched, or
 * proposals. What was corrected here stays.
 */
export async function decideItems(
  step: Act,
  teacher: Teacher,
  items: readonly FileItem[],
  deciding: Deciding,
): Promise<{
  readonly added: readonly string[];
  readonly conflicts: number;
  readonly counts: ItemCounts;
  /** Whether anything was written. */
  readonly isWritten: boolean;
}> {
  const { sourceId } = deciding;
  const keys = items.flatMap(({ prompts }) => prompts.map(keyOf));
  const named =
    sourceId === null ? [] : items.map(({ name }) => ({ source: sourceId, item: name }));
  const glance = await step.view({ keys, items: named });
  const known = [...glance.state.items.values()].map(({ answer }) => answer);
  const view = known.length > 0 ? await step.view({ keys, items: named, answers: known }) : glance;
  const batch: Batch = {
    decisions: [],
    answers: [],
    versions: [],
    wordings: [],
    proposals: [],
    added: [],
    counts: noItems,
    conflicts: 0,
  };
  const earlier = new Set<string>();
  for (const item of items) {
    const before =
      sourceId === null ? undefined : view.state.items.get(itemOf(sourceId, item.name));
    const isKnownItem = before !== undefined && !earlier.has(item.name);
    earlier.add(item.name);
    if (isKnownItem && deciding.status === "active")
      await decideKnown(step, teacher, { view, item, before, deciding, batch });
    else await decideNew(step, teacher, { view, item, deciding, batch });
  }
  const { decisions, answers, versions, wordings, proposals, added, counts, conflicts } = batch;
  const isWritten = decisions.length + wordings.length + answers.length > 0;
  if (isWritten) await step.take(view, decisions, { answers, versions, wordings, proposals });
  return { added, counts, conflicts, isWritten };
}

type Item = {
  readonly view: View;
  readonly item: FileItem;
  readonly deciding: Deciding;
  readonly batch: Batch;
};

async function decideNew(
  step: Act,
  teacher: Teacher,
  { view, item, deciding, batch }: Item,
): Promise<void> {
  const { status, sourceId } = deciding;
  const { prompts, answer, declared, name } = item;
  const standing = await Promise.all(
    prompts.map(async (prompt) => {
      const now = answerAt(view.state, keyOf(prompt));
      return {
        prompt,
        isTaken: now !== undefined && textOf(now) !== answer,
        isKnown: now !== undefined && textOf(now) === answer,
        // A file that says what was right here once does not bring it back.
        isRevived: now !== undefined && (await wasSaid(step, now.id, answer)),
      };
    }),
  );
  if (standing.every(({ isKnown }) => isKnown)) {
    count(batch, "unchanged");
    return;
  }
  const kept = standing.filter(({ isTaken, isRevived }) => isTaken && isRevived);
  const proposed = standing.filter(({ prompt }) => isProposed(view, keyOf(prompt), answer));
  const asked = standing.filter(
    (each) => !each.isKnown && !kept.includes(each) && !proposed.includes(each),
  );
  batch.conflicts += proposed.length;
  if (asked.length === 0) {
    count(batch, kept.length > 0 ? "kept" : "conflicts");
    return;
  }
  const { actionId } = step;
  const from = sourceId === null ? undefined : { source: sourceId, item: name, hash: hashOf(item) };
  const made = newAnswer(teacher, answer, { actionId, status, declared, ...(from && { from }) });
  const how = { actionId, source: "imported", status, answerId: made.answer.id } as const;
  const rows = asked.map(({ prompt }) =>
    newRow(teacher, { prompt, answer, label: "positive", tags: item.tags }, how),
  );
  batch.answers.push(status === "pending" ? { ...made.answer, step: 0 } : made.answer);
  batch.versions.push(made.versionRow);
  batch.wordings.push(...rows);
  const taken = asked.filter(({ isTaken }) => isTaken).length + sameBefore(batch, rows, answer);
  batch.conflicts += taken;
  batch.added.push(...rows.slice(0, rows.length - taken).map(({ id }) => id));
  count(batch, taken > 0 ? "conflicts" : "new");
  if (status === "pending") return;
  batch.decisions.push({
    kind: "teach",
    answer: made.answer.id,
    version: made.version,
    declared,
    how: "imported",
    wordings: rows.map(({ id, prompt_key: key }) => ({ row: id, key })),
    ...(from && { from }),
  });
}

/** Whether the same waits as a proposal already. */
const isProposed = ({ proposals }: View, key: string, text: string | null): boolean =>
  [...proposals.values()].some(
    (each) => each.status === "open" && each.prompt_key === key && each.text === text,
  );

/** How many of these questions an earlier item of the same file gives another answer. */
function sameBefore(
  { decisions }: Batch,
  rows: readonly { readonly prompt_key: string }[],
  answer: string | null,
): number {
  const keys = new Set(rows.map(({ prompt_key: key }) => key));
  let taken = 0;
  for (const decision of decisions)
    if (decision.kind === "teach" && decision.version.text !== answer)
      for (const { key } of decision.wordings) if (keys.delete(key)) taken += 1;
  return taken;
}

async function decideKnown(
  step: Act,
  teacher: Teacher,
  {
    view,
    item,
    before,
    deciding,
    batch,
  }: Item & { readonly before: { hash: string; answer: string } },
): Promise<void> {
  const { sourceId, takeFile } = deciding;
  const hash = hashOf(item);
  const known = view.state.answers.get(before.answer);
  const isActive = known?.status === "active";
  const isTouched = !isActive || (await wasTouched(step, sourceId!, before.answer));
  const isSaid = isActive && textOf(known) === item.answer;
  if (hash === before.hash && !takeFile) {
    count(batch, isTouched && !isSaid ? "kept" : "unchanged");
    return;
  }
  if (isSaid && hash === before.hash) {
    count(batch, "unchanged");
    return;
  }
  const { actionId } = step;
  const common = {
    kind: "item",
    source: sourceId!,
    item: item.name,
    hash,
    answer: before.answer,
  } as const;
  if (isActive && (takeFile || !isTouched)) {
    const have = new Set(keysOf(view.state, before.answer));
    const fresh = item.prompts.filter(
      (prompt) => !have.has(keyOf(prompt)) && !answerAt(view.state, keyOf(prompt)),
    );
    const rows = fresh.map((prompt) =>
      newRow(
        teacher,
        { prompt, answer: item.answer, label: "positive", tags: item.tags },
        { actionId, source: "imported", status: "active" },
      ),
    );
    const number = (await versionCount(step.query, before.answer)) + 1;
    const version = newVersionRow(teacher, item.answer, {
      actionId,
      answerId: before.answer,
      number,
    });
    batch.versions.push(version);
    batch.wordings.push(...rows);
    batch.added.push(...rows.map(({ id }) => id));
    batch.decisions.push({
      ...common,
      version: asVersion(version),
      wordings: rows.map(({ id, prompt_key: key }) => ({ row: id, key })),
    });
    count(batch, "updated");
    return;
  }
  const id = newId();
  const prompt = item.prompts[0]!;
  const key = keyOf(prompt);
  const why = "file-against-correction" as const;
  batch.decisions.push({ ...common, proposal: { id, key, why } });
  batch.proposals.push({
    id,
    action_id: actionId,
    workspace: teacher.workspace,
    prompt_key: key,
    prompt,
    answer_id: isActive ? before.answer : null,
    text: item.answer,
    person: teacher.person.id,
    why,
    status: "open",
    at: now(),
  });
  count(batch, "both");
}

/** Whether somebody changed an answer here since its file said it. */
async function wasTouched({ query }: Act, sourceId: string, answerId: string): Promise<boolean> {
  const touching = await query
    .selectFrom("decision")
    .innerJoin("touch", "touch.decision_id", "decision.id")
    .innerJoin("action", "action.id", "decision.action_id")
    .select(["decision.kind", "decision.detail"])
    .where("touch.subject", "=", answerId)
    .where("action.undone_at", "is", null)
    .where("decision.kind", "in", ["change", "merge", "split", "retire", "item"])
    .execute();
  if (
    touching.some(
      ({ kind, detail }) =>
        kind !== "item" || (JSON.parse(detail) as { source: string }).source !== sourceId,
    )
  )
    return true;
  // A settlement counts as long as the correction that asked for it stands.
  const settled = await query
    .selectFrom("open_question")
    .innerJoin("action as settling", "settling.id", "open_question.settled_by")
    .innerJoin("action as correcting", "correcting.id", "open_question.action_id")
    .leftJoin("decision", (join) =>
      join
        .onRef("decision.action_id", "=", "open_question.action_id")
        .on("decision.kind", "=", "here"),
    )
    .leftJoin("action as waiting", "waiting.id", "decision.about_action")
    .select("open_question.id")
    .where("open_question.old_answer", "=", answerId)
    .where("open_question.settled_as", "=", "everywhere")
    .where("settling.undone_at", "is", null)
    .where("correcting.undone_at", "is", null)
    .where("waiting.undone_at", "is", null)
    .executeTakeFirst();
  return settled !== undefined;
}

/** Whether an answer said this at some time. */
async function wasSaid({ query }: Act, answerId: string, text: string | null): Promise<boolean> {
  const versions = await query
    .selectFrom("answer_version")
    .innerJoin("action", "action.id", "answer_version.action_id")
    .select("text")
    .where("answer_id", "=", answerId)
    .where("action.undone_at", "is", null)
    .execute();
  return versions.some((version) => textKeyOf(version.text) === textKeyOf(text));
}

/** Equal for items that say the same. */
const hashOf = ({ answer, prompts }: FileItem): string =>
  createHash("sha256")
    .update(JSON.stringify([answer, prompts.map(keyOf).toSorted()]))
    .digest("base64url")
    .slice(0, 27);

function count(batch: Batch, name: keyof ItemCounts): void {
  batch.counts = { ...batch.counts, [name]: batch.counts[name] + 1 };
}
