import type { Language } from "./language.ts";

/**
 * How an answer relates to what was taught. `exact`: a taught answer, verbatim, to this very
 * prompt. `hint`: taught examples fit the prompt. `none`: nothing taught fits.
 */
export const tiers = ["exact", "hint", "none"] as const;
export type Tier = (typeof tiers)[number];

/** One message and the answer given to it, with what shaped the answer. */
export type Turn = {
  readonly id: string;
  readonly workspace: string;
  readonly room: string;
  readonly person: string;
  readonly personName: string;
  readonly messageId: string;
  /** What was asked: completed from the conversation, or found in a longer message. */
  readonly prompt: string;
  /** The person's own words, where they are others. */
  readonly said?: string;
  /** What the bot said. `null` while it is still answering, or when answering failed. */
  readonly answer: string | null;
  /** False when the answer was an honest "I do not know that yet". */
  readonly known: boolean;
  readonly tier: Tier;
  /** Recall's confidence that the answer is right, 0..1. */
  readonly score: number;
  readonly exampleIds: readonly string[];
  readonly modelVersion: string;
  readonly language: Language;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  /** Which answer was given, in which version; `null` for words of a language model. */
  readonly answerId: string | null;
  readonly versionId: string | null;
  /** The platform's ids of the messages that carry the answer. */
  readonly answerMessageIds: readonly string[];
};
