import { createLanguageTrainers } from "./compose-trainers.ts";
import type { Config } from "./config.ts";
import type { Log } from "./core/log.ts";
import { createArchiveWork } from "./learning/archive-work.ts";
import type { Archiving } from "./learning/datasets/archiving.ts";
import type { Datasets } from "./learning/datasets/datasets.ts";
import { createEvaluationWork } from "./learning/evaluation-work.ts";
import type { Evaluations } from "./learning/evaluation/evaluate.ts";
import { createImportWork } from "./learning/import-work.ts";
import { createJobs, type Jobs } from "./learning/jobs/jobs.ts";
import { limitPrivateJobs } from "./learning/jobs/private-limits.ts";
import { createLeaseQueue } from "./learning/jobs/lease-queue.ts";
import type { Registry } from "./learning/registry/registry.ts";
import { createTraining, type Training } from "./learning/start-training.ts";
import { createEmbeddedTrainer } from "./learning/trainers/embedded/embedded-trainer.ts";
import type { Trainer } from "./learning/trainers/trainer.ts";
import { createTrainingWork } from "./learning/training-work.ts";
import type { Teaching } from "./learning/teaching.ts";
import type { Encoders } from "./encoders/encoders.ts";
import { requireRoom } from "./storage/disk-room.ts";
import type { Library } from "./storage/library.ts";
import type { Database } from "./storage/database.ts";
import type { DatasetMemory } from "./storage/datasets.ts";

type TrainingParts = {
  readonly config: Config;
  readonly database: Database;
  readonly datasetMemory: DatasetMemory;
  readonly datasets: Datasets;
  readonly registry: Registry;
  readonly log: Log;
  readonly library: Library;
  readonly teaching: Teaching;
  readonly evaluations: Evaluations;
  readonly archiving: Archiving;
  readonly encoders: Encoders;
};

/** Connects what trains, and what else takes long, with the jobs that carry it. */
export function openTraining(parts: TrainingParts): {
  readonly jobs: Jobs;
  readonly training: Training;
} {
  const { config, database, datasetMemory, datasets, registry, encoders, log } = parts;
  const { data } = config;
  const trainers: readonly Trainer[] = [
    createEmbeddedTrainer({ data, memory: datasetMemory, encoders }),
    ...createLanguageTrainers(config, datasets),
  ];
  const jobs = createJobs({
    database,
    queue: createLeaseQueue(database),
    works: {
      train: createTrainingWork({ data, trainers, registry }),
      evaluate: createEvaluationWork(parts),
      import: createImportWork({ ...parts, requireRoom: (bytes) => requireRoom(data, bytes) }),
      archive: createArchiveWork(parts.archiving),
    },
    log,
    atOnce: config["jobs.atOnce"],
    admit: limitPrivateJobs({
      atOnce: config["private.jobsAtOnce"],
      perDay: config["private.jobsPerDay"],
      trainers: config["private.trainers"],
    }),
    // The data folder is locked: nobody else has jobs of a database that lies in it.
    alone: database.engine === "sqlite",
  });
  return { jobs, training: createTraining({ data, trainers, jobs }) };
}
