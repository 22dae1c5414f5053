import type { ExampleRow } from "../example-rows.ts";
import type { Mismatch } from "../mismatches.ts";
import type { Query } from "../query.ts";
import type { Schema } from "../schema.ts";
import type { View } from "./rows.ts";
import type { Knowledge } from "./state.ts";

/** Rows that an act brings along. What becomes of them is decided by what the act adds up to. */
export type FreshRows = {
  readonly answers?: readonly Schema["answer"][];
  readonly versions?: readonly Schema["answer_version"][];
  readonly wordings?: readonly ExampleRow[];
  readonly proposals?: readonly Schema["proposal"][];
  /** How likely each question that it opens is answered with "there too". */
  readonly guesses?: ReadonlyMap<string, number>;
};

/** A change of a workspace's knowledge that is about to be stored. */
export type Writing = {
  readonly query: Query;
  readonly workspace: string;
  readonly actionId: string;
  /** Which act an entry belongs to, where it is not this one's. */
  readonly actOf?: (id: string) => string | undefined;
  readonly before: View;
  readonly after: Knowledge;
  readonly fresh?: FreshRows;
  /** The questions that the act is about, by key. */
  readonly prompts?: ReadonlyMap<string, string>;
  /** The end of the ledger before it. */
  readonly position: number;
};

/** What was stored: the new end of the ledger, and what a memory has to take over. */
export type Written = {
  readonly position: number;
  /** Rows that count now and did not, or that say something else, as they are by now. */
  readonly added: readonly ExampleRow[];
  /** Ids of rows that counted before and do not, or say something else now. */
  readonly removed: readonly string[];
  readonly mismatches: {
    readonly added: readonly Mismatch[];
    readonly removed: readonly string[];
  };
  /** The new words of answers. */
  readonly texts: ReadonlyMap<string, string | null>;
  /** Ids of rows that were taken back, wait again, or are answered in other words. */
  readonly outcome: {
    readonly retracted: readonly string[];
    readonly pending: readonly string[];
    readonly reworded: readonly string[];
  };
};
