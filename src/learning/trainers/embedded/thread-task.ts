import type { EncoderPlace } from "../../../encoders/open-encoder.ts";
import type { ArtefactFile } from "../../../core/model-version.ts";
import type { ErrorCode, ErrorValues } from "../../../core/errors.ts";
import type { DatasetPlace } from "../../datasets/dataset.ts";
import type { Pass } from "../../recall/training-watch.ts";

/** What the training thread is started with. */
export type ThreadTask = {
  /** The data folder. */
  readonly data: string;
  readonly place: DatasetPlace;
  /** Rows that must no longer be used. */
  readonly retracted: readonly string[];
  /** Where the artefact goes. */
  readonly folder: string;
  readonly seed: number;
  readonly encoder: { readonly name: string; readonly place: EncoderPlace };
  readonly passes: number | null;
  /** One number: how many of the thread's questions were answered. It waits for each answer. */
  readonly answered: Int32Array<SharedArrayBuffer>;
};

export type RowsRead = {
  readonly train: number;
  readonly validation: number;
  readonly retracted: number;
  readonly answers: number;
};

/** What the thread tells. It waits after `pass` and `progress`, so that a training can be paused. */
export type ThreadNews =
  | ({ readonly kind: "read" } & RowsRead)
  | { readonly kind: "progress"; readonly done: number }
  | { readonly kind: "pass"; readonly pass: Pass }
  | { readonly kind: "untrained" }
  | {
      readonly kind: "done";
      readonly file: ArtefactFile;
      readonly metrics: Readonly<Record<string, number>>;
    }
  | { readonly kind: "failed"; readonly code: ErrorCode; readonly values: ErrorValues };

/** The name of the one file of an artefact. */
export const memoryFile = "memory.bin";
