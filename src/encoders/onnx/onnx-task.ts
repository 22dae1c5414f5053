import type { ErrorCode, ErrorValues } from "../../core/errors.ts";
import type { RecordedFile } from "../record.ts";
import type { Layout } from "./layout.ts";

/** What the thread of a model is started with. */
export type OnnxTask = {
  readonly name: string;
  readonly folder: string;
  /** What its files must be, as they came the first time. */
  readonly files: readonly RecordedFile[];
  readonly layout: Layout;
  /** Where runtimes may be. */
  readonly runtimes: string;
};

export type OnnxOrder = { readonly order: number; readonly text: string };
export type OnnxNews =
  | { readonly order: number; readonly vector: Float32Array }
  | {
      readonly order: number;
      /** `null`: nothing that has a code; `reason` says what. */
      readonly code: ErrorCode | null;
      readonly values: ErrorValues;
      readonly reason: string;
    };
