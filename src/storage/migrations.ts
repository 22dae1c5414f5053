import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import { createDatasetTables } from "./dataset-tables.ts";
import { createDuelTables } from "./duel-tables.ts";
import { createEvaluationTables } from "./evaluation-tables.ts";
import { createJobTables } from "./job-tables.ts";
import { identifyAnswers } from "./knowledge/identify-answers.ts";
import { createKnowledgeTables, indexWordings } from "./knowledge/tables.ts";
import { createModelTables } from "./model-tables.ts";
import { createPromotionTables } from "./promotion-tables.ts";
import { createPlatformNoteTables } from "./platform-note-tables.ts";
import { createPlatformTables } from "./platform-tables.ts";
import { createVoiceTables } from "./voice-tables.ts";
import { searchRow } from "./example-rows.ts";
import type { Engine, Schema } from "./schema.ts";

/**
 * Every change of the schema, in the order in which it is made. A released one is never edited, and a
 * new one takes the next number.
 */
export const migrations = (engine: Engine): Readonly<Record<string, Migration>> => ({
  "0001-spine": { up: (database) => createSpine(database, engine) },
  "0002-datasets": { up: createDatasetTables },
  "0003-evaluations": { up: createEvaluationTables },
  "0004-models": { up: createModelTables },
  "0005-platforms": { up: createPlatformTables },
  "0006-platform-notes": { up: createPlatformNoteTables },
  "0007-training-jobs": { up: createJobTables },
  "0008-voice": { up: createVoiceTables },
  "0009-promotions": { up: createPromotionTables },
  "0010-duels": { up: createDuelTables },
  "0011-late-columns": { up: addLateColumns },
  "0012-answers": { up: identifyEverything },
  "0013-said": { up: addSaid },
  "0014-search-words": { up: indexAnew },
  "0015-taught-only": { up: addTaughtOnly },
});

/**
 * The names that migrations had before they had numbers. Databases were made with many orders and
 * subsets of them.
 */
export const formerNames: Readonly<Record<string, string>> = {
  "2026-11-21-spine": "0001-spine",
  "2026-11-22-datasets": "0002-datasets",
  "2026-11-22-evaluations": "0003-evaluations",
  "2026-11-25-models": "0004-models",
  "2026-11-25-platforms": "0005-platforms",
  "2026-11-25-platform-notes": "0006-platform-notes",
  "2026-11-25-training-jobs": "0007-training-jobs",
  "2026-11-25-voice": "0008-voice",
  "2026-11-25-promotions": "0009-promotions",
  "2026-11-25-duels": "0010-duels",
};

async function identifyEverything(database: Kysely<unknown>): Promise<void> {
  await createKnowledgeTables(database);
  await identifyAnswers(database);
  await indexWordings(database);
}

/** Columns that the first databases with these tables lack. */
async function addLateColumns(database: Kysely<unknown>): Promise<void> {
  const tables = await database.introspection.getTables();
  const lacks = (table: string, column: string): boolean =>
    tables.some(
      ({ name, columns }) => name === table && !columns.some((known) => known.name === column),
    );
  if (lacks("job", "told"))
    await database.schema
      .alterTable("job")
      .addColumn("told", "integer", (column) => column.notNull().defaultTo(1))
      .execute();
  if (lacks("voice_place", "language"))
    await database.schema
      .alterTable("voice_place")
      .addColumn("language", "text", (column) => column.notNull().defaultTo("en"))
      .execute();
}

/** A person's own words, beside what they were taken to ask. */
async function addSaid({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable("turn").addColumn("said", "text").execute();
}

/** Whether a language model may answer from what it knows otherwise. */
async function addTaughtOnly({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable("workspace").addColumn("taught_only", "integer").execute();
}

/** So many examples are indexed at once. */
const indexedAtOnce = 500;

/** Examples were indexed by other words than those that are searched for now. */
async function indexAnew(database: Kysely<unknown>): Promise<void> {
  const query = database as Kysely<Schema>;
  await query.deleteFrom("example_search").execute();
  for (let last = ""; ;) {
    const rows = await query
      .selectFrom("example")
      .select(["id", "workspace", "prompt", "answer"])
      .where("id", ">", last)
      .orderBy("id")
      .limit(indexedAtOnce)
      .execute();
    if (rows.length === 0) return;
    last = rows.at(-1)!.id;
    await query.insertInto("example_search").values(rows.map(searchRow)).execute();
  }
}

async function createSpine(database: Kysely<unknown>, engine: Engine): Promise<void> {
  await createPlaces(database);
  await createTurns(database);
  await createLedger(database);
  await createSearch(database, engine);
}

async function createPlaces({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("workspace")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("persona", "text")
    .addColumn("voice", "text")
    .addColumn("review_members", "integer")
    .execute();
  await schema
    .createTable("person_role")
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("person", "text", (column) => column.notNull())
    .addColumn("role", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("person_role_key", ["workspace", "person"])
    .execute();
  await schema
    .createTable("room")
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("anew_after", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("room_key", ["workspace", "name"])
    .execute();
}

async function createTurns({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("turn")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("ending", "text", (column) => column.notNull())
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("room", "text", (column) => column.notNull())
    .addColumn("person", "text", (column) => column.notNull())
    .addColumn("person_name", "text", (column) => column.notNull())
    .addColumn("message_id", "text", (column) => column.notNull().unique())
    .addColumn("prompt", "text", (column) => column.notNull())
    .addColumn("answer", "text")
    .addColumn("known", "integer", (column) => column.notNull())
    .addColumn("tier", "text", (column) => column.notNull())
    .addColumn("score", "double precision", (column) => column.notNull())
    .addColumn("example_ids", "text", (column) => column.notNull())
    .addColumn("model_version", "text", (column) => column.notNull())
    .addColumn("language", "text", (column) => column.notNull())
    .addColumn("started_at", "bigint", (column) => column.notNull())
    .addColumn("finished_at", "bigint")
    .execute();
  await index(schema, "turn", ["workspace", "room", "id"]);
  await index(schema, "turn", ["workspace", "ending"]);
  await schema
    .createTable("answer_message")
    .addColumn("message_id", "text", (column) => column.primaryKey())
    .addColumn("turn_id", "text", (column) => column.notNull().references("turn.id"))
    .addColumn("part", "integer", (column) => column.notNull())
    .execute();
  await index(schema, "answer_message", ["turn_id"]);
}

async function createLedger({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("action")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("person", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("undone_at", "bigint")
    .addColumn("undone_by", "text")
    .execute();
  await index(schema, "action", ["workspace", "person", "id"]);
  await schema
    .createTable("example")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("action_id", "text", (column) => column.notNull().references("action.id"))
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("prompt", "text", (column) => column.notNull())
    .addColumn("answer", "text")
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("origin", "text", (column) => column.notNull())
    .addColumn("author", "text", (column) => column.notNull())
    .addColumn("consent", "text")
    .addColumn("base_status", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("superseded_by", "text")
    .addColumn("turn_id", "text")
    .addColumn("language", "text")
    .addColumn("tags", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("lesson_key", "text", (column) => column.notNull())
    .execute();
  await index(schema, "example", ["workspace", "id"]);
  await index(schema, "example", ["workspace", "status", "id"]);
  await index(schema, "example", ["workspace", "lesson_key"]);
  await index(schema, "example", ["action_id"]);
  await index(schema, "example", ["turn_id"]);
  await schema
    .createTable("example_event")
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("position", "bigint", (column) => column.notNull())
    .addColumn("action_id", "text", (column) => column.notNull().references("action.id"))
    .addColumn("example_id", "text", (column) => column.notNull().references("example.id"))
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("superseded_by", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("example_event_key", ["workspace", "position"])
    .execute();
  await schema
    .createTable("supersession")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("action_id", "text", (column) => column.notNull().references("action.id"))
    .addColumn("example_id", "text", (column) => column.notNull().references("example.id"))
    .addColumn("by_example", "text", (column) => column.references("example.id"))
    .execute();
  await index(schema, "supersession", ["action_id"]);
  await index(schema, "supersession", ["example_id"]);
  await index(schema, "supersession", ["by_example"]);
  await schema
    .createTable("correction")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("action_id", "text", (column) => column.notNull().references("action.id"))
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("turn_id", "text", (column) => column.notNull())
    .addColumn("prompt", "text", (column) => column.notNull())
    .addColumn("chosen", "text", (column) => column.notNull())
    .addColumn("rejected", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await index(schema, "correction", ["workspace", "id"]);
  await schema
    .createTable("feedback")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("action_id", "text", (column) => column.notNull().references("action.id"))
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("turn_id", "text", (column) => column.notNull())
    .addColumn("person", "text", (column) => column.notNull())
    .addColumn("rating", "integer")
    .addColumn("words", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await index(schema, "feedback", ["workspace", "turn_id"]);
}

/**
 * Full-text search over words that were stemmed here, so that both engines only split at spaces and
 * find the same: FTS5's `ascii` tokenizer keeps everything beyond ASCII, and Postgres takes the
 * lexemes as they are.
 */
async function createSearch(database: Kysely<unknown>, engine: Engine): Promise<void> {
  if (engine === "sqlite") {
    await sql`create virtual table example_search
      using fts5(example_id unindexed, scope, words, tokenize = 'ascii')`.execute(database);
    return;
  }
  await sql`create table example_search (
    example_id text primary key references example (id),
    scope text not null,
    words text not null,
    lexemes tsvector not null generated always as
      (array_to_tsvector(array_remove(string_to_array(scope || ' ' || words, ' '), ''))) stored
  )`.execute(database);
  await sql`create index example_search_lexemes on example_search using gin (lexemes)`.execute(
    database,
  );
}

async function index(
  schema: Kysely<unknown>["schema"],
  table: string,
  columns: readonly string[],
): Promise<void> {
  await schema
    .createIndex([table, ...columns].join("_"))
    .on(table)
    .columns([...columns])
    .execute();
}
