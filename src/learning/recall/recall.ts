import type { Suggestion } from "../../core/answer.ts";
import type { Label } from "../../core/example.ts";
import type { Risk } from "./thresholds.ts";
import type { Tier } from "../../core/turn.ts";

/** An active example, as the learner sees it. */
export type Taught = {
  readonly id: string;
  readonly prompt: string;
  /**
   * Which answer it is about, whatever its words are by now. Its words themselves where nothing else
   * tells answers apart.
   */
  readonly answerId?: string | null;
  /** The words of the answer. `null`: the right answer is to say that it is not known. */
  readonly answer: string | null;
  readonly label: Label;
  /** `exact`: it counts for this very prompt alone, and teaches nothing. `general` unless told otherwise. */
  readonly reach?: Reach;
  /** True when it came from a correction: it then rules its prompt and very near ones. */
  readonly corrects: boolean;
  /** What an encoder made of the prompt, where it was encoded before. */
  readonly vector?: Int8Array | null;
};

/** Whether an example speaks for prompts like its own, or for its very own alone. */
export type Reach = "general" | "exact";

/** A taught example that may help to answer. */
export type Hint = {
  readonly exampleId: string;
  readonly prompt: string;
  readonly answer: string | null;
  readonly label: Label;
  /** Cosine similarity of the prompts, 0..1. */
  readonly similarity: number;
};

export type Recollection = {
  readonly tier: Tier;
  /** The taught answer to give, verbatim; `null` when nothing taught is sure enough. */
  readonly answer: string | null;
  /** Which answer that is. */
  readonly answerId: string | null;
  /** The best answer whatever the confidence; `null` only when nothing was taught. */
  readonly guess: string | null;
  /** Which answer that is. */
  readonly guessId: string | null;
  /** Calibrated probability that `guess` is right, 0..1. Comparable between prompts. */
  readonly score: number;
  /** The examples that speak for `answer` (or, without one, for `guess`), closest first, at most 3. */
  readonly exampleIds: readonly string[];
  /** Whether somebody taught that the right answer to this prompt is not to know. */
  readonly isTaughtUnknown: boolean;
  /** The nearest taught examples, closest first, at most 8; negatives included. */
  readonly hints: readonly Hint[];
  /** At most three answers that may be meant; empty when sure or clueless. */
  readonly suggestions: readonly Suggestion[];
};

/** What is wanted of a recollection. */
export type RecollectOptions = {
  /**
   * Without hints, which only language models read, a prompt that was taught needs no search at all.
   * Nothing else depends on it. With hints unless told otherwise.
   */
  readonly hints?: boolean;
  /** From which probability on an answer is given. `balanced` unless told otherwise. */
  readonly risk?: Risk;
  /** What the encoder made of the prompt, where it was encoded before; `null`: nothing. */
  readonly vector?: Int8Array | null;
};

/** What a memory makes of a prompt. */
export type Recollect = (prompt: string, options?: RecollectOptions) => Recollection;

export type RecallChange = {
  readonly add: readonly Taught[];
  /** Ids of examples that no longer count. Unknown ids are ignored. */
  readonly remove: readonly string[];
  /** New words of answers, by their ids; `null`: words to be forgotten. Trains nothing. */
  readonly texts?: ReadonlyMap<string, string | null>;
};

/** The instant memory of one workspace. It follows the ledger: every call reflects what was applied. */
export type Recall = {
  readonly recollect: Recollect;
  /** The ids of the active positive examples with the very same prompt, oldest first. */
  taughtAt(prompt: string): readonly string[];
  /** What tells the meaning of prompts here; `null`: words alone decide. */
  readonly encoder: string | null;
  /**
   * Lets the encoder read what will be asked or learned, in one go, so that nobody waits for it
   * afterwards. What was taught in these very words need not be read to be answered.
   */
  prepare(
    prompts: readonly string[],
    purpose: "ask" | "learn",
    signal?: AbortSignal,
  ): Promise<void>;
  /** Whether the encoder was away, so that some examples are still without a meaning. */
  readonly isUnread: boolean;
  /** Learns and forgets at once, without retraining everything. */
  apply(change: RecallChange): void;
  /** Retrains everything in a background thread and swaps the result in. Needs no pause in use. */
  refit(signal?: AbortSignal, progress?: (done: number) => void): Promise<void>;
  /** Everything needed to continue without retraining, as bytes for a file. */
  snapshot(): Uint8Array;
  /** How many examples it holds. */
  readonly size: number;
};
