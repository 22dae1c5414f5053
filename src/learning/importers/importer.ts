import type { Label } from "../../core/example.ts";
import type { TextKey } from "../../texts/en.ts";
import type { TextValues } from "../../texts/say.ts";
import type { GuessedEncoding } from "./guess-encoding.ts";
import type { Lesson } from "../teaching.ts";

/** What a number counts, and where, when it is not a line of the file itself. */
export type Place = {
  readonly unit: "line" | "row" | "paragraph" | "page";
  readonly sheet?: string;
  /** The file, of an archive. */
  readonly file?: string;
};

/** One mistake in a file, at its line. The words are chosen when it is shown. */
export type ImportProblem = {
  /** Where the row starts, counted from 1. */
  readonly line: number;
  readonly place?: Place;
  readonly key: TextKey;
  readonly values: TextValues;
  /** The columns of a table of which somebody has to say which is what. */
  readonly columns?: readonly string[];
};

/** A part of a file that teaches nothing, at its line, with the reason. */
export type LeftOut = {
  readonly line: number;
  readonly place?: Place;
  readonly leftOut: TextKey;
  readonly values: TextValues;
};

/** One answer of a file with every question the file gives it to. */
export type ImportItem = Omit<Row, "label"> & {
  readonly label: Label;
  /** The file itself put these wordings together. */
  readonly declared: boolean;
};

export type Imported = {
  /** Empty when there is a problem: nothing is half-imported. */
  readonly items: readonly ImportItem[];
  /** The items as one lesson per wording. */
  readonly lessons: readonly Lesson[];
  /** The first 20 mistakes, in the order of the file. */
  readonly problems: readonly ImportProblem[];
  /** How many mistakes there are in all. */
  readonly problemCount: number;
  /** The first 100 parts that teach nothing, in the order of the file. */
  readonly leftOut: readonly LeftOut[];
  /** How many parts teach nothing in all. */
  readonly leftOutCount: number;
  /** What the file was taken to be written in, when it does not say so and is not UTF-8. */
  readonly encoding?: GuessedEncoding;
};

export const textFormats = ["csv", "jsonl", "json", "txt", "md", "yaml"] as const;
export type TextFormat = (typeof textFormats)[number];
const documentFormats = ["xlsx", "ods", "docx", "odt", "html", "pdf"] as const;
export type DocumentFormat = (typeof documentFormats)[number];
export const importFormats = [...textFormats, ...documentFormats] as const;
export type ImportFormat = (typeof importFormats)[number];

/** An answer with its questions, as a file gives it: not yet checked. */
export type Row = {
  readonly line: number;
  readonly place?: Place;
  /** The name of the row in its file, where it has one. */
  readonly id?: string;
  /** At least one; the first names the row. */
  readonly wordings: readonly string[];
  /** `null`: the right answer is to say that it is not known. */
  readonly answer: string | null;
  /** Without one, the label that the whole file was given. */
  readonly label?: Label;
  /** An answer not to be given: it becomes a negative lesson of its own. */
  readonly rejected?: string;
  /** What the file says about the language, e.g. `en`. */
  readonly language?: string;
  readonly tags?: readonly string[];
};

/** What the reader of one format finds in a text, in the order of the file. */
export type Found = Row | ImportProblem | LeftOut;
export type Reader = (
  text: string,
  columns?: ImportColumns,
) => Iterable<Found> | AsyncIterable<Found>;

export const importColumns = ["question", "answer", "alternatives", "language", "tags"] as const;

/** Which columns of a table hold what, by their names, as a person says it. */
export type ImportColumns = { readonly [name in (typeof importColumns)[number]]?: string };

/** A part that teaches nothing. */
export const leaveOut = (line: number, key: TextKey, values: TextValues = {}): LeftOut => ({
  line,
  leftOut: key,
  values,
});

/** A table that does not tell which of its columns is what. `names`: its first row. */
export const unsureColumns = (line: number, names: readonly (string | null)[]): ImportProblem => ({
  ...problem(line, "import.header", { names: namesIn(names).join(", ").slice(0, 200) }),
  columns: namesIn(names),
});

/** A table without a column that somebody named. */
export const missingColumn = (
  line: number,
  name: string,
  names: readonly (string | null)[],
): ImportProblem => ({
  ...problem(line, "import.no-column", {
    name: name.slice(0, 80),
    names: namesIn(names).join(", ").slice(0, 200),
  }),
  columns: namesIn(names),
});

/** More columns are not offered. */
const columnsShown = 100;

const namesIn = (names: readonly (string | null)[]): string[] => [
  ...new Set(
    names
      .map((name) => (name ?? "").trim().slice(0, 100))
      .filter((name) => name !== "")
      .slice(0, columnsShown),
  ),
];

/** A mistake at a line. */
export const problem = (line: number, key: TextKey, values: TextValues = {}): ImportProblem => ({
  line,
  key,
  values,
});
