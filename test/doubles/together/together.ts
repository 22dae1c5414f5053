import { z } from "zod";
import { startLoopback, type Incoming, type Loopback, type Outgoing } from "../loopback.ts";

/** What Together takes, as its own package (together-ai 0.52, `FineTuningCreateParams`) describes it. */
const createRequest = z.strictObject({
  model: z.string().min(1),
  training_file: z.string().min(1),
  validation_file: z.string().optional(),
  suffix: z.string().max(64).optional(),
  n_checkpoints: z.int().min(1).optional(),
  n_epochs: z.int().min(1).max(20).optional(),
  n_evals: z.int().min(0).max(100).optional(),
  batch_size: z.union([z.int().min(1), z.literal("max")]).optional(),
  learning_rate: z.number().positive().optional(),
  random_seed: z.int().nullish(),
  training_type: z.union([
    z.strictObject({ type: z.literal("Full") }),
    z.strictObject({ type: z.literal("Lora"), lora_r: z.int(), lora_alpha: z.int() }),
  ]),
  training_method: z.union([
    z.strictObject({
      method: z.literal("sft"),
      train_on_inputs: z.union([z.boolean(), z.literal("auto")]),
    }),
    z.strictObject({ method: z.literal("dpo"), dpo_beta: z.number().positive().optional() }),
  ]),
});

export type TogetherJob = {
  readonly id: string;
  readonly request: z.infer<typeof createRequest>;
  status: string;
  looks: number;
  readonly events: Record<string, unknown>[];
  readonly metrics: Record<string, number>[];
};

export type TogetherDouble = Loopback & {
  readonly files: ReadonlyMap<string, { readonly name: string; readonly bytes: Buffer | null }>;
  readonly jobs: readonly TogetherJob[];
  readonly complaints: string[];
  states: readonly string[];
};

export const togetherKey = "tg-test";
export const goodStates = ["pending", "running", "running", "uploading", "completed"];

/** Together's `/files` and `/fine-tunes` on the loopback address, with its store beside them. */
export async function startTogetherDouble(): Promise<TogetherDouble> {
  const files = new Map<string, { name: string; bytes: Buffer | null }>();
  const jobs: TogetherJob[] = [];
  const complaints: string[] = [];
  const plan = { states: goodStates as readonly string[] };
  let made = 0;

  const refuse = (status: number, message: string, complain = true): Outgoing => {
    if (complain) complaints.push(message);
    return { status, json: { error: { message, type: "invalid_request_error" } } };
  };

  const begin = ({ query }: Incoming, self: string): Outgoing => {
    if (query.get("file_type") !== "jsonl" || query.get("purpose") !== "fine-tune") {
      return refuse(400, "the file has no type or purpose");
    }
    const id = `file-${(made += 1)}`;
    files.set(id, { name: query.get("file_name") ?? "", bytes: null });
    const location = `${self}/store/${id}?signature=abc`;
    return { status: 302, headers: { location, "x-together-file-id": id }, text: "" };
  };

  const create = ({ body }: Incoming): Outgoing => {
    const parsed = createRequest.safeParse(JSON.parse(body.toString("utf8")));
    if (!parsed.success) return refuse(400, parsed.error.message);
    const request = parsed.data;
    for (const file of [request.training_file, request.validation_file]) {
      if (file !== undefined && !files.get(file)?.bytes) return refuse(400, `no file ${file}`);
    }
    const job = { id: `ft-${(made += 1)}`, request, status: plan.states[0]!, looks: 0 };
    jobs.push({ ...job, events: [], metrics: [] });
    return { status: 200, json: jobObject(jobs.at(-1)!) };
  };

  const ofJob = (job: TogetherJob, part: string, query: URLSearchParams): Outgoing => {
    switch (part) {
      case "":
        advance(job, plan.states);
        return { status: 200, json: jobObject(job) };
      case "cancel":
        if (["completed", "error"].includes(job.status)) return refuse(400, "it is over", false);
        job.status = "cancelled";
        return { status: 200, json: jobObject(job) };
      case "events":
        return { status: 200, json: { data: job.events } };
      case "metrics": {
        const from = Number(query.get("global_step_from") ?? 0);
        const metrics = job.metrics.filter((metric) => metric["global_step"]! >= from);
        return { status: 200, json: { metrics } };
      }
      default:
        return refuse(404, `no such operation: ${part}`);
    }
  };

  const answer = (incoming: Incoming, self: string): Outgoing => {
    const { method, path, query, headers, body } = incoming;
    const [, stored] = /^\/store\/(.+)$/.exec(path) ?? [];
    if (stored) {
      // The store is somebody else's: the key must not come there.
      if (headers["authorization"]) return refuse(400, "the key was sent to the store");
      if (method !== "PUT" || query.get("signature") !== "abc") return refuse(403, "no signature");
      files.set(stored, { name: files.get(stored)!.name, bytes: body });
      return { status: 200, text: "" };
    }
    if (headers["authorization"] !== `Bearer ${togetherKey}`) return refuse(401, "no", false);
    if (path === "/files" && method === "POST") return begin(incoming, self);
    if (path === "/files" && method === "GET") {
      const data = [...files].map(([id, { name, bytes }]) => ({
        id,
        filename: name,
        object: "file",
        Processed: bytes !== null,
      }));
      return { status: 200, json: { data } };
    }
    const [, fileId] = /^\/files\/([^/]+)$/.exec(path) ?? [];
    if (fileId) {
      const file = files.get(fileId);
      if (!file) return refuse(404, "no such file", false);
      if (method === "DELETE")
        return { status: 200, json: { id: fileId, deleted: files.delete(fileId) } };
      const json = { id: fileId, filename: file.name, Processed: file.bytes !== null };
      return { status: 200, json: { ...json, processing_status: "COMPLETED" } };
    }
    if (path === "/fine-tunes" && method === "POST") return create(incoming);
    if (path === "/fine-tunes" && method === "GET") {
      return { status: 200, json: { data: jobs.map(jobObject) } };
    }
    const [, jobId, part = ""] = /^\/fine-tunes\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
    const job = jobs.find(({ id }) => id === jobId);
    if (!job) return refuse(404, "no such job", false);
    return ofJob(job, part, query);
  };

  const loopback = await startLoopback(answer);
  return {
    ...loopback,
    files,
    jobs,
    complaints,
    get states() {
      return plan.states;
    },
    set states(states) {
      plan.states = states;
    },
  };
}

function advance(job: TogetherJob, states: readonly string[]): void {
  if (["completed", "error", "cancelled"].includes(job.status)) return;
  job.status = states[Math.min(job.looks, states.length - 1)]!;
  job.looks += 1;
  const event = { object: "fine-tune-event", created_at: "2026-11-25T10:00:00Z", level: "info" };
  const step = (job.metrics.length + 1) * 5;
  if (job.status === "running") {
    job.metrics.push({ global_step: step, "train/loss": 1 / step, "train/learning_rate": 1e-5 });
    const name = `checkpoint at ${step}`;
    const path = `s3://${step}`;
    const saved = { type: "checkpoint_save", step, total_steps: 10, checkpoint_path: path };
    job.events.push({ ...event, ...saved, message: name });
  } else if (job.status === "error") {
    job.events.push({ ...event, type: "job_error", message: "The data is empty", level: "error" });
  } else job.events.push({ ...event, type: "job_start", message: `now ${job.status}` });
}

function jobObject({ id, request, status }: TogetherJob): object {
  const isDone = status === "completed";
  return {
    id,
    status,
    created_at: "2026-11-25T10:00:00Z",
    started_at: "2026-11-25T10:01:00Z",
    updated_at: "2026-11-25T10:02:30Z",
    user_id: "u",
    model: request.model,
    suffix: request.suffix,
    training_file: request.training_file,
    model_output_name: `me/${request.model}-${request.suffix}`,
    token_count: isDone ? 9000 : 0,
    total_price: isDone ? 480_000_000 : 0,
  };
}
