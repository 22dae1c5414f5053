import type { Suggestion } from "./answer.ts";
import type { Tier } from "./turn.ts";

/** What recall alone says to one prompt, without a conversation: the line `ask --json` prints. */
export type AskAnswer = {
  readonly prompt: string;
  /** `null`: not known, or not sure enough. */
  readonly answer: string | null;
  readonly tier: Tier;
  /** Calibrated probability that `guess` is right, 0..1. */
  readonly score: number;
  readonly exampleIds: readonly string[];
  readonly modelVersion: string;
  /** The best taught answer whatever the score; `null` when nothing was taught. */
  readonly guess: string | null;
  readonly suggestions: readonly Suggestion[];
  /** What told the meaning of the prompt, by its id; `null`: words alone decided. */
  readonly encoder: string | null;
};
