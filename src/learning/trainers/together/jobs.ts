import { z } from "zod";
import type { JobNews } from "../../../core/job.ts";
import type { Json } from "../../../core/reply.ts";
import type { HostedJobs, HostedNews, HostedRequest } from "../hosted/hosted-api.ts";
import { isMissing, type ProviderClient } from "../hosted/provider-client.ts";
import { measuredValues, readReply } from "../hosted/read-reply.ts";
import {
  asHostedJob,
  eventList,
  jobList,
  jobReply,
  metricList,
  readEvent,
  type JobReply,
} from "./wire.ts";

const pathOf = (id: string, part = ""): string => `/fine-tunes/${encodeURIComponent(id)}${part}`;

/** Together's `/fine-tunes`. */
export function createJobs(client: ProviderClient): HostedJobs {
  const { host } = client;
  const read = (answer: unknown): JobReply => readReply(jobReply, answer, host);
  return {
    async create(request) {
      const json = bodyOf(request);
      const sent = { method: "POST", path: "/fine-tunes", json, once: true } as const;
      return asHostedJob(read(await client.json(sent)));
    },
    async find({ key, train }) {
      const answer = await client.json({ method: "GET", path: "/fine-tunes" });
      const found = readReply(jobList, answer, host).data.find(
        (job) =>
          job.suffix === key ||
          job.model_output_name?.includes(key) ||
          (train !== null && job.training_file === train),
      );
      return found && asHostedJob(found);
    },
    async read(id) {
      try {
        const job = asHostedJob(read(await client.json({ method: "GET", path: pathOf(id) })));
        return job.state === "failed" ? { ...job, error: await lastError(client, id) } : job;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    news: ({ id }, cursor) => readNews(client, id, cursor),
    async cancel(id) {
      await client.json({ method: "POST", path: pathOf(id, "/cancel") });
    },
  };
}

function bodyOf({ key, base, method, settings, train, validation }: HostedRequest): object {
  const { epochs, batchSize, learningRate, beta, seed } = settings;
  return {
    model: base,
    training_file: train,
    ...(validation !== null && { validation_file: validation, n_evals: 5 }),
    suffix: key,
    n_checkpoints: 1,
    ...(epochs !== undefined && { n_epochs: epochs }),
    ...(batchSize !== undefined && { batch_size: batchSize }),
    ...(learningRate !== undefined && { learning_rate: learningRate }),
    ...(seed !== undefined && { random_seed: seed }),
    training_type: { type: "Lora", lora_r: 16, lora_alpha: 32 },
    training_method:
      method === "dpo"
        ? { method: "dpo", ...(beta !== undefined && { dpo_beta: beta }) }
        : { method: "sft", train_on_inputs: "auto" },
  };
}

async function eventsOf(client: ProviderClient, id: string) {
  const answer = await client.json({ method: "GET", path: pathOf(id, "/events") });
  return readReply(eventList, answer, client.host).data;
}

/** A job that failed does not say why; its events do. */
async function lastError(client: ProviderClient, id: string): Promise<string | null> {
  const events = await eventsOf(client, id);
  return events.findLast(({ type }) => type === "job_error")?.message ?? null;
}

const cursorShape = z.object({ events: z.number(), step: z.number() });
const counters: ReadonlySet<string> = new Set(["step", "global_step", "epoch", "total_steps"]);

/** Together gives all events each time, oldest first, and the measured values after a step. */
async function readNews(client: ProviderClient, id: string, after: Json): Promise<HostedNews> {
  const cursor = cursorShape.catch({ events: 0, step: 0 }).parse(after);
  const events = await eventsOf(client, id);
  const measured = await newMetrics(client, id, cursor.step);
  const fresh = events.slice(cursor.events);
  const counted = events.findLast(({ step }) => typeof step === "number");
  const step = Math.max(cursor.step, ...measured.map((metric) => metric.step));
  const at = Math.max(step, counted?.step ?? 0);
  return {
    news: [...measured, ...fresh.map(readEvent)],
    progress: at > 0 ? { step: at, total: counted?.total_steps ?? null } : null,
    cursor: { events: events.length, step },
  };
}

async function newMetrics(
  client: ProviderClient,
  id: string,
  after: number,
): Promise<(JobNews & { kind: "metric" })[]> {
  try {
    const query = { global_step_from: after + 1 };
    const answer = await client.json({ method: "GET", path: pathOf(id, "/metrics"), query });
    const { metrics } = readReply(metricList, answer, client.host);
    return (metrics ?? []).flatMap((metric) => {
      const step = metric["global_step"] ?? metric["step"];
      if (typeof step !== "number" || step <= after) return [];
      return [{ kind: "metric", step, values: measuredValues(metric, counters) }];
    });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
