import type { Taught } from "./recall.ts";

/** How well what was learned so far does on examples that are not learned from. */
export type Judged = {
  /** Mean loss of an example, by the formula of the training itself. */
  readonly loss: number;
  /** Share of examples whose answer comes first. */
  readonly accuracy: number;
};

/** One pass over the examples. */
export type Pass = {
  readonly stage: "heads";
  /** Mean loss of an example during the pass, before each was learned from. */
  readonly loss: number;
  readonly validation: Judged | null;
};

/** Follows a training pass by pass. */
export type TrainingWatch = {
  /** Examples to judge by, which are not learned from. */
  readonly validation: readonly Taught[];
  /** Told after each pass; `false` ends the stage. It may block, to pause. */
  passed(pass: Pass): boolean;
};
