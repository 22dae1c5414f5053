import { sql } from "kysely";
import type { Json } from "../core/reply.ts";
import type { Database } from "./database.ts";
import type { Query } from "./query.ts";
import { chunks } from "./chunks.ts";

/** Who stands where somebody was who is forgotten. */
const nobody = "forgotten";

/** What a workspace keeps about one person, and how much of it there is. */
export type PersonalData = {
  readonly counts: {
    readonly questions: number;
    readonly lessons: number;
    readonly ratings: number;
  };
  readonly content: { readonly [name: string]: Json };
};

/** Everything a workspace keeps about a person, as facts that survive JSON. */
export async function personalData(
  { query }: Database,
  workspace: string,
  person: string,
): Promise<PersonalData> {
  const turns = await query
    .selectFrom("turn")
    .select(["id", "room", "prompt", "said", "answer", "language", "started_at"])
    .where("workspace", "=", workspace)
    .where("person", "=", person)
    .orderBy("id")
    .execute();
  const lessons = await query
    .selectFrom("example")
    .select([
      "id",
      "prompt",
      "answer",
      "label",
      "source",
      "origin",
      "consent",
      "status",
      "created_at",
    ])
    .where("workspace", "=", workspace)
    .where("author", "=", person)
    .orderBy("id")
    .execute();
  const ratings = await query
    .selectFrom("feedback")
    .select(["turn_id", "rating", "words", "at"])
    .where("workspace", "=", workspace)
    .where("person", "=", person)
    .orderBy("id")
    .execute();
  const role = await query
    .selectFrom("person_role")
    .select("role")
    .where("workspace", "=", workspace)
    .where("person", "=", person)
    .executeTakeFirst();
  return {
    counts: { questions: turns.length, lessons: lessons.length, ratings: ratings.length },
    content: { workspace, person, role: role?.role ?? null, turns, lessons, ratings },
  };
}

/** The acts of teaching by a person that stand, newest first. */
export async function standingActionsOf(
  { query }: Database,
  workspace: string,
  person: string,
): Promise<readonly string[]> {
  const rows = await query
    .selectFrom("action")
    .select("id")
    .where("workspace", "=", workspace)
    .where("person", "=", person)
    .where("undone_at", "is", null)
    .where("kind", "not in", ["retracted", "reviewed"])
    .orderBy("number", "desc")
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Removes a person's words for good: questions with their answers, ratings, the words of what they
 * taught. What they taught must have been undone before. Their acts stay in the ledger, empty and
 * without a name, so that everything else can still be traced. Deleted words are overwritten on disk.
 */
export async function erasePerson(
  database: Database,
  workspace: string,
  person: string,
): Promise<void> {
  await eraseThoroughly(database);
  await database.transaction(async (query) => {
    await eraseTurns(query, workspace, person);
    await eraseLessons(query, workspace, person);
    await query
      .deleteFrom("feedback")
      .where("workspace", "=", workspace)
      .where("person", "=", person)
      .execute();
    await query
      .deleteFrom("person_role")
      .where("workspace", "=", workspace)
      .where("person", "=", person)
      .execute();
    await renameEverywhere(query, workspace, person);
  });
  // The log of SQLite's last writes still holds what was written before.
  if (database.engine === "sqlite")
    await sql`pragma wal_checkpoint(truncate)`.execute(database.query);
}

/** From now on what is deleted, or overwritten with something shorter, leaves nothing on disk. */
export async function eraseThoroughly({ engine, query }: Database): Promise<void> {
  if (engine !== "sqlite") return;
  await sql`pragma secure_delete = on`.execute(query);
  await sql`insert into example_search (example_search, rank)
    values ('secure-delete', 1)`.execute(query);
}

async function eraseTurns(query: Query, workspace: string, person: string): Promise<void> {
  const rows = await query
    .selectFrom("turn")
    .select("id")
    .where("workspace", "=", workspace)
    .where("person", "=", person)
    .execute();
  for (const ids of chunks(rows.map(({ id }) => id))) {
    await query.deleteFrom("answer_message").where("turn_id", "in", ids).execute();
    await query.updateTable("example").set({ turn_id: null }).where("turn_id", "in", ids).execute();
    await query.deleteFrom("feedback").where("turn_id", "in", ids).execute();
    await query.deleteFrom("turn").where("id", "in", ids).execute();
  }
}

async function eraseLessons(query: Query, workspace: string, person: string): Promise<void> {
  const rows = await query
    .selectFrom("example")
    .select("id")
    .where("workspace", "=", workspace)
    .where("author", "=", person)
    .execute();
  for (const ids of chunks(rows.map(({ id }) => id))) {
    await query.deleteFrom("example_search").where("example_id", "in", ids).execute();
    await query
      .updateTable("example")
      .set({ prompt: "", answer: "", tags: "[]", consent: null, lesson_key: nobody })
      .where("id", "in", ids)
      .execute();
  }
  await eraseAnswers(query, workspace, person);
  await query
    .deleteFrom("correction")
    .where("workspace", "=", workspace)
    .where("action_id", "in", (select) =>
      select
        .selectFrom("action")
        .select("id")
        .where("workspace", "=", workspace)
        .where("person", "=", person),
    )
    .execute();
}

/** Their words for answers, and what they proposed or denied. */
async function eraseAnswers(query: Query, workspace: string, person: string): Promise<void> {
  await query
    .updateTable("answer_version")
    .set({ text: "", consent: null })
    .where("workspace", "=", workspace)
    .where("author", "=", person)
    .execute();
  await query
    .updateTable("proposal")
    .set({ prompt: "", text: "", status: "closed" })
    .where("workspace", "=", workspace)
    .where("person", "=", person)
    .execute();
  await query
    .updateTable("mismatch")
    .set({ prompt: "" })
    .where("workspace", "=", workspace)
    .where("action_id", "in", (select) =>
      select
        .selectFrom("action")
        .select("id")
        .where("workspace", "=", workspace)
        .where("person", "=", person),
    )
    .execute();
}

/** Nobody's name stands where theirs did, in every table that names people. */
async function renameEverywhere(query: Query, workspace: string, person: string): Promise<void> {
  for (const { name, columns } of await query.introspection.getTables()) {
    const names = new Set(columns.map((column) => column.name));
    if (!names.has("workspace")) continue;
    for (const column of ["person", "author", "undone_by", "owner", "confirmed_by"].filter((each) =>
      names.has(each),
    )) {
      await sql`update ${sql.table(name)} set ${sql.ref(column)} = ${nobody}
        where workspace = ${workspace} and ${sql.ref(column)} = ${person}`.execute(query);
    }
  }
}
