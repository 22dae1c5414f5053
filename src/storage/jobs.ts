import type { Selectable } from "kysely";
import { now } from "../core/clock.ts";
import type { Job, JobEvent, JobKind, JobNews, JobPlace, JobState } from "../core/job.ts";
import type { Json } from "../core/reply.ts";
import type { Query } from "./query.ts";
import type { Schema } from "./schema.ts";
import { idEnding } from "./id-ending.ts";

/** A job before it is queued. */
export type NewJob = Pick<Job, "id" | "workspace" | "kind" | "order" | "estimate" | "person"> & {
  readonly place: JobPlace;
};

/** Writes a job that waits to be begun, with the first event of its history. */
export async function addJob(query: Query, job: NewJob): Promise<void> {
  const at = now();
  await query
    .insertInto("job")
    .values({
      id: job.id,
      workspace: job.workspace,
      kind: job.kind,
      state: "queued",
      task: JSON.stringify(job.order),
      progress: null,
      result: null,
      failure: null,
      estimate: jsonOrNull(job.estimate),
      cost: null,
      person: job.person,
      platform: job.place.platform,
      room: job.place.room,
      message_id: job.place.messageId,
      told: 0,
      language: job.place.language,
      attempts: 0,
      created_at: at,
      started_at: null,
      finished_at: null,
      run_at: at,
      token: null,
      lease_until: null,
      wish: null,
      handle: null,
    })
    .execute();
  await addJobEvents(query, job.id, [{ kind: "state", state: "queued" }]);
}

export async function jobWithId(query: Query, id: string): Promise<Job | undefined> {
  const row = await query.selectFrom("job").selectAll().where("id", "=", id).executeTakeFirst();
  return row && asJob(row);
}

/** The one job of a workspace whose id is, or ends with, at least six given characters. */
export async function jobEnding(
  query: Query,
  workspace: string,
  id: string,
): Promise<Job | undefined> {
  const ending = idEnding(id);
  if (ending === undefined) return undefined;
  const rows = await query
    .selectFrom("job")
    .selectAll()
    .where("workspace", "=", workspace)
    .where("id", "like", `%${ending}`)
    .limit(2)
    .execute();
  return rows.length === 1 ? asJob(rows[0]!) : undefined;
}

export type JobFilter = {
  /** All workspaces when absent. */
  readonly workspace?: string;
  readonly states?: readonly JobState[];
  readonly kind?: JobKind;
  /** Only jobs older than the one with this id. */
  readonly before?: string;
  readonly limit: number;
};

/** Jobs, newest first. */
export async function listJobs(query: Query, filter: JobFilter): Promise<readonly Job[]> {
  let selection = query.selectFrom("job").selectAll();
  if (filter.workspace) selection = selection.where("workspace", "=", filter.workspace);
  if (filter.states) selection = selection.where("state", "in", filter.states);
  if (filter.kind) selection = selection.where("kind", "=", filter.kind);
  if (filter.before) selection = selection.where("id", "<", filter.before);
  const rows = await selection.orderBy("id", "desc").limit(filter.limit).execute();
  return rows.map(asJob);
}

/** Rows of one insert: few enough for either engine's limit of parameters. */
const eventsPerStatement = 200;

/** Adds to a job's history. The same job must not be added to by two at once. */
export async function addJobEvents(
  query: Query,
  jobId: string,
  news: readonly JobNews[],
): Promise<void> {
  if (news.length === 0) return;
  const { last } = await query
    .selectFrom("job_event")
    .select((select) => select.fn.max("number").as("last"))
    .where("job_id", "=", jobId)
    .executeTakeFirstOrThrow();
  const at = now();
  const rows = news.map((each, index) => ({
    job_id: jobId,
    number: Number(last ?? 0) + index + 1,
    at,
    kind: each.kind,
    content: JSON.stringify(each),
  }));
  for (let from = 0; from < rows.length; from += eventsPerStatement) {
    await query
      .insertInto("job_event")
      .values(rows.slice(from, from + eventsPerStatement))
      .execute();
  }
}

/** A job's history after an event, oldest first. */
export async function jobEvents(
  query: Query,
  jobId: string,
  after: number,
  limit: number,
): Promise<readonly JobEvent[]> {
  const rows = await query
    .selectFrom("job_event")
    .selectAll()
    .where("job_id", "=", jobId)
    .where("number", ">", after)
    .orderBy("number")
    .limit(limit)
    .execute();
  return rows.map(({ number, at, content }) => ({
    number,
    at,
    ...(JSON.parse(content) as JobNews),
  }));
}

/** Remembers the message in which a person follows a job. */
export async function setJobMessage(query: Query, id: string, messageId: string): Promise<void> {
  await query.updateTable("job").set({ message_id: messageId }).where("id", "=", id).execute();
}

/** Jobs whose end has to be told in a message that was sent. */
export async function untoldJobs(query: Query): Promise<readonly string[]> {
  const rows = await query
    .selectFrom("job")
    .select("id")
    .where("told", "=", 0)
    .where("message_id", "is not", null)
    .execute();
  return rows.map(({ id }) => id);
}

export async function setJobTold(query: Query, id: string): Promise<void> {
  await query.updateTable("job").set({ told: 1 }).where("id", "=", id).execute();
}

export const jsonOrNull = (value: Json | object | null): string | null =>
  value === null ? null : JSON.stringify(value);

const parsed = <Value>(text: string | null): Value | null =>
  text === null ? null : (JSON.parse(text) as Value);

export const asJob = (row: Selectable<Schema["job"]>): Job => ({
  id: row.id,
  workspace: row.workspace,
  kind: row.kind,
  state: row.state,
  order: JSON.parse(row.task) as Json,
  progress: parsed(row.progress),
  result: parsed(row.result),
  failure: parsed(row.failure),
  estimate: parsed(row.estimate),
  cost: parsed(row.cost),
  person: row.person,
  place: {
    platform: row.platform,
    room: row.room,
    messageId: row.message_id,
    language: row.language,
  },
  attempts: row.attempts,
  createdAt: row.created_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
});
