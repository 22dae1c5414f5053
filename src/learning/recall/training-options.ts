import type { InstantEncoder } from "../../encoders/encoder.ts";
import type { TrainingWatch } from "./training-watch.ts";

/** How a model is trained. */
export type TrainingOptions = {
  readonly seed: number;
  /** What tells the meaning of prompts that come without a vector. */
  readonly encoder?: InstantEncoder;
  /** The length of the vectors that prompts come with, where there is no encoder at hand. */
  readonly dimensions?: number;
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
