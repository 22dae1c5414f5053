import type { ErrorCode, ErrorValues } from "../../core/errors.ts";

/** Questions that both were asked: the candidate, and what answers now. */
export type SuiteEvidence = {
  readonly asked: number;
  readonly right: number;
  /** What answers now got so many right. */
  readonly baselineRight: number;
  /** Only the candidate got so many wrong. */
  readonly lost: number;
  /** Some of those. */
  readonly examples: readonly {
    readonly prompt: string;
    readonly expected: string | null;
    readonly answered: string | null;
  }[];
};

/** A test split that both were tested with, without having seen it. */
export type TestEvidence = {
  /** `name@version` of the dataset. */
  readonly what: string;
  readonly evaluationId: string;
  readonly baselineEvaluationId: string;
  /** Rows that were judged for both. */
  readonly rows: number;
  readonly right: number;
  readonly baselineRight: number;
  /** Rows that only the candidate got right, and that only it got wrong. */
  readonly wins: number;
  readonly losses: number;
  /** Two-sided exact McNemar. */
  readonly p: number;
};

/** Why something could not be found out. */
export type Missing = { readonly code: ErrorCode; readonly values: ErrorValues };
export type Found<Evidence> = { readonly found: Evidence } | { readonly missing: Missing };

/** Everything the gate decides by. */
export type GateEvidence = {
  /** What answers now: `recall`, or a version like `v2`. */
  readonly against: string;
  /** Every standing correction, as it would be answered: in its own words, and in others. */
  readonly taught: Found<{ readonly verbatim: SuiteEvidence; readonly variants: SuiteEvidence }>;
  /** Questions like those that were corrected but with other answers, and others that were taught. */
  readonly nearMisses: Found<SuiteEvidence>;
  /** The test split of the candidate's dataset. */
  readonly test: Found<TestEvidence>;
  /** The test split of the live version's dataset, where that is another one. */
  readonly liveTest: Found<TestEvidence | null>;
  /** Rows of the test split that the training has seen. */
  readonly leakage: Found<{ readonly checked: number; readonly leaked: readonly string[] }>;
  /** Files of the dataset version and of the artefact that are not what was recorded. */
  readonly hashes: Found<{ readonly damaged: readonly string[] }>;
  /** Until its provider ends it; `null`: no end is known. */
  readonly sunset: { readonly date: string | null; readonly daysLeft: number | null };
};
