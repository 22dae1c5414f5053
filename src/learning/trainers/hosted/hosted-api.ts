import type { JobNews, JobProgress } from "../../../core/job.ts";
import type { Json } from "../../../core/reply.ts";
import type { TrainingMethod } from "../../../core/model-version.ts";
import type { TrainingSettings } from "../trainer.ts";
import type { DataFile } from "../training-data.ts";

/** What a provider that trains on its own machines can be asked, whatever its API looks like. */
export type HostedApi = {
  readonly host: string;
  readonly files: HostedFiles;
  readonly jobs: HostedJobs;
  /** Where trainings can be paused. */
  readonly pausing?: {
    pause(id: string): Promise<void>;
    resume(id: string): Promise<void>;
  };
  /** The ISO date after which a trained model answers no more, where the provider says so. */
  sunsetOf?(model: string): Promise<string | null>;
};

export type HostedFiles = {
  /** The id of a file that was sent under this name; `undefined`: there is none. */
  find(name: string): Promise<string | undefined>;
  send(file: DataFile, name: string, signal: AbortSignal): Promise<string>;
  /** Throws `training-file-rejected` when the provider has looked at it and does not want it. */
  isReady(id: string): Promise<boolean>;
  remove(id: string): Promise<void>;
};

export type HostedJobs = {
  /** Begins a training; sent once, never again by itself. */
  create(request: HostedRequest): Promise<HostedJob>;
  /** The training that carries a mark. */
  find(mark: HostedMark): Promise<HostedJob | undefined>;
  /** `undefined`: the provider does not know it. */
  read(id: string): Promise<HostedJob | undefined>;
  /** What happened since `cursor`, which is `null` at first. */
  news(job: HostedJob, cursor: Json): Promise<HostedNews>;
  cancel(id: string): Promise<void>;
};

/** What finds a training again at its provider. */
export type HostedMark = {
  /** Lower-case letters, digits and `-`, at most 40 characters. */
  readonly key: string;
  /** The id of the file it trains on, which no other training has. */
  readonly train: string | null;
};

export type HostedRequest = HostedMark & {
  /** Our own id of the job. */
  readonly jobId: string;
  readonly base: string;
  readonly method: TrainingMethod;
  readonly settings: TrainingSettings;
  readonly train: string;
  /** The id of the file it measures itself on. */
  readonly validation: string | null;
  readonly datasetSha256: string;
};

export type HostedJob = {
  readonly id: string;
  readonly state: "waiting" | "running" | "paused" | "succeeded" | "failed" | "cancelled";
  /** The provider's own word for it; one we do not know counts as running. */
  readonly said: string;
  /** Why it failed, in the provider's words. */
  readonly error: string | null;
  /** The name of the trained model. */
  readonly model: string | null;
  readonly tokens: number | null;
  /** What the provider asks for it, in US dollars. */
  readonly dollars: number | null;
  /** How long it trained. */
  readonly seconds: number | null;
};

export type HostedNews = {
  readonly news: readonly JobNews[];
  readonly progress: Pick<JobProgress, "step" | "total"> | null;
  readonly cursor: Json;
};
