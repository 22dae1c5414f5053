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
  /** The question that it answers, where that is not what the message says by itself. */
  readonly question?: string;
  /** A line that tells what was understood, where neither the message nor the answer shows it. */
  readonly understood?: string;
};

/** An answer as people read it: what was understood first, where that has to be told. */
export const shownText = ({ text, understood }: Pick<Answer, "text" | "understood">): string =>
  understood === undefined ? text : `${understood}\n\n${text}`;

/** What an answer in the making tells: pieces of text, then exactly one `done`. */
export type AnswerEvent =
  | { readonly kind: "delta"; readonly text: string }
  | { readonly kind: "done"; readonly answer: Answer };

/** The answer at the end of its making; `undefined` where there was nothing to answer. */
export async function lastAnswer(events: AsyncIterable<AnswerEvent>): Promise<Answer | undefined> {
  for await (const event of events) if (event.kind === "done") return event.answer;
  return undefined;
}
