import { now } from "../core/clock.ts";
import type { ExampleSource } from "../core/example.ts";
import { newId } from "../core/ids.ts";
import { addAction, type NewAction } from "../storage/actions.ts";
import type { Database } from "../storage/database.ts";
import type { Query } from "../storage/query.ts";
import { asExample, lessonKey, type ExampleRow } from "../storage/example-rows.ts";
import type { Examples } from "../storage/examples.ts";
import type { Decision } from "../storage/knowledge/decision.ts";
import { takeStep } from "../storage/knowledge/fold.ts";
import { waitingTeaching } from "../storage/knowledge/history.ts";
import { addDecisions, nextStep } from "../storage/knowledge/steps.ts";
import { keyOf, textKeyOf } from "../storage/knowledge/keys.ts";
import { loadView, type Seeds, type View } from "../storage/knowledge/rows.ts";
import type { Knowledge, Version } from "../storage/knowledge/state.ts";
import { writeKnowledge } from "../storage/knowledge/write.ts";
import type { FreshRows, Written } from "../storage/knowledge/writing.ts";
import { ledgerPosition } from "../storage/ledger.ts";
import { lockWorkspace } from "../storage/lock-workspace.ts";
import type { ActionKind, Schema } from "../storage/schema.ts";
import type { Workspaces } from "../storage/workspaces.ts";
import type { ExampleLimit } from "./example-limit.ts";
import { promptLanguage } from "./lesson-rules.ts";
import type { Memories } from "./memories.ts";
import type { RecallChange, Taught } from "./recall/recall.ts";
import { asTaught, mismatchAsTaught } from "./taught.ts";
import type { Lesson, Teacher } from "./teaching.ts";

/** What teaching stands on. */
export type TeachingOptions = {
  readonly database: Database;
  readonly examples: Examples;
  readonly workspaces: Workspaces;
  readonly memories: Memories;
  /** Whether what members teach waits for review where a workspace has not said; `true` unless given. */
  readonly reviewMembers?: boolean;
  /** How much a workspace may hold; as much as it likes unless given. */
  readonly limit?: ExampleLimit;
};

/** One act of teaching while it is written: a transaction, and what the memory has to take over. */
export type Act = {
  readonly actionId: string;
  readonly query: Query;
  /** Says what the act turned out to be. */
  become(kind: ActionKind): Promise<void>;
  /** What is known around some questions and answers at this moment. */
  view(seeds: Seeds): Promise<View>;
  /**
   * Takes steps, and gives what they made of the view, which was loaded around everything that they touch.
   */
  take(view: View, decisions: readonly Decision[], brought?: Taking): Promise<Knowledge>;
};

/** What steps bring along. */
export type Taking = FreshRows & {
  /** The questions that they are about, by key, where no row says them. */
  readonly prompts?: ReadonlyMap<string, string>;
  /** The waiting act that a review decides about. */
  readonly about?: string;
};

/**
 * Writes one action with all it does, or nothing, and then teaches the memory the same. Acts of one
 * workspace must not overlap in one process; other processes wait for each other here.
 */
export async function act<Result>(
  { database, memories, limit }: Pick<TeachingOptions, "database" | "memories" | "limit">,
  action: NewAction,
  work: (act: Act) => Promise<Result>,
): Promise<Result> {
  const { workspace, person } = action;
  // Loaded before anything is written, so that the memory never misses or repeats a change.
  await memories.of(workspace);
  const { result, from, to, changes } = await database.transaction(async (query) => {
    await lockWorkspace(database, query, workspace);
    const actionId = await addAction(query, action);
    const from = await ledgerPosition(query, workspace);
    const changes = startChanges();
    const growth = { added: 0, replaced: 0 };
    let to = from;
    const result = await work({
      actionId,
      query,
      async become(kind) {
        await query.updateTable("action").set({ kind }).where("id", "=", actionId).execute();
      },
      view: (seeds) => loadView(query, workspace, seeds),
      async take(view, decisions, { prompts, about, ...fresh } = {}) {
        const first = await nextStep(query, workspace);
        const after = copyOf(view.state);
        for (const decision of decisions) {
          const waiting =
            decision.kind === "approve" ? await waitingTeaching(query, decision.act) : undefined;
          takeStep(after, { decision, at: now(), person }, waiting);
        }
        const answers = numbered(fresh.answers ?? [], decisions, first);
        const written = await writeKnowledge({
          query,
          workspace,
          actionId,
          before: view,
          after,
          fresh: { ...fresh, answers },
          position: to,
          ...(prompts && { prompts }),
        });
        await addDecisions(
          query,
          { workspace, actionId, ...(about && { about }) },
          decisions,
          first,
        );
        to = written.position;
        noteChanges(changes, written);
        growth.added += fresh.wordings?.length ?? 0;
        growth.replaced += written.removed.length;
        if ((fresh.wordings?.length ?? 0) > 0) await limit?.(query, action, growth);
        return after;
      },
    });
    return { result, from, to, changes };
  });
  await memories.learn(workspace, changeOf(changes), { from, to });
  return result;
}

const copyOf = (state: Knowledge): Knowledge => ({
  answers: new Map(state.answers),
  wordings: new Map(state.wordings),
  mismatches: new Map(state.mismatches),
  questions: new Map(state.questions),
  proposals: new Map(state.proposals),
  items: new Map(state.items),
});

/** New answers that are steps themselves get the numbers of their decisions. */
function numbered(
  answers: readonly Schema["answer"][],
  decisions: readonly Decision[],
  first: number,
): readonly Schema["answer"][] {
  const steps = new Map<string, number>();
  for (const [offset, decision] of decisions.entries())
    if (decision.kind === "teach") steps.set(decision.answer, first + offset);
  return answers.map((answer) => ({ ...answer, step: steps.get(answer.id) ?? answer.step }));
}

type Changes = {
  readonly added: Map<string, Taught>;
  readonly removed: Set<string>;
  readonly texts: Map<string, string | null>;
};

export const startChanges = (): Changes => ({
  added: new Map(),
  removed: new Set(),
  texts: new Map(),
});

/** Adds what was stored to what a memory has to take over. */
export function noteChanges(changes: Changes, written: Written): void {
  const { added, removed, texts } = changes;
  for (const id of [...written.removed, ...written.mismatches.removed]) {
    // What this very act had added is nothing that the memory knows.
    if (!added.delete(id)) removed.add(id);
  }
  for (const row of written.added) added.set(row.id, asTaught(asExample(row)));
  for (const mismatch of written.mismatches.added)
    added.set(mismatch.id, mismatchAsTaught(mismatch));
  for (const [id, text] of written.texts) texts.set(id, text);
}

/** The change in the order in which a memory that is built anew would meet it. */
export const changeOf = ({ added, removed, texts }: Changes): RecallChange => ({
  add: [...added.values()].toSorted((first, second) => (first.id < second.id ? -1 : 1)),
  remove: [...removed],
  ...(texts.size > 0 && { texts }),
});

/** A wording, or what not to answer, as it will enter the ledger. */
export const newRow = (
  teacher: Teacher,
  lesson: Lesson,
  how: {
    readonly actionId: string;
    readonly source: ExampleSource;
    readonly status: "active" | "pending";
    readonly turnId?: string | undefined;
    /** The answer that it is taught with. */
    readonly answerId?: string;
  },
): ExampleRow & { readonly prompt_key: string } => ({
  id: newId(),
  action_id: how.actionId,
  workspace: teacher.workspace,
  prompt: lesson.prompt,
  answer: lesson.answer,
  label: lesson.label,
  source: how.source,
  origin: teacher.origin,
  author: teacher.person.id,
  consent: teacher.consent ? JSON.stringify(teacher.consent) : null,
  base_status: how.status,
  status: how.status,
  superseded_by: null,
  turn_id: how.turnId ?? null,
  language: promptLanguage(lesson.prompt),
  tags: JSON.stringify(lesson.tags ?? []),
  created_at: now(),
  lesson_key: lessonKey(lesson.label, lesson.prompt, lesson.answer),
  prompt_key: keyOf(lesson.prompt),
  answer_id: how.answerId ?? null,
  base_answer_id: how.answerId ?? null,
  how: null,
  reach: null,
});

/** An answer that comes to be, with its first words. */
export type NewAnswer = {
  readonly answer: Schema["answer"];
  readonly version: Version;
  readonly versionRow: Schema["answer_version"];
};

/** A new answer of a teacher. */
export function newAnswer(
  teacher: Teacher,
  text: string | null,
  about: {
    readonly actionId: string;
    readonly status: "active" | "pending";
    readonly declared: boolean;
    readonly from?: { readonly source: string; readonly item: string; readonly hash: string };
  },
): NewAnswer {
  const id = newId();
  const versionRow = newVersionRow(teacher, text, {
    actionId: about.actionId,
    answerId: id,
    number: 1,
  });
  const declared = about.declared ? 1 : 0;
  return {
    answer: {
      id,
      action_id: about.actionId,
      workspace: teacher.workspace,
      step: null,
      declared,
      base_declared: declared,
      owner: teacher.person.id,
      source_id: about.from?.source ?? null,
      source_item: about.from?.item ?? null,
      source_hash: about.from?.hash ?? null,
      status: about.status,
      merged_into: null,
      current_version: versionRow.id,
      text_key: textKeyOf(text),
      valid_until: null,
      confirmed_at: null,
      confirmed_by: null,
      follow_ups: "[]",
    },
    version: asVersion(versionRow),
    versionRow,
  };
}

/** New words of a teacher for an answer. */
export const newVersionRow = (
  teacher: Teacher,
  text: string | null,
  about: { readonly actionId: string; readonly answerId: string; readonly number: number },
): Schema["answer_version"] => ({
  id: newId(),
  answer_id: about.answerId,
  workspace: teacher.workspace,
  number: about.number,
  action_id: about.actionId,
  author: teacher.person.id,
  origin: teacher.origin,
  consent: teacher.consent ? JSON.stringify(teacher.consent) : null,
  language: text === null ? null : promptLanguage(text),
  text,
  at: now(),
});

/** The words of a row, as steps hold them. */
export const asVersion = ({ id, text, language, author }: Schema["answer_version"]): Version => ({
  id,
  text,
  language,
  author,
});
