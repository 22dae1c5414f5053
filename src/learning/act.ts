import { now } from "../core/clock.ts";
import type { Example, ExampleSource } from "../core/example.ts";
import { newId } from "../core/ids.ts";
import { addAction } from "../storage/actions.ts";
import type { NewAction } from "../storage/actions.ts";
import type { Database, Query } from "../storage/database.ts";
import {
  addExamples,
  addSupersessions,
  changeExamples,
  chunks,
  ledgerPosition,
} from "../storage/ledger.ts";
import type { Examples } from "../storage/examples.ts";
import type { NewExample, Supersession } from "../storage/ledger.ts";
import { settleExamples } from "../storage/settled.ts";
import type { Workspaces } from "../storage/workspaces.ts";
import type { ExampleLimit } from "./example-limit.ts";
import { promptLanguage } from "./lesson-rules.ts";
import type { Memories } from "./memories.ts";
import type { Taught } from "./recall/recall.ts";
import { asTaught } from "./taught.ts";
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
  /** Puts active examples out of use. Before the examples that take their place are added. */
  supersede(losers: readonly Supersession[]): Promise<void>;
  add(examples: readonly NewExample[]): Promise<void>;
  /** Decides what pending examples become. */
  settle(pending: readonly Example[], status: "active" | "rejected"): Promise<void>;
};

/**
 * Writes one action with all it does, or nothing, and then teaches the memory the same. Acts of one
 * workspace must not overlap.
 */
export async function act<Result>(
  { database, memories, limit }: TeachingOptions,
  action: NewAction,
  work: (act: Act) => Promise<Result>,
): Promise<Result> {
  const { workspace } = action;
  // Loaded before anything is written, so that the memory never misses or repeats a change.
  await memories.of(workspace);
  const added: Taught[] = [];
  const removed: string[] = [];
  const { result, from, to } = await database.transaction(async (query) => {
    const actionId = await addAction(query, action);
    const from = await ledgerPosition(query, workspace);
    let to = from;
    const supersessions: Supersession[] = [];
    const growth = { added: 0, replaced: 0 };
    const result = await work({
      actionId,
      query,
      async supersede(losers) {
        const becomings = losers.map(({ exampleId, byExample }) => ({
          exampleId,
          status: "superseded" as const,
          supersededBy: byExample,
        }));
        to = await changeExamples(query, actionId, workspace, becomings, to);
        supersessions.push(...losers);
        growth.replaced += losers.length;
        removed.push(...losers.map((loser) => loser.exampleId));
      },
      async add(examples) {
        for (const chunk of chunks(examples)) {
          to = await addExamples(query, actionId, chunk, to);
          growth.added += chunk.length;
          await limit?.(query, action, growth);
          for (const example of chunk)
            if (example.status === "active") added.push(asTaught(example));
        }
      },
      async settle(pending, status) {
        const ids = pending.map((example) => example.id);
        to = await settleExamples(query, actionId, workspace, ids, status, to);
        if (status === "active") added.push(...pending.map(asTaught));
      },
    });
    await addSupersessions(query, actionId, supersessions);
    return { result, from, to };
  });
  await memories.learn(workspace, { add: added, remove: removed }, { from, to });
  return result;
}

/** An example as it will enter the ledger. */
export const newExample = (
  teacher: Teacher,
  lesson: Lesson,
  how: {
    readonly source: ExampleSource;
    readonly status: "active" | "pending";
    readonly turnId?: string;
  },
): NewExample => ({
  id: newId(),
  workspace: teacher.workspace,
  prompt: lesson.prompt,
  answer: lesson.answer,
  label: lesson.label,
  source: how.source,
  origin: teacher.origin,
  author: teacher.person.id,
  consent: teacher.consent ?? null,
  status: how.status,
  turnId: how.turnId ?? null,
  language: promptLanguage(lesson.prompt),
  tags: lesson.tags ?? [],
  createdAt: now(),
});
