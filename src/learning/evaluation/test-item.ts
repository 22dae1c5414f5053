import { createHash } from "node:crypto";
import type { Label } from "../../core/example.ts";
import type { Tier } from "../../core/turn.ts";

/** One row of a test. */
export type TestItem = {
  readonly prompt: string;
  /** `null`: it should say that it does not know. Without one there is only a prediction. */
  readonly expected?: string | null;
  /** `negative`: `expected` is what must not be answered. */
  readonly label: Label;
};

/** What a model makes of a prompt. */
export type Prediction = {
  /** `null`: it says that it does not know. */
  readonly answer: string | null;
  /** What it would say if it had to. */
  readonly guess: string | null;
  /** The probability, 0..1, that `guess` is right; `null` when the model claims none. */
  readonly score: number | null;
  readonly tier: Tier;
  readonly exampleIds: readonly string[];
};

/** One row with what became of it. */
export type ItemResult = TestItem & {
  readonly prediction: Prediction;
  /** Milliseconds; `null`: predicting failed. */
  readonly latency: number | null;
  /** `null`: there was nothing to judge by, or it could not be judged. */
  readonly right: boolean | null;
  /** The same for `guess`, when the model claims a probability for it. */
  readonly guessRight: boolean | null;
};

/** The same for rows that ask and expect the same, in any test. */
export const itemKey = ({ prompt, expected, label }: TestItem): string =>
  createHash("sha256")
    .update(JSON.stringify(expected === undefined ? [prompt] : [prompt, expected, label]))
    .digest("base64url")
    .slice(0, 16);
