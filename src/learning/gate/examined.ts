import type { ModelVersion } from "../../core/model-version.ts";
import type { Teacher } from "../teaching.ts";

/** A candidate that somebody wants to promote. */
export type Examined = {
  readonly teacher: Teacher;
  readonly candidate: ModelVersion;
  readonly signal?: AbortSignal;
};
