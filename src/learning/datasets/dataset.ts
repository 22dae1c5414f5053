import type { Consent, ExampleSource, Label } from "../../core/example.ts";
import type { Language } from "../../core/language.ts";

/** The parts of a version: to learn from, to tune with, to judge by. */
export const splits = ["train", "validation", "test"] as const;
export type Split = (typeof splits)[number];

/** Which version of which dataset; versions are numbered from 1. */
export type DatasetPlace = {
  readonly workspace: string;
  readonly name: string;
  readonly version: number;
};

/** One row before it has a place in a version. */
export type CandidateRow = {
  /** The example's id, or `f_` and 24 hexadecimal digits for a row of a file: a hash of its content. */
  readonly id: string;
  readonly prompt: string;
  /** `null`: the right answer is to say that it is not known. */
  readonly answer: string | null;
  readonly label: Label;
  readonly language: Language | null;
  readonly tags: readonly string[];
  readonly source: ExampleSource | "file";
  /** Where the words came from, as recorded; what is not a known origin may not train weights. */
  readonly origin: string;
  /** A pseudonym: the same person has the same one in every version of a workspace. */
  readonly author: string;
  readonly consent: Consent | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of a taught row: which answer it is, and the number of the version that it holds. */
  readonly answerId?: string | null;
  readonly answerVersion?: number;
  /** It answers these very words alone. */
  readonly reach?: "exact";
};

/** One row of a version, a line of `rows.jsonl`. */
export type DatasetRow = CandidateRow & {
  /** Rows whose prompts are nearly the same share one; it never changes from version to version. */
  readonly cluster: string;
  readonly split: Split;
};

/** Where the rows of a dataset come from when its next version is built. */
export type DatasetSource =
  | { readonly kind: "taught" }
  | { readonly kind: "library"; readonly path: string; readonly label: Label }
  | { readonly kind: "attached"; readonly files: readonly string[]; readonly label: Label };

/** Somebody's word that the rows from console, command line and files may train a model. */
export type Attestation = { readonly by: string; readonly at: string };

/** Why a row is not in a version. */
export const leftOutReasons = [
  "retracted",
  "duplicate",
  "contradictory",
  "between-splits",
] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

export type DatasetCounts = {
  readonly rows: number;
  readonly positive: number;
  readonly negative: number;
  /** Rows whose right answer is to say that it is not known. */
  readonly unknown: number;
  /** Preference pairs: a positive and a negative row with the same prompt. */
  readonly pairs: number;
  readonly clusters: number;
  readonly splits: Readonly<Record<Split, number>>;
  readonly leftOut: Readonly<Record<LeftOutReason, number>>;
};

/** What a version is and how it came to be: `manifest.json`. */
export type Manifest = {
  readonly format: 1;
  readonly workspace: string;
  readonly name: string;
  readonly version: number;
  readonly parent: number | null;
  /** ISO 8601. */
  readonly createdAt: string;
  /** The id of the person who had it built. */
  readonly author: string;
  readonly reason: string;
  readonly source: DatasetSource;
  readonly attestation: Attestation | null;
  readonly splitSalt: string;
  readonly counts: DatasetCounts;
  /** How many rows may train model weights (`allowed`), and how many may not, by reason. */
  readonly eligibility: Readonly<Record<string, number>>;
  /** Every other file of the version when it was made. */
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;
};
