import { z } from "zod";
import type { JobNews } from "../../../core/job.ts";
import type { HostedJob } from "../hosted/hosted-api.ts";

/** What we read of Together's shapes, leniently (the package together-ai 0.52 describes them). */
const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);

export const fileReply = z.object({
  id: z.string().min(1),
  filename: text,
  Processed: z.boolean().nullish().catch(null),
  processing_status: text,
  validation_report: z.object({ valid: z.boolean().nullish(), error: text }).nullish().catch(null),
});
export const fileList = z.object({ data: z.array(fileReply) });

export const jobReply = z.object({
  id: z.string().min(1),
  status: z.string(),
  suffix: text,
  training_file: text,
  model_output_name: text,
  token_count: number,
  total_price: number,
  created_at: text,
  started_at: text,
  updated_at: text,
});
export type JobReply = z.infer<typeof jobReply>;
export const jobList = z.object({ data: z.array(jobReply) });

const eventReply = z.object({
  type: z.string().catch(""),
  message: z.string().catch(""),
  level: text,
  step: number,
  total_steps: number,
  checkpoint_path: text,
});
export type EventReply = z.infer<typeof eventReply>;
export const eventList = z.object({ data: z.array(eventReply) });
export const metricList = z.object({
  metrics: z.array(z.record(z.string(), z.unknown())).nullish(),
});

/** Every word of Together's; another counts as running. */
const states: Readonly<Record<string, HostedJob["state"]>> = {
  pending: "waiting",
  queued: "waiting",
  running: "running",
  compressing: "running",
  uploading: "running",
  cancel_requested: "running",
  cancelled: "cancelled",
  error: "failed",
  completed: "succeeded",
};

/** Together reckons in billionths of a dollar. */
const billion = 1_000_000_000;

export function asHostedJob(reply: JobReply): HostedJob {
  const { status, total_price: price, model_output_name: model } = reply;
  const state = (Object.hasOwn(states, status) ? states[status] : undefined) ?? "running";
  const [begun, ended] = [reply.started_at ?? reply.created_at, reply.updated_at].map((time) =>
    Date.parse(time ?? ""),
  );
  const seconds = (ended! - begun!) / 1000;
  return {
    id: reply.id,
    state,
    said: status,
    error: null,
    model: state === "succeeded" ? model || null : null,
    tokens: reply.token_count ?? null,
    dollars: typeof price === "number" ? price / billion : null,
    seconds: seconds >= 0 ? seconds : null,
  };
}

export function readEvent({
  type,
  message,
  level,
  step,
  checkpoint_path: path,
}: EventReply): JobNews {
  if (type === "checkpoint_save" && typeof step === "number") {
    return { kind: "checkpoint", step, name: path ?? message };
  }
  const isWarning = ["warning", "error", "legacy_iwarning", "legacy_ierror"].includes(level ?? "");
  return { kind: isWarning ? "warning" : "log", text: message || type };
}
