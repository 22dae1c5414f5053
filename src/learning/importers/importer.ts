import type { Lesson } from "../teaching.ts";

/** One mistake in a file, at its line. */
export type ImportProblem = {
  /** Counted from 1. */
  readonly line: number;
  readonly problem: string;
};

export type Imported = {
  readonly lessons: readonly Lesson[];
  /** All mistakes found (at most 20). When there is one, nothing may be taught. */
  readonly problems: readonly ImportProblem[];
};

export const importFormats = ["csv", "jsonl", "json", "txt", "md"] as const;
export type ImportFormat = (typeof importFormats)[number];
