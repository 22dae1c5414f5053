import type { Tier } from "./turn.ts";

/** A taught answer that might be meant, offered when the bot is not sure. */
export type Suggestion = {
  readonly prompt: string;
  readonly answer: string;
  /** Which answer that is, where answers are told apart. */
  readonly answerId?: string | undefined;
  /** 0..1. */
  readonly score: number;
  readonly exampleIds: readonly string[];
};

/** A finished answer, as everybody downstream sees it. */
export type Answer = {
  readonly turnId: string;
  readonly text: string;
  /** False when the text is an honest "I do not know that yet". */
  readonly known: boolean;
  readonly tier: Tier;
  /** Recall's confidence that the answer is right, 0..1. */
  readonly score: number;
  readonly exampleIds: readonly string[];
  readonly modelVersion: string;
  /** Which taught answer it is; missing for "I do not know" and words of a language model. */
  readonly answerId?: string | null;
  /** At most three, best first; empty when the bot is sure or has no idea. */
  readonly suggestions: readonly Suggestion[];
};

/** What an answer in the making tells: pieces of text, then exactly one `done`. */
export type AnswerEvent =
  | { readonly kind: "delta"; readonly text: string }
  | { readonly kind: "done"; readonly answer: Answer };
