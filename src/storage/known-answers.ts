import { sql } from "kysely";
import { now } from "../core/clock.ts";
import type { Database } from "./database.ts";
import type { Query } from "./query.ts";
import { searchedWords } from "./search-words.ts";
import { foundExamples } from "./examples.ts";
import { currentVersions, findAnswerId, wordingsOf } from "./answers.ts";
import { openQuestions, type StoredQuestion } from "./open-questions.ts";
import { listProposals, type Proposal } from "./proposals.ts";
import type { AnswerStatus } from "./knowledge/state.ts";

/** An answer in a list. */
export type ListedAnswer = {
  readonly id: string;
  readonly text: string | null;
  readonly version: number;
  readonly author: string;
  readonly at: number;
  /** Its first wording; `null`: nobody can ask for it. */
  readonly wording: string | null;
  readonly wordings: number;
  readonly validUntil: number | null;
  readonly confirmedAt: number | null;
  readonly source: string | null;
};

/** One answer with all that is known about it. */
export type KnownAnswer = ListedAnswer & {
  readonly status: AnswerStatus;
  /** Whether somebody put its wordings together. */
  readonly isDeclared: boolean;
  readonly mergedInto: string | null;
  readonly prompts: readonly string[];
  /** Oldest first; the last is given. */
  readonly versions: readonly {
    readonly number: number;
    readonly text: string | null;
    readonly author: string;
    readonly at: number;
  }[];
  readonly use: AnswerUse;
};

/** How an answer is used. */
export type AnswerUse = {
  readonly given: number;
  readonly people: number;
  /** Thumbs down that stand. */
  readonly doubts: number;
};

export type AnswersQuery = {
  readonly workspace: string;
  /** Words of a wording or of the answer, in any grammatical form. */
  readonly search?: string;
  readonly isDoubted?: boolean;
  readonly isExpired?: boolean;
  /** The name of a file. */
  readonly source?: string;
  readonly limit: number;
  readonly offset?: number;
};

/** What a workspace knows, by answer. */
export type KnownAnswers = {
  list(query: AnswersQuery): Promise<readonly ListedAnswer[]>;
  count(query: AnswersQuery): Promise<number>;
  /** The whole id of an answer, by an ending of it; none when several end so. */
  findId(workspace: string, id: string): Promise<string | undefined>;
  /** The one with this whole id. */
  find(workspace: string, id: string): Promise<KnownAnswer | undefined>;
  /** Corrections that nobody has settled, and what waits as a proposal. */
  open(
    workspace: string,
    limit: number,
  ): Promise<{
    readonly questions: readonly OpenMatter[];
    readonly proposals: readonly Proposal[];
  }>;
};

/** An open question in words. */
export type OpenMatter = StoredQuestion & {
  readonly prompt: string;
  readonly answer: string | null;
  readonly wording: string;
};

/** What is known, kept in `database`. */
export function createKnownAnswers(database: Database): KnownAnswers {
  const { query } = database;
  const fitting = ({ workspace, search, isDoubted, isExpired, source }: AnswersQuery) => {
    let selection = query
      .selectFrom("answer")
      .innerJoin("answer_version", "answer_version.id", "answer.current_version")
      .where("answer.workspace", "=", workspace)
      .where("answer.status", "=", "active");
    if (isExpired) selection = selection.where("answer.valid_until", "<", now());
    if (source !== undefined)
      selection = selection.where("answer.source_id", "in", (select) =>
        select
          .selectFrom("source")
          .select("source.id")
          .where("source.workspace", "=", workspace)
          .where("source.name", "=", source),
      );
    if (isDoubted)
      selection = selection.where("answer.id", "in", (select) =>
        select
          .selectFrom("feedback")
          .innerJoin("action", "action.id", "feedback.action_id")
          .select(sql<string>`feedback.answer_id`.as("answer_id"))
          .where("feedback.workspace", "=", workspace)
          .where("feedback.rating", "=", -1)
          .where("feedback.answer_id", "is not", null)
          .where("action.undone_at", "is", null),
      );
    const words = search === undefined ? [] : searchedWords(search);
    if (words.length > 0)
      selection = selection.where("answer.id", "in", (select) =>
        select
          .selectFrom("example")
          .select(sql<string>`example.answer_id`.as("answer_id"))
          .where("example.status", "=", "active")
          .where("example.id", "in", foundExamples(database, workspace, words)),
      );
    return selection;
  };

  return {
    async list(wanted) {
      const rows = await fitting(wanted)
        .leftJoin("source", "source.id", "answer.source_id")
        .select([
          "answer.id",
          "answer.valid_until as validUntil",
          "answer.confirmed_at as confirmedAt",
          "answer_version.text",
          "answer_version.number as version",
          "answer_version.author",
          "answer_version.at",
          "source.name as source",
        ])
        .orderBy("answer.id", "desc")
        .limit(Math.min(wanted.limit, 200))
        .offset(wanted.offset ?? 0)
        .execute();
      return Promise.all(
        rows.map(async (row) => {
          const prompts = await wordingsOf(query, row.id);
          return { ...row, wording: prompts[0]?.prompt ?? null, wordings: prompts.length };
        }),
      );
    },

    async count(wanted) {
      const row = await fitting(wanted)
        .select((select) => select.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    findId: (workspace, id) => findAnswerId(query, workspace, id),

    async find(workspace, id) {
      const answer = await query
        .selectFrom("answer")
        .leftJoin("source", "source.id", "answer.source_id")
        .selectAll("answer")
        .select("source.name as source")
        .where("answer.workspace", "=", workspace)
        .where("answer.id", "=", id)
        .executeTakeFirst();
      const current = (await currentVersions(query, [id])).get(id);
      if (!answer || !current) return undefined;
      const prompts = (await wordingsOf(query, id)).map(({ prompt }) => prompt);
      const versions = await query
        .selectFrom("answer_version")
        .innerJoin("action", "action.id", "answer_version.action_id")
        .select(["answer_version.number", "text", "author", "answer_version.at"])
        .where("answer_id", "=", id)
        .where("action.undone_at", "is", null)
        .orderBy("answer_version.number")
        .execute();
      return {
        id,
        text: current.text,
        version: current.number,
        author: current.author,
        at: current.at,
        wording: prompts[0] ?? null,
        wordings: prompts.length,
        validUntil: answer.valid_until,
        confirmedAt: answer.confirmed_at,
        source: answer.source,
        status: answer.status,
        isDeclared: answer.declared === 1,
        mergedInto: answer.merged_into,
        prompts,
        versions,
        use: await useOf(query, workspace, id),
      };
    },

    async open(workspace, limit) {
      const questions = await openQuestions(query, workspace, limit);
      const matters = await Promise.all(
        questions.map(async (question) => {
          const fresh = await wordingsOf(query, question.newAnswer);
          const old = await wordingsOf(query, question.oldAnswer);
          const versions = await currentVersions(query, [question.newAnswer]);
          return {
            ...question,
            prompt: fresh[0]?.prompt ?? "",
            answer: versions.get(question.newAnswer)?.text ?? null,
            wording: old[0]?.prompt ?? "",
          };
        }),
      );
      return { questions: matters, proposals: await listProposals(query, workspace, limit) };
    },
  };
}

/** How often an answer was given, to how many people, and how often it was doubted. */
export async function useOf(query: Query, workspace: string, answerId: string): Promise<AnswerUse> {
  const given = await query
    .selectFrom("turn")
    .select([
      (select) => select.fn.countAll<number>().as("given"),
      (select) => select.fn.count<number>("person").distinct().as("people"),
    ])
    .where("answer_id", "=", answerId)
    .executeTakeFirstOrThrow();
  const doubts = await query
    .selectFrom("feedback")
    .innerJoin("action", "action.id", "feedback.action_id")
    .select((select) => select.fn.count<number>("feedback.person").distinct().as("count"))
    .where("feedback.workspace", "=", workspace)
    .where("feedback.answer_id", "=", answerId)
    .where("feedback.rating", "=", -1)
    .where("action.undone_at", "is", null)
    .executeTakeFirstOrThrow();
  return {
    given: Number(given.given),
    people: Number(given.people),
    doubts: Number(doubts.count),
  };
}
