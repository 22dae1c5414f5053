import type { TrainingWatch } from "./training-watch.ts";

/** How a model is trained. */
export type TrainingOptions = {
  readonly nets: boolean;
  readonly seed: number;
  /**
   * Whether local heads are trained where there are too many answers for dense ones. It takes
   * milliseconds for each answer.
   */
  readonly localHeads?: boolean;
  /** Whether dense heads are trained on lean features too. It takes minutes and much memory. */
  readonly leanHeads?: boolean;
  /** At most so many passes of each stage. */
  readonly passes?: number;
  readonly progress?: (done: number) => void;
  readonly watch?: TrainingWatch;
};
