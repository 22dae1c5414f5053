/** An answer to be judged. */
export type Judged = {
  readonly prompt: string;
  /** The right answer; for some graders a pattern of it. */
  readonly expected: string;
  readonly answer: string;
};

/**
 * Says whether an answer is right; `null` when it cannot tell. Throws `test-grader` for an expected
 * answer that it cannot work with.
 */
export type Grader = (
  judged: Judged,
  signal?: AbortSignal,
) => boolean | null | Promise<boolean | null>;

export const graderNames = [
  "exact",
  "normalised",
  "contains",
  "regex",
  "schema",
  "similarity",
  "judge",
] as const;
export type GraderName = (typeof graderNames)[number];
