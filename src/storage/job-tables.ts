import type { Kysely } from "kysely";
import type { JobKind, JobNews, JobState } from "../core/job.ts";
import type { Language } from "../core/language.ts";
import type { PlatformName } from "../core/message.ts";

/** The tables of long work: what is to be done and how far it is, and what happened on the way. */
export type JobTables = {
  job: {
    id: string;
    workspace: string;
    kind: JobKind;
    state: JobState;
    /** What is to be done, as JSON. */
    task: string;
    progress: string | null;
    result: string | null;
    failure: string | null;
    estimate: string | null;
    cost: string | null;
    person: string;
    platform: PlatformName;
    room: string;
    message_id: string | null;
    /** Whether the person has been told how it ended. */
    told: 0 | 1;
    language: Language;
    attempts: number;
    created_at: number;
    started_at: number | null;
    finished_at: number | null;
    /** A queued job is not begun before this moment. */
    run_at: number;
    /** Names the one who works on it: a new one with every claim. */
    token: string | null;
    /** When that one has not been heard of until then, somebody else may take it. */
    lease_until: number | null;
    /** What a person wants of the one who works on it. */
    wish: "cancel" | "pause" | "resume" | null;
    /** What finds the outside work again, as JSON. */
    handle: string | null;
  };
  job_event: {
    job_id: string;
    /** From 1 in each job. */
    number: number;
    at: number;
    kind: JobNews["kind"];
    /** The news as JSON. */
    content: string;
  };
};

export async function createJobTables({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("job")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("task", "text", (column) => column.notNull())
    .addColumn("progress", "text")
    .addColumn("result", "text")
    .addColumn("failure", "text")
    .addColumn("estimate", "text")
    .addColumn("cost", "text")
    .addColumn("person", "text", (column) => column.notNull())
    .addColumn("platform", "text", (column) => column.notNull())
    .addColumn("room", "text", (column) => column.notNull())
    .addColumn("message_id", "text")
    .addColumn("told", "integer", (column) => column.notNull())
    .addColumn("language", "text", (column) => column.notNull())
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("started_at", "bigint")
    .addColumn("finished_at", "bigint")
    .addColumn("run_at", "bigint", (column) => column.notNull())
    .addColumn("token", "text")
    .addColumn("lease_until", "bigint")
    .addColumn("wish", "text")
    .addColumn("handle", "text")
    .execute();
  await schema.createIndex("job_workspace_id").on("job").columns(["workspace", "id"]).execute();
  await schema.createIndex("job_state_run_at").on("job").columns(["state", "run_at"]).execute();
  await schema
    .createTable("job_event")
    .addColumn("job_id", "text", (column) => column.notNull().references("job.id"))
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("job_event_key", ["job_id", "number"])
    .execute();
}
