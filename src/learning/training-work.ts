import { join } from "node:path";
import { ApprenticeError } from "../core/errors.ts";
import type { Job } from "../core/job.ts";
import type { TrainingMethod } from "../core/model-version.ts";
import { makeFolder } from "../storage/make-folder.ts";
import { workspaceFolder } from "../storage/workspace-folder.ts";
import { hasVersion } from "./datasets/versions.ts";
import type { JobWork } from "./jobs/work.ts";
import type { Registry } from "./registry/registry.ts";
import { checkArtefact } from "./trainers/check-artefact.ts";
import type { Trainer, TrainerName, TrainingOrder, TrainingSettings } from "./trainers/trainer.ts";

/** What a job of the kind `train` is told to do. */
export type TrainingTask = {
  readonly trainer: TrainerName;
  readonly method: TrainingMethod;
  readonly base: string | null;
  readonly dataset: { readonly name: string; readonly version: number; readonly sha256: string };
  readonly settings: TrainingSettings;
};

/** What came of it. */
export type TrainingResult = {
  readonly model: { readonly id: string; readonly number: number };
  readonly metrics: Readonly<Record<string, number>>;
  readonly unused: Readonly<Record<string, number>>;
};

export type TrainingWorkParts = {
  /** The data folder. */
  readonly data: string;
  readonly trainers: readonly Trainer[];
  readonly registry: Pick<Registry, "add">;
};

export const taskOf = (job: Job): TrainingTask => job.order as unknown as TrainingTask;

/** The order of a training, the same every time the job is begun. */
export const orderOf = (
  data: string,
  { id, workspace }: Pick<Job, "id" | "workspace">,
  { method, base, dataset, settings }: TrainingTask,
): TrainingOrder => ({
  jobId: id,
  workspace,
  method,
  base,
  dataset,
  folder: join(data, "models", workspaceFolder(workspace), id),
  settings,
});

/** Trains, looks whether there really is a model, and keeps it together with the job's end. */
export function createTrainingWork({ data, trainers, registry }: TrainingWorkParts): JobWork {
  const trainerOf = (job: Job): Trainer | undefined =>
    trainers.find(({ name }) => name === taskOf(job).trainer);
  return {
    canPause: (job) => trainerOf(job)?.traits.canPause ?? false,
    isPossible: async (job) =>
      trainerOf(job) !== undefined && (await hasVersion(data, job.workspace, taskOf(job).dataset)),
    async run(job, run) {
      const task = taskOf(job);
      const trainer = trainerOf(job);
      if (!trainer) throw new ApprenticeError("job-unknown-kind");
      const order = orderOf(data, job, task);
      await makeFolder(order.folder);
      const trained = await trainer.run(order, run);
      const { base, artefact, served, sunset, cost, metrics, unused } = trained;
      await checkArtefact(data, artefact, trainer.name);
      return {
        cost,
        async conclude(query) {
          const version = await registry.add(query, {
            workspace: job.workspace,
            method: task.method,
            trainer: trainer.name,
            base,
            jobId: job.id,
            dataset: task.dataset,
            artefact,
            served,
            sunset,
            author: job.person,
          });
          const { id, number } = version;
          return { model: { id, number }, metrics, unused } satisfies TrainingResult;
        },
      };
    },
  };
}
