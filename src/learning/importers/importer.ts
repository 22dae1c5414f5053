import type { Label } from "../../core/example.ts";
import type { TextKey } from "../../texts/en.ts";
import type { TextValues } from "../../texts/say.ts";
import type { Lesson } from "../teaching.ts";

/** One mistake in a file, at its line. The words are chosen when it is shown. */
export type ImportProblem = {
  /** Where the row starts, counted from 1. */
  readonly line: number;
  readonly key: TextKey;
  readonly values: TextValues;
};

export type Imported = {
  /** Empty when there is a problem: nothing is half-imported. */
  readonly lessons: readonly Lesson[];
  /** The first 20 mistakes, in the order of the file. */
  readonly problems: readonly ImportProblem[];
  /** How many mistakes there are in all. */
  readonly problemCount: number;
};

export const importFormats = ["csv", "jsonl", "json", "txt", "md"] as const;
export type ImportFormat = (typeof importFormats)[number];

/** A question with its answer, as a file says it: not yet judged. */
export type Row = {
  readonly line: number;
  readonly prompt: string;
  /** `null`: the right answer is to say that it is not known. */
  readonly answer: string | null;
  /** Without one, the label that the whole file was given. */
  readonly label?: Label;
  /** An answer not to be given: it becomes a negative lesson of its own. */
  readonly rejected?: string;
  readonly tags?: readonly string[];
};

/** What the reader of one format finds in a text, in the order of the file. */
export type Found = Row | ImportProblem;
export type Reader = (text: string) => Iterable<Found> | AsyncIterable<Found>;

/** A mistake at a line. */
export const problem = (line: number, key: TextKey, values: TextValues = {}): ImportProblem => ({
  line,
  key,
  values,
});
