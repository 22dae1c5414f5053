import type { Datasets } from "../../datasets/datasets.ts";
import type { TrainerName, TrainerTraits, TrainingSettings } from "../trainer.ts";
import type { HostedApi } from "./hosted-api.ts";

/** What all trainers on a provider's machines are made of. */
export type HostedParts = {
  readonly name: TrainerName;
  readonly api: HostedApi;
  /** Where trained models are asked. */
  readonly url: string;
  readonly traits: Omit<TrainerTraits, "sunset">;
  readonly knownSettings: readonly (keyof TrainingSettings)[];
  readonly datasets: Pick<Datasets, "export" | "exportable">;
  readonly options: HostedOptions;
  /** The setting that names the model to start from. */
  readonly baseSetting: string;
};

/** What an operator chooses for a provider. */
export type HostedOptions = {
  /** The model to start from when an order names none. */
  readonly model: string;
  /** US dollars for a million trained tokens, by the model to start from. */
  readonly prices: ReadonlyMap<string, number>;
  readonly retries: number;
  /** How often a training's state is asked for. */
  readonly pollSeconds: number;
  /** How long a provider may be unreachable before a training counts as failed. */
  readonly patienceSeconds: number;
  /** The longest wait before the second attempt, in milliseconds. */
  readonly firstWait?: number;
  /** The day, in milliseconds since the epoch. */
  readonly today?: () => number;
};
