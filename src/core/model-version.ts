/** The names under which a workspace's model versions stand. */
export const aliases = ["live", "candidate", "previous"] as const;
export type Alias = (typeof aliases)[number];

/** How a version was trained: the embedded learner, or a language model's weights. */
export const trainingMethods = ["embedded", "sft", "dpo", "kto"] as const;
export type TrainingMethod = (typeof trainingMethods)[number];

/** One file of a trained model. */
export type ArtefactFile = {
  /** Relative to the artefact's folder, with `/`. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
};

/** What training leaves behind. `folder` is relative to the data folder, with `/`. */
export type Artefact =
  /** One file: a memory of the embedded learner. */
  | { readonly kind: "memory"; readonly folder: string; readonly file: ArtefactFile }
  /** An adapter for a base model; it answers once something serves it. */
  | { readonly kind: "adapter"; readonly folder: string; readonly files: readonly ArtefactFile[] }
  /** A model that its provider keeps and serves under a name. */
  | {
      readonly kind: "hosted";
      readonly provider: string;
      readonly url: string;
      readonly name: string;
    };

/** A language model somebody serves. */
export type ServedModel = {
  readonly provider: string;
  readonly url: string;
  readonly name: string;
};

/** One immutable trained model of a workspace. */
export type ModelVersion = {
  readonly id: string;
  readonly workspace: string;
  /** Numbered from 1 in each workspace: people say `v3`. */
  readonly number: number;
  readonly method: TrainingMethod;
  readonly trainer: string;
  /** The model it started from: a provider's name, or an earlier version's id; `null` from nothing. */
  readonly base: string | null;
  readonly jobId: string;
  readonly dataset: { readonly name: string; readonly version: number; readonly sha256: string };
  readonly artefact: Artefact;
  /** How an adapter or a hosted model is reached; `null` while nothing serves it. */
  readonly served: ServedModel | null;
  /** ISO date after which its provider no longer answers with it. */
  readonly sunset: string | null;
  readonly author: string;
  readonly createdAt: number;
};
