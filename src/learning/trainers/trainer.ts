import type { JobCost } from "../../core/job.ts";
import type { Artefact, ServedModel, TrainingMethod } from "../../core/model-version.ts";
import type { ExportTarget } from "../datasets/export-targets.ts";
import type { JobRun } from "../jobs/work.ts";

/** What turns a dataset version into a model. */
export const trainerNames = ["embedded", "openai-compatible", "together", "command"] as const;
export type TrainerName = (typeof trainerNames)[number];

/** One training, as it was asked for. */
export type TrainingOrder = {
  /** Also the key by which an outside system must know this training: starting twice is once. */
  readonly jobId: string;
  readonly workspace: string;
  readonly method: TrainingMethod;
  /** The model to start from, in the trainer's own words; `null` for the trainer's default. */
  readonly base: string | null;
  readonly dataset: { readonly name: string; readonly version: number; readonly sha256: string };
  /** This job's own folder, made before: the trainer keeps everything it writes in it. */
  readonly folder: string;
  readonly settings: TrainingSettings;
};

/** What a person may set; a trainer names those it does not know in its findings. */
export type TrainingSettings = {
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly learningRate?: number;
  /** The strength of preference, for dpo and kto. */
  readonly beta?: number;
  readonly seed?: number;
  /** Names of presets or profiles, where a trainer has several. */
  readonly preset?: string;
};

/** What a trainer can do: data, so that help, checks and the console can show it. */
export type TrainerTraits = {
  /** The format of rows each method reads; `null`: it reads the dataset itself. */
  readonly methods: Partial<Readonly<Record<TrainingMethod, ExportTarget | null>>>;
  readonly canPause: boolean;
  readonly leastRows: number;
  /** ISO date after which its provider takes no new jobs. */
  readonly sunset?: string;
};

/** What can stand against a training; `texts/` says each as `training-finding.CODE`. */
export const trainingFindingCodes = [
  "too-few-rows",
  "nothing-to-train",
  "method-unknown",
  "setting-unknown",
  "base-missing",
  "base-unknown",
  "rows-unused",
  "sunset-near",
  "sunset-past",
  "model-sunset-near",
  "model-sunset-past",
  "rows-leave",
  "preset-unknown",
  "program-missing",
  "disk-low",
  "one-answer",
  "no-validation",
] as const;
export type TrainingFindingCode = (typeof trainingFindingCodes)[number];

/** Something a person should know before training; `stops` forbids it. */
export type TrainingFinding = {
  readonly code: TrainingFindingCode;
  readonly stops: boolean;
  readonly values: Readonly<Record<string, string | number>>;
};

/** What a running training is given. */
export type TrainingRun = JobRun;

/** What a training ended with. */
export type Trained = {
  /** The model that it started from; `null` from nothing. */
  readonly base: string | null;
  readonly artefact: Artefact;
  readonly served: ServedModel | null;
  readonly sunset: string | null;
  readonly cost: JobCost;
  /** Rows that the target could not take, by reason, e.g. `negative` for supervised training. */
  readonly unused: Readonly<Record<string, number>>;
  /** Final measured values, e.g. `loss`, `accuracy`. */
  readonly metrics: Readonly<Record<string, number>>;
};

/** The port of everything that trains; one contract suite, run by every engine. */
export type Trainer = {
  readonly name: TrainerName;
  readonly traits: TrainerTraits;
  /** What stands against this training or should be known before it. */
  check(order: TrainingOrder): Promise<readonly TrainingFinding[]>;
  estimate(order: TrainingOrder): Promise<JobCost>;
  /**
   * Trains to the end. Safe to call again with the same order: it takes up what it began. Throws
   * `training-*` with the reason, `cancelled`, and the signal's reason when Apprentice stops.
   */
  run(order: TrainingOrder, run: TrainingRun): Promise<Trained>;
};
