import { z } from "zod";
import type { JobNews } from "../../../core/job.ts";
import type { HostedJob } from "../hosted/hosted-api.ts";
import { measuredValues } from "../hosted/read-reply.ts";

/**
 * What we read of OpenAI's shapes (https://github.com/openai/openai-openapi, 2026-08), leniently: what
 * others leave out or name differently must not stop a training that is paid for.
 */
const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);

export const fileReply = z.object({
  id: z.string().min(1),
  filename: text,
  status: text,
  status_details: text,
});
export const fileList = z.object({ data: z.array(fileReply), has_more: z.boolean().nullish() });

export const jobReply = z.object({
  id: z.string().min(1),
  status: z.string(),
  created_at: number,
  finished_at: number,
  fine_tuned_model: text,
  trained_tokens: number,
  training_file: text,
  suffix: text,
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
  error: z.object({ message: text, code: text }).nullish().catch(null),
});
export type JobReply = z.infer<typeof jobReply>;
export const jobList = z.object({ data: z.array(jobReply), has_more: z.boolean().nullish() });

const eventReply = z.object({
  id: z.string().min(1),
  created_at: number,
  level: text,
  message: z.string().catch(""),
  data: z.record(z.string(), z.unknown()).nullish().catch(null),
});
export type EventReply = z.infer<typeof eventReply>;
export const eventList = z.object({ data: z.array(eventReply), has_more: z.boolean().nullish() });

const checkpointReply = z.object({
  id: z.string(),
  step_number: z.number(),
  fine_tuned_model_checkpoint: text,
});
export const checkpointList = z.object({ data: z.array(checkpointReply) });

export const modelReply = z.object({ shutdown_date: text });

/** Every word that providers of this shape are known to use; another counts as running. */
const states: Readonly<Record<string, HostedJob["state"]>> = {
  validating_files: "waiting",
  queued: "waiting",
  pending: "waiting",
  created: "waiting",
  notRunning: "waiting",
  running: "running",
  paused: "paused",
  succeeded: "succeeded",
  completed: "succeeded",
  failed: "failed",
  error: "failed",
  cancelled: "cancelled",
  canceled: "cancelled",
};

export function asHostedJob(reply: JobReply): HostedJob {
  const { status, created_at: begun, finished_at: ended, error } = reply;
  return {
    id: reply.id,
    state: (Object.hasOwn(states, status) ? states[status] : undefined) ?? "running",
    said: status,
    error: error?.message ?? error?.code ?? null,
    model: reply.fine_tuned_model || null,
    tokens: reply.trained_tokens ?? null,
    dollars: null,
    seconds: begun && ended ? ended - begun : null,
  };
}

const counters: ReadonlySet<string> = new Set(["step", "total_steps"]);

/** What an event says, and how far the training is by it. */
export function readEvent({ message, level, data }: EventReply): {
  readonly news: JobNews;
  readonly step: number | null;
  readonly total: number | null;
} {
  const said = /\bstep (\d+)(?:\s*(?:\/|of)\s*(\d+))?/i.exec(message);
  const step = numberIn(data?.["step"]) ?? numberIn(said?.[1]);
  const total = numberIn(data?.["total_steps"]) ?? numberIn(said?.[2]);
  const values = { ...lossIn(message), ...measuredValues(data ?? {}, counters) };
  if (step !== null && Object.keys(values).length > 0) {
    return { news: { kind: "metric", step, values }, step, total };
  }
  const isWarning = level === "warn" || level === "warning" || level === "error";
  return { news: { kind: isWarning ? "warning" : "log", text: message }, step, total };
}

function lossIn(message: string): Readonly<Record<string, number>> {
  const loss = /\b(?:training |train_)?loss\s*[=:]\s*([\d.]+(?:e[-+]?\d+)?)/i.exec(message)?.[1];
  return loss === undefined ? {} : { train_loss: Number(loss) };
}

function numberIn(value: unknown): number | null {
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}
