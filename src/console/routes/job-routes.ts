import { Hono } from "hono";
import { z } from "zod";
import { noteWords } from "../../commands/job-log.ts";
import { outcomeWords, subjectOf } from "../../commands/job-outcome.ts";
import { jobFacts, stateWords } from "../../commands/job-words.ts";
import { speakerOf, type Speaker } from "../../commands/speaker.ts";
import type { Job, JobEvent, JobNews } from "../../core/job.ts";
import type { Json } from "../../core/reply.ts";
import { jobQuerySchema, valid } from "../request-schemas.ts";
import { languageOfRequest, lines, type RouteParts } from "./route-parts.ts";
import type { Context } from "hono";

/** A job as the console tells it: for people and for programs. */
export type ShownJob = {
  readonly id: string;
  readonly state: Job["state"];
  readonly progress: Job["progress"];
  readonly createdAt: number;
  readonly canPause: boolean;
  readonly subject: string;
  readonly words: string;
  readonly kind: Job["kind"];
  /** What came of it; of a training the facts tell. */
  readonly outcome: string | null;
  readonly facts: { readonly [name: string]: Json };
};

/** What a followed job tells: how it stands, and what happened since the line before. */
export type JobLine = {
  readonly kind: "job";
  readonly job: ShownJob;
  readonly events: readonly ShownEvent[];
};

/** A point of a job's history, with the words of its log chosen. */
export type ShownEvent = { readonly number: number; readonly at: number } & Exclude<
  JobNews,
  { readonly kind: "note" }
>;

const shownAtOnce = 30;

const actionSchema = z.object({ action: z.enum(["cancel", "pause", "resume"]) });

/** Long work: the list, one job as it goes on, and what people want of it. */
export const jobRoutes = (parts: RouteParts) =>
  new Hono()
    .get("/jobs", valid("query", jobQuerySchema), async (context) => {
      const { before, state, workspace = parts.place.workspace } = context.req.valid("query");
      const jobs = await parts.jobs.list({
        workspace,
        limit: shownAtOnce,
        ...(state && { states: [state] }),
        ...(before && { before }),
      });
      return context.json({ jobs: jobs.map((job) => shownJob(job, context, parts)) });
    })
    .get("/jobs/:id/follow", valid("query", jobQuerySchema), async (context) => {
      const { after, workspace = parts.place.workspace } = context.req.valid("query");
      const { id } = await parts.jobs.find(workspace, context.req.param("id"));
      return lines<JobLine>(context, parts, async (write, signal) => {
        const speaker = speakerOf(languageOfRequest(context, parts));
        for await (const { job, events } of parts.jobs.follow(id, signal, after)) {
          const shown = events.map((event) => shownEvent(event, speaker));
          await write({ kind: "job", job: shownJob(job, context, parts), events: shown });
        }
      });
    })
    .post("/jobs/:id", valid("json", actionSchema), async (context) => {
      const job = await parts.jobs.find(parts.place.workspace, context.req.param("id"));
      await parts.jobs[context.req.valid("json").action](job);
      return context.json({ id: job.id });
    });

function shownEvent(event: JobEvent, speaker: Speaker): ShownEvent {
  if (event.kind !== "note") return event;
  const { number, at, warns } = event;
  return { number, at, kind: warns ? "warning" : "log", text: noteWords(event, speaker) };
}

function shownJob(job: Job, context: Context, parts: RouteParts): ShownJob {
  const speaker = speakerOf(languageOfRequest(context, parts));
  return {
    id: job.id,
    state: job.state,
    progress: job.progress,
    createdAt: job.createdAt,
    canPause: parts.jobs.canPause(job),
    subject: subjectOf(job),
    words: stateWords(job, speaker),
    kind: job.kind,
    outcome: job.kind === "train" ? null : (outcomeWords(job, speaker, parts.place.prefix) ?? null),
    facts: jobFacts(job, speaker),
  };
}
