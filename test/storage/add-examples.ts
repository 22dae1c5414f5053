import type { Example } from "../../src/core/example.ts";
import type { Query } from "../../src/storage/query.ts";
import { lessonKey, searchRow } from "../../src/storage/example-rows.ts";
import { keyOf } from "../../src/storage/knowledge/keys.ts";
import { addEvents } from "../../src/storage/ledger.ts";

export type NewExample = Omit<
  Example,
  "status" | "supersededBy" | "answerId" | "reach" | "isCorrected"
> & { readonly status: "pending" | "active" };

/** Stores examples as rows alone, without an answer to belong to, and gives the new end of the ledger. */
export async function addExamples(
  query: Query,
  actionId: string,
  examples: readonly NewExample[],
  position: number,
): Promise<number> {
  const rows = examples.map((example) => ({
    id: example.id,
    action_id: actionId,
    workspace: example.workspace,
    prompt: example.prompt,
    answer: example.answer,
    label: example.label,
    source: example.source,
    origin: example.origin,
    author: example.author,
    consent: example.consent && JSON.stringify(example.consent),
    base_status: example.status,
    status: example.status,
    superseded_by: null,
    turn_id: example.turnId,
    language: example.language,
    tags: JSON.stringify(example.tags),
    created_at: example.createdAt,
    lesson_key: lessonKey(example.label, example.prompt, example.answer),
    prompt_key: keyOf(example.prompt),
    answer_id: null,
    base_answer_id: null,
    how: null,
    reach: null,
  }));
  await query.insertInto("example").values(rows).execute();
  await query.insertInto("example_search").values(rows.map(searchRow)).execute();
  const { workspace } = examples[0]!;
  return addEvents(
    query,
    { workspace, actionId, position },
    rows.map(({ id, status }) => ({ subject: "wording", subjectId: id, status })),
  );
}
