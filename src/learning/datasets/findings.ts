import { labels } from "../../core/example.ts";
import { holdsCanary } from "./canary.ts";
import type { CandidateRow, DatasetRow, Split } from "./dataset.ts";
import { privateData, privateKinds, type PrivateKind } from "./private-data.ts";

/** How often something was found, and the ids of the first 20 rows. */
export type Finding = { readonly count: number; readonly rows: readonly string[] };

/** What was found in the rows of a version: `report.json`. */
export type Findings = {
  /** Rows left out because an earlier one says the same. */
  readonly duplicates: Finding;
  /** Rows whose prompt is nearly, but not quite, the prompt of another row. */
  readonly nearDuplicates: Finding;
  /** Rows that answer the same prompt in different ways. */
  readonly conflicts: Finding;
  /** Rows left out because the same answer is both wanted and unwanted. */
  readonly contradictory: Finding;
  /** Rows left out because they resemble rows of two splits. */
  readonly betweenSplits: Finding;
  /**
   * Pairs of prompts that are nearly the same and stand in different splits, and rows that hold the mark
   * of a test part.
   */
  readonly leakage: number;
  readonly privateData: Readonly<Record<PrivateKind, Finding>>;
  /** Rows longer than most trainers take. */
  readonly tooLong: Finding;
  readonly labels: Readonly<Record<string, number>>;
  readonly languages: Readonly<Record<string, number>>;
  /** What makes training or testing doubtful. */
  readonly warnings: readonly Warning[];
};

export const warnings = [
  "few-rows",
  "one-answer",
  "all-negative",
  "no-negatives",
  "empty-train",
  "empty-test",
] as const;
export type Warning = (typeof warnings)[number];

const idsShown = 20;
const fewRows = 10;
/** Characters of prompt and answer together: about 2,000 tokens of English. */
const longestRow = 8_000;

/** Rows that were left out while a version was put together. */
export type LeftOut = {
  readonly duplicates: readonly CandidateRow[];
  readonly contradictory: readonly CandidateRow[];
  readonly between: readonly CandidateRow[];
};

/** Looks through the rows of a version; rows with the same `keyOf` ask the same. */
export function findIn(
  rows: readonly DatasetRow[],
  keyOf: (row: DatasetRow) => string,
  leftOut: LeftOut,
  leakage: number,
): Findings {
  const byPrompt = Map.groupBy(rows, keyOf);
  const promptsOfCluster = new Map<string, Set<string>>();
  for (const [prompt, alike] of byPrompt) {
    const { cluster } = alike[0]!;
    promptsOfCluster.set(cluster, (promptsOfCluster.get(cluster) ?? new Set()).add(prompt));
  }
  const conflicting = [...byPrompt.values()].flatMap((alike) => {
    const wanted = alike.filter((row) => row.label === "positive");
    return new Set(wanted.map((row) => row.answer)).size > 1 ? wanted : [];
  });
  const kinds = new Map(rows.map((row) => [row.id, privateData(textOf(row))]));
  const withKind = (kind: PrivateKind) => rows.filter((row) => kinds.get(row.id)!.includes(kind));
  return {
    duplicates: finding(leftOut.duplicates),
    nearDuplicates: finding(rows.filter((row) => promptsOfCluster.get(row.cluster)!.size > 1)),
    conflicts: finding(conflicting),
    contradictory: finding(leftOut.contradictory),
    betweenSplits: finding(leftOut.between),
    leakage: leakage + straddling(rows) + rows.filter((row) => holdsCanary(textOf(row))).length,
    privateData: Object.fromEntries(
      privateKinds.map((kind) => [kind, finding(withKind(kind))]),
    ) as Record<PrivateKind, Finding>,
    tooLong: finding(rows.filter((row) => textOf(row).length > longestRow)),
    labels: countBy(labels, rows, (row) => row.label),
    languages: countBy([], rows, (row) => row.language ?? "none"),
    warnings: warningsFor(rows),
  };
}

const textOf = (row: CandidateRow): string => `${row.prompt}\n${row.answer ?? ""}`;

const finding = (rows: readonly CandidateRow[]): Finding => ({
  count: rows.length,
  rows: rows.slice(0, idsShown).map((row) => row.id),
});

/** How many clusters lie in more than one split: none, unless a file was changed by hand. */
function straddling(rows: readonly DatasetRow[]): number {
  const splitOfCluster = new Map<string, string>();
  const broken = new Set<string>();
  for (const { cluster, split } of rows) {
    const first = splitOfCluster.get(cluster) ?? split;
    splitOfCluster.set(cluster, first);
    if (first !== split) broken.add(cluster);
  }
  return broken.size;
}

function countBy(
  expected: readonly string[],
  rows: readonly DatasetRow[],
  of: (row: DatasetRow) => string,
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = Object.fromEntries(expected.map((name) => [name, 0]));
  for (const row of rows) counts[of(row)] = (counts[of(row)] ?? 0) + 1;
  return counts;
}

function warningsFor(rows: readonly DatasetRow[]): readonly Warning[] {
  const positive = rows.filter((row) => row.label === "positive");
  const size = (split: Split) => rows.filter((row) => row.split === split).length;
  const holds: Readonly<Record<Warning, boolean>> = {
    "few-rows": rows.length < fewRows,
    "one-answer": positive.length > 1 && new Set(positive.map((row) => row.answer)).size === 1,
    "all-negative": positive.length === 0,
    "no-negatives": positive.length === rows.length,
    "empty-train": size("train") === 0,
    "empty-test": size("test") === 0,
  };
  return warnings.filter((warning) => holds[warning]);
}
