import type { Query } from "../query.ts";
import { chunks } from "../chunks.ts";
import type { Schema } from "../schema.ts";
import {
  itemOf,
  noKnowledge,
  pairOf,
  type AnswerState,
  type Knowledge,
  type Version,
  type WordingOrigin,
} from "./state.ts";

type ExampleRow = Schema["example"];
type AnswerRow = Schema["answer"];

/** A part of what a workspace knows, as it is stored: the rows, and what they add up to. */
export type View = {
  readonly state: Knowledge;
  /** Every row at one of the keys, whatever became of it. */
  readonly rows: Map<string, StoredWording>;
  readonly answers: Map<string, AnswerRow>;
  readonly mismatches: Map<string, Schema["mismatch"]>;
  readonly questions: Map<string, Schema["open_question"]>;
  readonly proposals: Map<string, Schema["proposal"]>;
};

/** A row of `example` with what decides about it. */
export type StoredWording = ExampleRow & {
  /** Whether its act was taken back. */
  readonly isUndone: boolean;
};

/** What a view is loaded around. */
export type Seeds = {
  readonly keys?: Iterable<string>;
  /** Their wordings are loaded too. */
  readonly answers?: Iterable<string>;
  readonly questions?: Iterable<string>;
  /** As `itemOf` names them. */
  readonly items?: readonly { readonly source: string; readonly item: string }[];
};

/** Loads what is stored around some questions and answers. */
export async function loadView(query: Query, workspace: string, seeds: Seeds): Promise<View> {
  const view: View = {
    state: noKnowledge(),
    rows: new Map(),
    answers: new Map(),
    mismatches: new Map(),
    questions: new Map(),
    proposals: new Map(),
  };
  const answers = new Set(seeds.answers);
  const keys = new Set(seeds.keys);
  for (const open of await questionsAround(query, [...(seeds.questions ?? [])], answers)) {
    view.questions.set(open.id, open);
    answers.add(open.old_answer).add(open.new_answer);
    keys.add(open.prompt_key);
  }
  // Those that a question brought in may be about other questions.
  for (const open of await questionsAround(query, [], answers)) view.questions.set(open.id, open);
  for (const key of await keysOfAnswers(query, [...answers])) keys.add(key);
  for (const row of await rowsAt(query, workspace, [...keys])) view.rows.set(row.id, row);
  for (const { answer_id: answer, status } of view.rows.values())
    if (answer !== null && status === "active") answers.add(answer);
  for (const open of view.questions.values()) answers.add(open.old_answer).add(open.new_answer);
  await loadAnswers(query, view, [...answers]);
  await loadAround(query, workspace, view, [...keys], seeds.items ?? []);
  for (const row of view.rows.values()) {
    if (row.status !== "active" || row.label !== "positive" || row.answer_id === null) continue;
    view.state.wordings.set(row.prompt_key!, {
      row: row.id,
      answer: row.answer_id,
      how: row.how as WordingOrigin,
      reach: row.reach ?? "general",
    });
  }
  for (const open of view.questions.values())
    if (open.status === "open") view.state.questions.set(open.id, asOpenQuestion(open));
  return view;
}

const asOpenQuestion = (row: Schema["open_question"]) => ({
  id: row.id,
  key: row.prompt_key,
  oldAnswer: row.old_answer,
  newAnswer: row.new_answer,
});

async function loadAnswers(query: Query, view: View, ids: readonly string[]): Promise<void> {
  for (const chunk of chunks(ids)) {
    const rows = await query
      .selectFrom("answer")
      .innerJoin("answer_version", "answer_version.id", "answer.current_version")
      .selectAll("answer")
      .select([
        "answer_version.text as text",
        "answer_version.language as language",
        "answer_version.author as author",
      ])
      .where("answer.id", "in", chunk)
      .execute();
    for (const { text, language, author, ...row } of rows) {
      view.answers.set(row.id, row);
      const version = { id: row.current_version, text, language, author };
      const state = asAnswerState(row, version);
      if (state) view.state.answers.set(row.id, state);
    }
  }
}

/** What is stored of an answer that came to be. */
function asAnswerState(row: AnswerRow, version: Version): AnswerState | undefined {
  if (row.status === "pending" || row.status === "rejected") return undefined;
  return {
    id: row.id,
    versions: [version],
    declared: row.declared === 1,
    status: row.status,
    mergedInto: row.merged_into,
    validUntil: row.valid_until,
    confirmedAt: row.confirmed_at,
    confirmedBy: row.confirmed_by,
  };
}

async function loadAround(
  query: Query,
  workspace: string,
  view: View,
  keys: readonly string[],
  items: readonly { readonly source: string; readonly item: string }[],
): Promise<void> {
  for (const chunk of chunks(keys)) {
    const mismatches = await query
      .selectFrom("mismatch")
      .selectAll()
      .where("workspace", "=", workspace)
      .where("prompt_key", "in", chunk)
      .execute();
    for (const row of mismatches) {
      view.mismatches.set(row.id, row);
      const { id, prompt_key: key, answer_id: answer, scope } = row;
      if (row.status === "active")
        view.state.mismatches.set(pairOf(key, answer), { id, key, answer, scope });
    }
    const proposals = await query
      .selectFrom("proposal")
      .selectAll()
      .where("workspace", "=", workspace)
      .where("prompt_key", "in", chunk)
      .execute();
    for (const row of proposals) {
      view.proposals.set(row.id, row);
      const { id, prompt_key: key, why } = row;
      if (row.status === "open") view.state.proposals.set(id, { id, key, why });
    }
  }
  const bySource = Map.groupBy(items, ({ source }) => source);
  for (const [source, ofSource] of bySource)
    for (const chunk of chunks(ofSource)) {
      const rows = await query
        .selectFrom("source_item")
        .selectAll()
        .where("source_id", "=", source)
        .where(
          "item",
          "in",
          chunk.map(({ item }) => item),
        )
        .execute();
      for (const { item, hash, answer_id: answer } of rows)
        view.state.items.set(itemOf(source, item), { hash, answer });
    }
}

/** Every row of these questions, with whether its act was taken back. */
export async function rowsAt(
  query: Query,
  workspace: string,
  keys: readonly string[],
): Promise<readonly StoredWording[]> {
  const found: StoredWording[] = [];
  for (const chunk of chunks(keys)) {
    const rows = await query
      .selectFrom("example")
      .innerJoin("action", "action.id", "example.action_id")
      .selectAll("example")
      .select("action.undone_at")
      .where("example.workspace", "=", workspace)
      .where("example.prompt_key", "in", chunk)
      .execute();
    for (const { undone_at: undoneAt, ...row } of rows)
      found.push({ ...row, isUndone: undoneAt !== null });
  }
  return found;
}

async function keysOfAnswers(query: Query, answers: readonly string[]): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const chunk of chunks(answers)) {
    const rows = await query
      .selectFrom("example")
      .select("prompt_key")
      .where("answer_id", "in", chunk)
      .where("status", "=", "active")
      .execute();
    for (const { prompt_key: key } of rows) if (key !== null) keys.push(key);
  }
  return keys;
}

async function questionsAround(
  query: Query,
  ids: readonly string[],
  answers: ReadonlySet<string>,
): Promise<readonly Schema["open_question"][]> {
  const found = new Map<string, Schema["open_question"]>();
  for (const column of ["id", "old_answer", "new_answer"] as const)
    for (const chunk of chunks(column === "id" ? ids : [...answers])) {
      const rows = await query
        .selectFrom("open_question")
        .selectAll()
        .where(column, "in", chunk)
        .execute();
      for (const row of rows) found.set(row.id, row);
    }
  return [...found.values()];
}
