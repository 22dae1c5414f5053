import { sql } from "kysely";
import { exampleStatuses } from "../core/example.ts";
import type { Example, ExampleStatus } from "../core/example.ts";
import type { Database } from "./database.ts";
import { currentVersions, type CurrentVersion } from "./answers.ts";
import { asExample, searchScope } from "./example-rows.ts";
import { activeMismatches, mismatchesById, type Mismatch } from "./mismatches.ts";
import { searchedWords } from "./search-words.ts";

export type ExampleQuery = {
  readonly workspace: string;
  /**
   * Words in any order and any grammatical form, Russian or English, whatever their case, accents and
   * hyphens.
   */
  readonly search?: string;
  readonly status?: ExampleStatus;
  /** At most 200. */
  readonly limit: number;
  /** An example id to page back from (newest first). */
  readonly before?: string;
};

/** The current view of what was taught. It changes only through the ledger. */
export type Examples = {
  find(workspace: string, id: string): Promise<Example | undefined>;
  list(query: ExampleQuery): Promise<readonly Example[]>;
  count(workspace: string): Promise<Readonly<Record<ExampleStatus, number>>>;
  /**
   * Every active example, in pages so that a million fit, in the order of their ids: the order in
   * which they were first taught. One that an undo brings back has its old place.
   */
  active(workspace: string): AsyncIterable<readonly Example[]>;
  /** The answers that are not to be given to some questions, in the order of their ids. */
  mismatches(workspace: string): Promise<readonly Mismatch[]>;
  /** Those with these ids that count. */
  mismatchesById(ids: readonly string[]): Promise<readonly Mismatch[]>;
  /** The current versions of these answers, by their ids. */
  versions(answerIds: readonly string[]): Promise<ReadonlyMap<string, CurrentVersion>>;
  /** The words of these answers by now. */
  texts(answerIds: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
};

const pageSize = 1_000;
const largestList = 200;

/** The examples kept in `database`. */
export function createExamples(database: Database): Examples {
  const { query } = database;
  return {
    async find(workspace, id) {
      const row = await query
        .selectFrom("example")
        .selectAll()
        .where("workspace", "=", workspace)
        .where("id", "=", id)
        .executeTakeFirst();
      return row && asExample(row);
    },

    async list({ workspace, search, status, limit, before }) {
      let selection = query
        .selectFrom("example")
        .selectAll()
        .where("workspace", "=", workspace)
        .orderBy("id", "desc")
        .limit(Math.min(limit, largestList));
      if (status !== undefined) selection = selection.where("status", "=", status);
      if (before !== undefined) selection = selection.where("id", "<", before);
      if (search !== undefined && search.trim() !== "") {
        const lists = searchedWords(search);
        if (lists.length === 0) return [];
        selection = selection.where("id", "in", foundExamples(database, workspace, lists));
      }
      return (await selection.execute()).map(asExample);
    },

    async count(workspace) {
      const rows = await query
        .selectFrom("example")
        .select(["status", (select) => select.fn.countAll<number>().as("count")])
        .where("workspace", "=", workspace)
        .groupBy("status")
        .execute();
      const counts = new Map(rows.map((row) => [row.status, row.count]));
      return Object.fromEntries(
        exampleStatuses.map((status) => [status, counts.get(status) ?? 0]),
      ) as Record<ExampleStatus, number>;
    },

    async *active(workspace) {
      let last = "";
      for (;;) {
        const rows = await query
          .selectFrom("example")
          .selectAll()
          .where("workspace", "=", workspace)
          .where("status", "=", "active")
          .where("id", ">", last)
          .orderBy("id")
          .limit(pageSize)
          .execute();
        if (rows.length > 0) yield rows.map(asExample);
        if (rows.length < pageSize) return;
        last = rows.at(-1)!.id;
      }
    },

    mismatches: (workspace) => activeMismatches(query, workspace),
    mismatchesById: (ids) => mismatchesById(query, ids),

    versions: (answerIds) => currentVersions(query, [...new Set(answerIds)]),

    async texts(answerIds) {
      const versions = await currentVersions(query, answerIds);
      return new Map([...versions].map(([id, { text }]) => [id, text]));
    },
  };
}

/** The ids of examples that hold all words of any list: the only query that differs between the engines. */
export function foundExamples(
  { engine }: Database,
  workspace: string,
  lists: readonly (readonly string[])[],
) {
  const scope = searchScope(workspace);
  if (engine === "sqlite") {
    const any = lists.map((words) => `(${words.map(asPhrase).join(" AND ")})`).join(" OR ");
    return sql<string>`(select example_id from example_search
      where example_search match ${`scope:"${scope}" AND (${any})`})`;
  }
  const any = lists.map((words) => `(${words.map(asLexeme).join(" & ")})`).join(" | ");
  return sql<string>`(select example_id from example_search
    where lexemes @@ ${`${asLexeme(scope)} & (${any})`}::tsquery)`;
}

const asPhrase = (word: string): string => `words:"${word.replaceAll('"', '""')}"`;

const asLexeme = (word: string): string =>
  `'${word.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
