import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { Origin } from "../../core/example.ts";
import type { Language } from "../../core/language.ts";
import type { Flag, JsonText } from "../column-types.ts";
import type { AnswerStatus, ProposalReason } from "./state.ts";
import type { Settlement } from "./decision.ts";

/** What is known, apart from the wordings, which are the table `example`. */
export type KnowledgeTables = {
  /** What is given to one or more wordings. The columns after `step` are the view: what the steps add up to. */
  answer: {
    id: string;
    action_id: string;
    workspace: string;
    /** Where it stands in the history of its workspace; `null`: a decision made it. */
    step: number | null;
    /** Whether somebody put its wordings together: by now, and when it was taught. */
    declared: Flag;
    base_declared: Flag;
    /** The person who taught it. */
    owner: string;
    source_id: string | null;
    source_item: string | null;
    /** What the file said when it was taught. */
    source_hash: string | null;
    status: AnswerStatus;
    merged_into: string | null;
    current_version: string;
    /** A hash of the current words, as they are compared. */
    text_key: string;
    valid_until: number | null;
    confirmed_at: number | null;
    confirmed_by: string | null;
    /** The ids of answers that are offered after it. */
    follow_ups: JsonText;
  };
  /** The words of an answer at one time. */
  answer_version: {
    id: string;
    answer_id: string;
    workspace: string;
    number: number;
    action_id: string;
    author: string;
    origin: Origin;
    consent: JsonText | null;
    language: Language | null;
    /** `null`: the right answer is not to know. */
    text: string | null;
    at: number;
  };
  /** That an answer is not the one to a question. */
  mismatch: {
    id: string;
    action_id: string;
    workspace: string;
    prompt_key: string;
    prompt: string;
    answer_id: string;
    scope: "exact" | "near";
    status: "active" | "inactive";
  };
  /** Whether a correction also holds for what the question had been taken for. */
  open_question: {
    id: string;
    action_id: string;
    workspace: string;
    prompt_key: string;
    old_answer: string;
    new_answer: string;
    /** How likely it is, 0..1. */
    guess: number;
    status: "open" | "closed";
    settled_by: string | null;
    settled_as: Settlement | null;
    at: number;
  };
  /** Words that somebody gave for a question that has an answer. */
  proposal: {
    id: string;
    action_id: string;
    workspace: string;
    prompt_key: string;
    prompt: string;
    /** The answer that stands. */
    answer_id: string | null;
    text: string | null;
    person: string;
    why: ProposalReason;
    status: "open" | "closed";
    at: number;
  };
  source: {
    id: string;
    workspace: string;
    kind: "file" | "url" | "person" | "chat" | "model";
    name: string;
  };
  /** What a source said last about one of its items. */
  source_item: {
    source_id: string;
    item: string;
    workspace: string;
    hash: string;
    answer_id: string;
    seen_at: number;
    /** Whether the source has it no longer. */
    gone: Flag;
  };
  /** A step of an act that is more than new answers with their wordings. */
  decision: {
    id: string;
    action_id: string;
    workspace: string;
    step: number;
    kind: string;
    /** The act that it approves or rejects. */
    about_action: string | null;
    detail: JsonText;
  };
  /** What a decision reads or changes. */
  touch: { subject: string; decision_id: string };
};

/** Makes the tables. `example_event` learns to speak of more than examples. */
export async function createKnowledgeTables(database: Kysely<unknown>): Promise<void> {
  await createAnswers(database);
  await createOpenMatters(database);
  await createHistory(database);
  await extendTables(database);
}

async function createAnswers({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("answer")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("action_id", "text", (column) => column.notNull().references("action.id"))
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("step", "bigint")
    .addColumn("declared", "integer", (column) => column.notNull())
    .addColumn("base_declared", "integer", (column) => column.notNull())
    .addColumn("owner", "text", (column) => column.notNull())
    .addColumn("source_id", "text")
    .addColumn("source_item", "text")
    .addColumn("source_hash", "text")
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("merged_into", "text")
    .addColumn("current_version", "text", (column) => column.notNull())
    .addColumn("text_key", "text", (column) => column.notNull())
    .addColumn("valid_until", "bigint")
    .addColumn("confirmed_at", "bigint")
    .addColumn("confirmed_by", "text")
    .addColumn("follow_ups", "text", (column) => column.notNull().defaultTo("[]"))
    .execute();
  await index(schema, "answer", ["workspace", "step"]);
  await index(schema, "answer", ["workspace", "text_key"]);
  await index(schema, "answer", ["action_id"]);
  await index(schema, "answer", ["source_id", "source_item"]);
  await schema
    .createTable("answer_version")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("answer_id", "text", (column) => column.notNull().references("answer.id"))
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("action_id", "text", (column) => column.notNull().references("action.id"))
    .addColumn("author", "text", (column) => column.notNull())
    .addColumn("origin", "text", (column) => column.notNull())
    .addColumn("consent", "text")
    .addColumn("language", "text")
    .addColumn("text", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await index(schema, "answer_version", ["answer_id", "number"]);
  await index(schema, "answer_version", ["workspace", "author"]);
}

async function createOpenMatters({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("mismatch")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("action_id", "text", (column) => column.notNull().references("action.id"))
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("prompt_key", "text", (column) => column.notNull())
    .addColumn("prompt", "text", (column) => column.notNull())
    .addColumn("answer_id", "text", (column) => column.notNull().references("answer.id"))
    .addColumn("scope", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .execute();
  await index(schema, "mismatch", ["workspace", "prompt_key"]);
  await index(schema, "mismatch", ["answer_id"]);
  await schema
    .createTable("open_question")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("action_id", "text", (column) => column.notNull().references("action.id"))
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("prompt_key", "text", (column) => column.notNull())
    .addColumn("old_answer", "text", (column) => column.notNull().references("answer.id"))
    .addColumn("new_answer", "text", (column) => column.notNull().references("answer.id"))
    .addColumn("guess", "double precision", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("settled_by", "text")
    .addColumn("settled_as", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await index(schema, "open_question", ["workspace", "status", "id"]);
  await index(schema, "open_question", ["old_answer"]);
  await index(schema, "open_question", ["new_answer"]);
  await schema
    .createTable("proposal")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("action_id", "text", (column) => column.notNull().references("action.id"))
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("prompt_key", "text", (column) => column.notNull())
    .addColumn("prompt", "text", (column) => column.notNull())
    .addColumn("answer_id", "text")
    .addColumn("text", "text")
    .addColumn("person", "text", (column) => column.notNull())
    .addColumn("why", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await index(schema, "proposal", ["workspace", "status", "id"]);
  await index(schema, "proposal", ["workspace", "prompt_key"]);
}

async function createHistory({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("source")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .execute();
  await index(schema, "source", ["workspace", "name"]);
  await schema
    .createTable("source_item")
    .addColumn("source_id", "text", (column) => column.notNull().references("source.id"))
    .addColumn("item", "text", (column) => column.notNull())
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("answer_id", "text", (column) => column.notNull().references("answer.id"))
    .addColumn("seen_at", "bigint", (column) => column.notNull())
    .addColumn("gone", "integer", (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint("source_item_key", ["source_id", "item"])
    .execute();
  await schema
    .createTable("decision")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("action_id", "text", (column) => column.notNull().references("action.id"))
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("step", "bigint", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("about_action", "text")
    .addColumn("detail", "text", (column) => column.notNull())
    .execute();
  await index(schema, "decision", ["workspace", "step"]);
  await index(schema, "decision", ["action_id"]);
  await index(schema, "decision", ["about_action"]);
  await schema
    .createTable("touch")
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("decision_id", "text", (column) => column.notNull().references("decision.id"))
    .addPrimaryKeyConstraint("touch_key", ["subject", "decision_id"])
    .execute();
  await index(schema, "touch", ["decision_id"]);
}

async function extendTables(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  const add = async (table: string, columns: Readonly<Record<string, "text" | "bigint">>) => {
    for (const [name, type] of Object.entries(columns))
      await schema.alterTable(table).addColumn(name, type).execute();
  };
  await add("action", { number: "bigint", detail: "text" });
  await sql`update action set number = (
    select count(*) from action as earlier
    where earlier.workspace = action.workspace and earlier.id <= action.id
  )`.execute(database);
  await index(schema, "action", ["workspace", "number"]);
  await add("example", {
    prompt_key: "text",
    answer_id: "text",
    base_answer_id: "text",
    how: "text",
    reach: "text",
  });
  await add("turn", { answer_id: "text", version_id: "text" });
  await add("correction", {
    answer_id: "text",
    old_version: "text",
    new_version: "text",
    meaning: "text",
  });
  await add("feedback", { answer_id: "text", version_id: "text", reason: "text" });
  await rebuildEvents(database);
}

/** Events were about examples alone; the column that says so cannot be loosened in SQLite. */
async function rebuildEvents(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema.alterTable("example_event").renameTo("example_event_before").execute();
  await schema
    .createTable("example_event")
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("position", "bigint", (column) => column.notNull())
    .addColumn("action_id", "text", (column) => column.notNull().references("action.id"))
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("subject_id", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("superseded_by", "text")
    .addColumn("version_id", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("event_key", ["workspace", "position"])
    .execute();
  await sql`insert into example_event
    (workspace, position, action_id, subject, subject_id, status, superseded_by, at)
    select workspace, position, action_id, 'wording', example_id, status, superseded_by, at
    from example_event_before`.execute(database);
  await schema.dropTable("example_event_before").execute();
}

/** Indexes that only hold once every example has its key. */
export async function indexWordings({ schema }: Kysely<unknown>): Promise<void> {
  await index(schema, "example", ["workspace", "prompt_key"]);
  await index(schema, "example", ["answer_id"]);
  await index(schema, "example", ["base_answer_id"]);
  await schema
    .createIndex("example_one_wording")
    .on("example")
    .columns(["workspace", "prompt_key"])
    .unique()
    .where(sql.ref("status"), "=", sql.lit("active"))
    .where(sql.ref("label"), "=", sql.lit("positive"))
    .execute();
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
