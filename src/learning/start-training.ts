import { isDeepStrictEqual } from "node:util";
import { ApprenticeError } from "../core/errors.ts";
import { newId } from "../core/ids.ts";
import { openJobStates, type Job, type JobCost, type JobPlace } from "../core/job.ts";
import type { TrainingMethod } from "../core/model-version.ts";
import type { Json } from "../core/reply.ts";
import type { Manifest } from "./datasets/dataset.ts";
import { rowsFile } from "./datasets/versions.ts";
import type { Jobs } from "./jobs/jobs.ts";
import type {
  Trainer,
  TrainerName,
  TrainingFinding,
  TrainingSettings,
} from "./trainers/trainer.ts";
import { orderOf, taskOf, type TrainingTask } from "./training-work.ts";

/** What a person wants to be trained, and how. */
export type TrainingWish = {
  readonly manifest: Manifest;
  /** The embedded one when absent. */
  readonly trainer?: TrainerName;
  /** The trainer's first when absent. */
  readonly method?: TrainingMethod;
  readonly base?: string;
  readonly settings: TrainingSettings;
};

/** A training before anybody has agreed to it. */
export type TrainingPlan = {
  readonly workspace: string;
  readonly task: TrainingTask;
  readonly findings: readonly TrainingFinding[];
  readonly estimate: JobCost;
};

/** From a dataset version to a job that trains on it. */
export type Training = {
  readonly trainers: readonly Pick<Trainer, "name" | "traits">[];
  /** Looks at everything before anything is begun. Throws `training-trainer-off`. */
  plan(wish: TrainingWish): Promise<TrainingPlan>;
  /**
   * Starts what was planned, or gives the job that already does just that. Throws
   * `training-impossible`.
   */
  start(plan: TrainingPlan, person: string, place: JobPlace): Promise<Job>;
};

export type TrainingParts = {
  /** The data folder. */
  readonly data: string;
  readonly trainers: readonly Trainer[];
  readonly jobs: Pick<Jobs, "start" | "list">;
};

export const createTraining = (parts: TrainingParts): Training => ({
  trainers: parts.trainers,
  plan: (wish) => plan(parts, wish),
  start: (planned, person, place) => start(parts, planned, person, place),
});

async function plan({ data, trainers }: TrainingParts, wish: TrainingWish): Promise<TrainingPlan> {
  const { manifest, trainer: name = "embedded", base, settings } = wish;
  const { workspace } = manifest;
  const trainer = trainers.find((each) => each.name === name);
  if (!trainer) {
    const on = trainers.map((each) => each.name).join(", ");
    throw new ApprenticeError("training-trainer-off", { trainer: name, on });
  }
  const [firstMethod] = Object.keys(trainer.traits.methods) as TrainingMethod[];
  const task: TrainingTask = {
    trainer: name,
    method: wish.method ?? firstMethod!,
    base: base ?? null,
    dataset: {
      name: manifest.name,
      version: manifest.version,
      sha256: manifest.files[rowsFile]!.sha256,
    },
    settings,
  };
  const order = orderOf(data, { id: newId(), workspace }, task);
  const findings = await trainer.check(order);
  const impossible = findings.some(({ stops }) => stops);
  const estimate = impossible
    ? { seconds: null, tokens: null, dollars: null }
    : await trainer.estimate(order);
  return { workspace, task, findings, estimate };
}

async function start(
  { jobs }: TrainingParts,
  { workspace, task, findings, estimate }: TrainingPlan,
  person: string,
  place: JobPlace,
): Promise<Job> {
  const stopping = findings.filter(({ stops }) => stops);
  if (stopping.length > 0) {
    const reasons = stopping.map(({ code }) => code).join(", ");
    throw new ApprenticeError("training-impossible", { reasons });
  }
  const open = await jobs.list({ workspace, kind: "train", states: openJobStates, limit: 100 });
  const same = open.find((job) => isDeepStrictEqual(taskOf(job), task));
  if (same) return same;
  const order = task as unknown as Json;
  return jobs.start({ id: newId(), workspace, kind: "train", order, estimate, person, place });
}
