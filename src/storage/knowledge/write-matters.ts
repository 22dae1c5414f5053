import { now } from "../../core/clock.ts";
import type { ExampleRow } from "../example-rows.ts";
import type { NewEvent } from "../ledger.ts";
import { mismatchesById } from "../mismatches.ts";
import type { Schema } from "../schema.ts";
import { insertAll } from "./insert-all.ts";
import { pairOf } from "./state.ts";
import type { Writing, Written } from "./writing.ts";

export async function writeMismatches(
  { query, workspace, actionId, actOf, before, after, prompts, fresh = {} }: Writing,
  events: NewEvent[],
): Promise<Written["mismatches"]> {
  const added: string[] = [];
  const removed: string[] = [];
  const note = (subjectId: string, status: "active" | "retracted") =>
    events.push({ subject: "mismatch", subjectId, status });
  const promptAt = new Map(prompts);
  for (const row of [...before.rows.values(), ...(fresh.wordings ?? [])])
    promptAt.set(row.prompt_key!, row.prompt);
  for (const row of before.mismatches.values()) {
    const state = after.mismatches.get(pairOf(row.prompt_key, row.answer_id));
    const status = state?.id === row.id ? "active" : "inactive";
    const scope = status === "active" ? state!.scope : row.scope;
    if (row.status === status && row.scope === scope) continue;
    await query.updateTable("mismatch").set({ status, scope }).where("id", "=", row.id).execute();
    if (row.status === "active") removed.push(row.id);
    if (status === "active") added.push(row.id);
    note(row.id, status === "active" ? "active" : "retracted");
  }
  for (const state of after.mismatches.values()) {
    if (before.mismatches.has(state.id)) continue;
    const row = {
      id: state.id,
      action_id: actOf?.(state.id) ?? actionId,
      workspace,
      prompt_key: state.key,
      prompt: promptAt.get(state.key) ?? "",
      answer_id: state.answer,
      scope: state.scope,
      status: "active",
    } as const;
    await query.insertInto("mismatch").values(row).execute();
    added.push(row.id);
    note(row.id, "active");
  }
  return { added: await mismatchesById(query, added), removed };
}

export async function writeQuestions({
  query,
  workspace,
  actionId,
  actOf,
  before,
  after,
  fresh,
}: Writing): Promise<void> {
  for (const row of before.questions.values()) {
    const status = after.questions.has(row.id) ? "open" : "closed";
    if (row.status === status) continue;
    const settled = status === "open" ? { settled_by: null, settled_as: null } : {};
    await query
      .updateTable("open_question")
      .set({ status, ...settled })
      .where("id", "=", row.id)
      .execute();
  }
  for (const open of after.questions.values()) {
    if (before.questions.has(open.id)) continue;
    await query
      .insertInto("open_question")
      .values({
        id: open.id,
        action_id: actOf?.(open.id) ?? actionId,
        workspace,
        prompt_key: open.key,
        old_answer: open.oldAnswer,
        new_answer: open.newAnswer,
        guess: fresh?.guesses?.get(open.id) ?? 0,
        status: "open",
        settled_by: null,
        settled_as: null,
        at: now(),
      })
      .execute();
  }
}

export async function writeProposals(
  { query, workspace, before, after, fresh = {} }: Writing,
  stored: ReadonlyMap<string, ExampleRow>,
): Promise<void> {
  const given = new Map((fresh.proposals ?? []).map((row) => [row.id, row]));
  for (const row of before.proposals.values()) {
    const state = after.proposals.get(row.id);
    const status = state ? "open" : "closed";
    const text = state?.text === undefined ? row.text : state.text;
    if (row.status !== status || row.text !== text)
      await query.updateTable("proposal").set({ status, text }).where("id", "=", row.id).execute();
  }
  const rows: Schema["proposal"][] = [];
  for (const { id, key, why, text } of after.proposals.values()) {
    if (before.proposals.has(id)) continue;
    const explicit = given.get(id);
    const wording = stored.get(id);
    if (explicit) rows.push({ ...explicit, status: "open" });
    else if (wording)
      rows.push({
        id,
        action_id: wording.action_id,
        workspace,
        prompt_key: key,
        prompt: wording.prompt,
        answer_id: after.wordings.get(key)?.answer ?? null,
        text: text === undefined ? wording.answer : text,
        person: wording.author,
        why,
        status: "open",
        at: wording.created_at,
      });
  }
  await insertAll(query, "proposal", rows);
}

export async function writeItems({ query, workspace, before, after }: Writing): Promise<void> {
  const rows: Schema["source_item"][] = [];
  for (const [name, { hash, answer }] of after.items) {
    const was = before.state.items.get(name);
    if (was?.hash === hash && was.answer === answer) continue;
    const [source, item] = namesOf(name);
    if (!was)
      rows.push({
        source_id: source,
        item,
        workspace,
        hash,
        answer_id: answer,
        seen_at: now(),
        gone: 0,
      });
    else
      await query
        .updateTable("source_item")
        .set({ hash, answer_id: answer, seen_at: now(), gone: 0 })
        .where("source_id", "=", source)
        .where("item", "=", item)
        .execute();
  }
  await insertAll(query, "source_item", rows);
  for (const name of before.state.items.keys()) {
    if (after.items.has(name)) continue;
    const [source, item] = namesOf(name);
    await query
      .deleteFrom("source_item")
      .where("source_id", "=", source)
      .where("item", "=", item)
      .execute();
  }
}

/** The id of a source holds no space. */
function namesOf(name: string): [string, string] {
  const space = name.indexOf(" ");
  return [name.slice(0, space), name.slice(space + 1)];
}
