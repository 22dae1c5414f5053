import { promptKey } from "../../storage/prompt-key.ts";
import { placeRows, type KnownClusters } from "./clusters.ts";
import type {
  Attestation,
  CandidateRow,
  DatasetCounts,
  DatasetRow,
  LeftOutReason,
} from "./dataset.ts";
import { countEligibility } from "./eligibility.ts";
import { findIn, type Findings } from "./findings.ts";
import { preferencePairs } from "./preference-pairs.ts";

/** A version before it is written. */
export type Draft = {
  readonly rows: readonly DatasetRow[];
  readonly clusters: KnownClusters;
  readonly counts: DatasetCounts;
  readonly eligibility: Readonly<Record<string, number>>;
  readonly findings: Findings;
};

export type DraftOptions = {
  readonly candidates: readonly CandidateRow[];
  /** The ids of rows that must not be in it. */
  readonly retracted: ReadonlySet<string>;
  readonly known: KnownClusters;
  readonly salt: string;
  readonly attestation: Attestation | null;
  readonly signal?: AbortSignal;
};

/**
 * Makes a version out of candidates: without what was retracted, what says the same twice, and what
 * contradicts itself; in clusters and splits; sorted by id. Throws `cancelled`.
 */
export async function putTogether(options: DraftOptions): Promise<Draft> {
  const candidates = options.candidates.toSorted((first, second) =>
    first.id < second.id ? -1 : first.id > second.id ? 1 : 0,
  );
  const standing = candidates.filter((row) => !options.retracted.has(row.id));
  const keys = new Map(standing.map((row) => [row.id, promptKey(row.prompt)]));
  const keyOf = (row: CandidateRow): string => keys.get(row.id)!;
  const { distinct, duplicates } = withoutDuplicates(standing, keyOf);
  const { consistent, contradictory } = withoutContradictions(distinct, keyOf);
  const placed = await placeRows(consistent, keyOf, options.known, options.salt, options.signal);
  const leftOut = { duplicates, contradictory, between: placed.between };
  const { rows } = placed;
  return {
    rows,
    clusters: placed.clusters,
    counts: countsOf(rows, keyOf, {
      retracted: candidates.length - standing.length,
      duplicate: duplicates.length,
      contradictory: contradictory.length,
      "between-splits": placed.between.length,
    }),
    eligibility: countEligibility(rows, options.attestation),
    findings: findIn(rows, keyOf, leftOut, placed.leaks),
  };
}

type KeyOf = (row: CandidateRow) => string;

/** What a row says, whatever the prompt's upper case, spaces and punctuation. */
const saying = (row: CandidateRow, keyOf: KeyOf): string =>
  `${keyOf(row)}\n${row.answer === null ? "" : `=${row.answer.trim()}`}`;

/** The first of the rows that say the same with the same label stays. */
function withoutDuplicates(rows: readonly CandidateRow[], keyOf: KeyOf) {
  const seen = new Set<string>();
  const distinct: CandidateRow[] = [];
  const duplicates: CandidateRow[] = [];
  for (const row of rows) {
    const key = `${row.label} ${saying(row, keyOf)}`;
    (seen.has(key) ? duplicates : distinct).push(row);
    seen.add(key);
  }
  return { distinct, duplicates };
}

/** An answer that is both wanted and unwanted teaches nothing: both rows go. */
function withoutContradictions(rows: readonly CandidateRow[], keyOf: KeyOf) {
  const unwanted = new Set(
    rows.filter((row) => row.label === "negative").map((row) => saying(row, keyOf)),
  );
  const both = new Set(
    rows
      .filter((row) => row.label === "positive" && unwanted.size > 0)
      .map((row) => saying(row, keyOf))
      .filter((said) => unwanted.has(said)),
  );
  const isContradictory = (row: CandidateRow) => both.size > 0 && both.has(saying(row, keyOf));
  return {
    consistent: rows.filter((row) => !isContradictory(row)),
    contradictory: rows.filter(isContradictory),
  };
}

function countsOf(
  rows: readonly DatasetRow[],
  keyOf: KeyOf,
  leftOut: Readonly<Record<LeftOutReason, number>>,
): DatasetCounts {
  const count = (holds: (row: DatasetRow) => boolean) => rows.filter(holds).length;
  return {
    rows: rows.length,
    positive: count((row) => row.label === "positive"),
    negative: count((row) => row.label === "negative"),
    unknown: count((row) => row.answer === null),
    pairs: [...preferencePairs(rows, keyOf)].length,
    clusters: new Set(rows.map((row) => row.cluster)).size,
    splits: {
      train: count((row) => row.split === "train"),
      validation: count((row) => row.split === "validation"),
      test: count((row) => row.split === "test"),
    },
    leftOut,
  };
}
