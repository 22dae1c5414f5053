import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLoopback, type Incoming, type Loopback, type Outgoing } from "../loopback.ts";
import { officialJudge } from "./judge.ts";

/** Together's own check of training files: an independent judge of lines. */
const { checkFile } = createRequire(import.meta.url)("together-ai/lib/check-file") as {
  checkFile(path: string): Promise<{ is_check_passed: boolean; message?: string }>;
};

export type TunedFile = {
  readonly id: string;
  readonly name: string;
  readonly bytes: Buffer;
  status: string;
  details: string;
};
export type TunedJob = {
  readonly id: string;
  readonly request: Readonly<Record<string, unknown>>;
  status: string;
  /** How often it was looked at. */
  looks: number;
  readonly events: object[];
  readonly checkpoints: object[];
};

/** How trainings go: what is said of one at each look, and then for ever. */
export type TuningPlan = {
  readonly states: readonly string[];
  /** Why it failed. */
  readonly error?: string;
  /** It ends well without a model. */
  readonly modelMissing?: true;
  /** Operations that this server does not have. */
  readonly without?: readonly string[];
  /** The day on which trained models are shut down. */
  readonly shutdown?: string;
};

export const goodPlan: TuningPlan = {
  states: ["validating_files", "running", "running", "running", "succeeded"],
};

export type TuningDouble = Loopback & {
  readonly files: readonly TunedFile[];
  readonly jobs: readonly TunedJob[];
  /** What was wrong with requests; empty at the end of a good test. */
  readonly complaints: string[];
  plan: TuningPlan;
  /** Forgets a training, as when somebody deleted it there. */
  forget(id: string): void;
};

export const tuningKey = "sk-test";
/** Models that this server tunes, as its descriptions name them. */
const tunable = /^gpt-4\.1-nano/;

/**
 * OpenAI's `/files` and `/fine_tuning/jobs` on the loopback address. It judges requests, and its own
 * answers, by the official description, and lines of files by Together's check.
 */
export async function startTuningDouble(plan: TuningPlan = goodPlan): Promise<TuningDouble> {
  const files: TunedFile[] = [];
  const jobs: TunedJob[] = [];
  const complaints: string[] = [];
  const state = { plan };
  let made = 0;
  const folder = mkdtempSync(join(tmpdir(), "apprentice-tuning-double-"));

  const refuse = (status: number, message: string, complain = true): Outgoing => {
    if (complain) complaints.push(message);
    const error = { message, type: "invalid_request_error", param: null, code: null };
    return { status, json: { error } };
  };
  const say = (schema: string, json: object): Outgoing => {
    const wrong = officialJudge(schema)(json);
    // The official list of states is known to be incomplete (`paused`), and providers have their own.
    complaints.push(...wrong.filter((reason) => !/^\S*\/status /.test(reason)));
    return { status: 200, json };
  };

  const sendFile = async ({ headers, body }: Incoming): Promise<Outgoing> => {
    const form = await new Response(new Uint8Array(body), {
      headers: { "content-type": headers["content-type"] ?? "" },
    })
      .formData()
      .catch(() => undefined);
    const file = form?.get("file");
    if (!form || !(file instanceof File)) return refuse(400, "there is no file in the form");
    const unknown = [...form.keys()].filter((name) => !["file", "purpose"].includes(name));
    if (unknown.length > 0) return refuse(400, `unknown fields ${unknown.join(", ")}`);
    if (form.get("purpose") !== "fine-tune") return refuse(400, "the purpose is not fine-tune");
    const id = `file-${(made += 1)}`;
    const bytes = Buffer.from(await file.arrayBuffer());
    const path = join(folder, `${id}.jsonl`);
    writeFileSync(path, bytes);
    const { is_check_passed: isGood, message = "" } = await checkFile(path);
    const kept = { id, name: file.name, bytes, status: "processed", details: "" };
    files.push(isGood ? kept : { ...kept, status: "error", details: message });
    return say("OpenAIFile", fileObject(files.at(-1)!));
  };

  const create = ({ headers, body }: Incoming): Outgoing => {
    if (!headers["content-type"]?.startsWith("application/json")) {
      return refuse(415, "the content type is not JSON");
    }
    const request = parse(body);
    if (typeof request !== "object" || request === null) return refuse(400, "the body is no JSON");
    const wrong = officialJudge("CreateFineTuningJobRequest")(request);
    if (wrong.length > 0) return refuse(400, wrong.join("; "));
    const own = ownRules(request as Record<string, unknown>, files);
    if (own) return refuse(400, own);
    const id = `ftjob-${(made += 1)}`;
    const job: TunedJob = {
      id,
      request: request as Record<string, unknown>,
      status: state.plan.states[0]!,
      looks: 0,
      events: [],
      checkpoints: [],
    };
    jobs.unshift(job);
    return say("FineTuningJob", jobObject(job, state.plan));
  };

  const look = (job: TunedJob): Outgoing => {
    advance(job, state.plan);
    return say("FineTuningJob", jobObject(job, state.plan));
  };

  const ofJob = (job: TunedJob, part: string, { query }: Incoming): Outgoing => {
    if (state.plan.without?.includes(part)) return refuse(404, "no such operation", false);
    switch (part) {
      case "":
        return look(job);
      case "cancel":
      case "pause":
      case "resume": {
        if (isOver(job.status)) return refuse(400, `the job is ${job.status}`, false);
        job.status = { cancel: "cancelled", pause: "paused", resume: "running" }[part];
        return say("FineTuningJob", jobObject(job, state.plan));
      }
      case "events":
        return say("ListFineTuningJobEventsResponse", pageOf(job.events, query));
      case "checkpoints": {
        const page = pageOf(job.checkpoints, query);
        return say("ListFineTuningJobCheckpointsResponse", page);
      }
      default:
        return refuse(404, `no such operation: ${part}`);
    }
  };

  const answer = async (incoming: Incoming): Promise<Outgoing> => {
    const { method, path, query, headers } = incoming;
    if (headers["authorization"] !== `Bearer ${tuningKey}`) return refuse(401, "wrong key", false);
    if (path === "/files" && method === "POST") return sendFile(incoming);
    if (path === "/files" && method === "GET") {
      const page = pageOf(files.map(fileObject).toReversed(), query);
      return say("ListFilesResponse", { ...page, first_id: "", last_id: "" });
    }
    const [, fileId] = /^\/files\/([^/]+)$/.exec(path) ?? [];
    if (fileId) {
      const index = files.findIndex(({ id }) => id === fileId);
      if (index < 0) return refuse(404, "no such file", false);
      if (method === "GET") return say("OpenAIFile", fileObject(files[index]!));
      files.splice(index, 1);
      return say("DeleteFileResponse", { id: fileId, object: "file", deleted: true });
    }
    if (path === "/fine_tuning/jobs" && method === "POST") return create(incoming);
    if (path === "/fine_tuning/jobs" && method === "GET") {
      const list = jobs.map((job) => jobObject(job, state.plan));
      return say("ListPaginatedFineTuningJobsResponse", pageOf(list, query));
    }
    const [, jobId, part = ""] = /^\/fine_tuning\/jobs\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
    if (jobId) {
      const job = jobs.find(({ id }) => id === jobId);
      if (!job) return refuse(404, "no such job", false);
      const expected = ["cancel", "pause", "resume"].includes(part) ? "POST" : "GET";
      return method === expected ? ofJob(job, part, incoming) : refuse(405, `not ${method}`);
    }
    if (path.startsWith("/models/") && method === "GET") {
      const json = { id: "m", object: "model", created: 1, owned_by: "us" };
      return say("Model", { ...json, shutdown_date: state.plan.shutdown ?? null });
    }
    return refuse(404, `${method} ${path}`);
  };

  const loopback = await startLoopback(answer);
  return {
    ...loopback,
    files,
    jobs,
    complaints,
    get plan() {
      return state.plan;
    },
    set plan(next) {
      state.plan = next;
    },
    forget(id) {
      const index = jobs.findIndex((job) => job.id === id);
      if (index >= 0) jobs.splice(index, 1);
    },
    async close() {
      await loopback.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const isOver = (status: string): boolean => ["succeeded", "failed", "cancelled"].includes(status);
const totalSteps = 30;

/** Each look brings a training one state further; each look at a running one trains ten steps. */
function advance(job: TunedJob, { states }: TuningPlan): void {
  if (isOver(job.status) || job.status === "paused") return;
  job.status = states[Math.min(job.looks, states.length - 1)]!;
  job.looks += 1;
  const number = job.events.length + 1;
  if (job.status !== "running") {
    job.events.unshift(eventObject(number, `the job is ${job.status}`, "message"));
    return;
  }
  const done = job.events.filter((event) => "data" in event && "step" in (event.data as object));
  const step = Math.min(totalSteps, (done.length + 1) * 10);
  const data = {
    step,
    total_steps: totalSteps,
    train_loss: 3 / step,
    train_mean_token_accuracy: 0.5,
  };
  const message = `Step ${step}/${totalSteps}: training loss=${data.train_loss}`;
  job.events.unshift(eventObject(number, message, "metrics", data));
  job.checkpoints.unshift({
    object: "fine_tuning.job.checkpoint",
    id: `${job.id}-${step}`,
    created_at: 1000 + number,
    fine_tuned_model_checkpoint: `ft:ckpt-step-${step}`,
    fine_tuning_job_id: job.id,
    metrics: { step },
    step_number: step,
  });
}

const eventObject = (number: number, message: string, type: string, data: object = {}): object => ({
  object: "fine_tuning.job.event",
  id: `ftevent-${number}`,
  created_at: 1000 + Math.floor(number / 2),
  level: "info",
  message,
  type,
  data,
});

function jobObject({ id, request, status }: TunedJob, plan: TuningPlan): object {
  const isGood = status === "succeeded";
  return {
    object: "fine_tuning.job",
    id,
    created_at: 1000,
    finished_at: isOver(status) ? 1060 : null,
    model: request["model"],
    fine_tuned_model: isGood && !plan.modelMissing ? `ft:${String(request["suffix"])}` : null,
    organization_id: "org",
    result_files: [],
    status,
    validation_file: request["validation_file"] ?? null,
    training_file: request["training_file"],
    hyperparameters: {},
    trained_tokens: isGood ? 5000 : null,
    error: status === "failed" ? { code: "bad", message: plan.error ?? "", param: null } : null,
    seed: request["seed"] ?? 0,
    metadata: request["metadata"] ?? null,
  };
}

const fileObject = ({ id, name, bytes, status, details }: TunedFile): object => ({
  id,
  object: "file",
  bytes: bytes.length,
  created_at: 1000,
  filename: name,
  purpose: "fine-tune",
  status,
  status_details: details,
});

function pageOf(all: readonly object[], query: URLSearchParams): Record<string, unknown> {
  const limit = Number(query.get("limit") ?? 20);
  const after = query.get("after");
  const from = after ? all.findIndex((item) => (item as { id: string }).id === after) + 1 : 0;
  const data = all.slice(from, from + limit);
  return { object: "list", data, has_more: from + limit < all.length };
}

/** What the real server insists on beyond the description. */
function ownRules(
  request: Record<string, unknown>,
  files: readonly TunedFile[],
): string | undefined {
  for (const name of ["training_file", "validation_file"] as const) {
    const file = files.find(({ id }) => id === request[name]);
    if (!file && (name === "training_file" || request[name] !== undefined)) {
      return `there is no ${name}`;
    }
    if (file?.status === "error") return `${name} is invalid`;
  }
  if (!tunable.test(String(request["model"]))) return "that model cannot be tuned";
  const method = request["method"] as Record<string, unknown> | undefined;
  if (method && !(String(method["type"]) in method)) return "the method has no hyperparameters";
  const pairs = Object.entries(Object(request["metadata"]) as Record<string, string>);
  const isLong = pairs.some(([key, value]) => key.length > 64 || value.length > 512);
  if (pairs.length > 16 || isLong) return "the metadata are too large";
  const rows = files.find(({ id }) => id === request["training_file"])!;
  return String(rows.bytes).split("\n").length <= 10 ? "at least 10 rows are needed" : undefined;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
