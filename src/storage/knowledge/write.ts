import { addEvents, type NewEvent } from "../ledger.ts";
import type { Schema } from "../schema.ts";
import { insertAll } from "./insert-all.ts";
import { textKeyOf } from "./keys.ts";
import { textOf, type Knowledge } from "./state.ts";
import { writeItems, writeMismatches, writeProposals, writeQuestions } from "./write-matters.ts";
import { writeWordings } from "./write-wordings.ts";
import type { Writing, Written } from "./writing.ts";

/** Stores what a part of a workspace's knowledge has become. */
export async function writeKnowledge(writing: Writing): Promise<Written> {
  const { query, after, fresh = {} } = writing;
  const events: NewEvent[] = [];
  await insertAll(
    query,
    "answer",
    (fresh.answers ?? []).map((row) => answerRow(row, after)),
  );
  await insertAll(query, "answer_version", fresh.versions ?? []);
  const texts = await writeAnswers(writing, events);
  const wordings = await writeWordings(writing, events);
  const mismatches = await writeMismatches(writing, events);
  await writeQuestions(writing);
  await writeProposals(writing, wordings.stored);
  await writeItems(writing);
  const position = await addEvents(
    query,
    { workspace: writing.workspace, actionId: writing.actionId, position: writing.position },
    events,
  );
  const { added, removed, outcome } = wordings;
  return { position, added, removed, mismatches, texts, outcome };
}

function answerRow(row: Schema["answer"], after: Knowledge): Schema["answer"] {
  const state = after.answers.get(row.id);
  if (!state) return row.status === "pending" ? row : { ...row, status: "rejected" };
  const version = state.versions.at(-1)!;
  return {
    ...row,
    declared: state.declared ? 1 : 0,
    status: state.status,
    merged_into: state.mergedInto,
    current_version: version.id,
    text_key: textKeyOf(version.text),
    valid_until: state.validUntil,
    confirmed_at: state.confirmedAt,
    confirmed_by: state.confirmedBy,
  };
}

async function writeAnswers(
  { query, before, after, fresh }: Writing,
  events: NewEvent[],
): Promise<ReadonlyMap<string, string | null>> {
  const texts = new Map<string, string | null>();
  const isFresh = new Set((fresh?.answers ?? []).map(({ id }) => id));
  for (const [id, row] of before.answers) {
    if (isFresh.has(id)) continue;
    const next = answerRow(
      { ...row, status: row.status === "pending" ? "pending" : "rejected" },
      after,
    );
    const was = before.state.answers.get(id);
    const state = after.answers.get(id);
    const isSame = (Object.keys(next) as (keyof typeof next)[]).every(
      (name) => next[name] === row[name],
    );
    if (state && was && textOf(state) !== textOf(was)) texts.set(id, textOf(state));
    if (isSame) continue;
    await query.updateTable("answer").set(next).where("id", "=", id).execute();
    events.push({
      subject: "answer",
      subjectId: id,
      status: next.status === "active" ? "active" : "retracted",
      versionId: next.current_version,
    });
    const version = state?.versions.at(-1);
    // The words of a version that took over another answer's are those of that answer by now.
    if (version)
      await query
        .updateTable("answer_version")
        .set({ text: version.text, language: version.language, author: version.author })
        .where("id", "=", version.id)
        .execute();
  }
  return texts;
}
