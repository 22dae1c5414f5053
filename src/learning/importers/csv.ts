import { Readable } from "node:stream";
import { CsvError, parse, type Options } from "csv-parse";
import { parse as parseAtOnce } from "csv-parse/sync";
import type { Cell } from "./cell.ts";
import { namedRecord, type Column } from "./columns.ts";
import { readRecord } from "./fields.ts";
import { chosenIn, headerOf, type Choices } from "./headers.ts";
import {
  missingColumn,
  problem,
  unsureColumns,
  type Found,
  type ImportColumns,
} from "./importer.ts";
import { countLineEnds, linesOf } from "./lines.ts";

/** Tabs first: in a text they are rarer than commas, so they win a tie. */
const delimiters = ["\t", ",", ";"] as const;
type Delimiter = (typeof delimiters)[number];

/** A file of two columns may go without names. */
const withoutHeader: readonly Column[] = [
  { field: "prompt", name: "prompt", at: 0 },
  { field: "answer", name: "answer", at: 1 },
];

/** How much of the text the parser gets at a time, in UTF-16 units. */
const sliceLength = 65_536;

/**
 * CSV and TSV (RFC 4180, with `,` `;` or tab): columns by the names in the first row, or without
 * such a row prompt and answer. Quoted cells may hold line ends; a row's line is where it starts.
 */
export async function* readCsv(source: string, given?: ImportColumns): AsyncGenerator<Found> {
  const { text, named } = withoutSeparatorLine(source);
  const delimiter = named ?? delimiterOf(text);
  let read: ((row: readonly Cell[], line: number) => Iterable<Found>) | undefined;
  const lineOf = lineCounter();
  const parser = Readable.from(slicesOf(text)).pipe(
    parse({ ...optionsFor(delimiter), info: true }),
  ) as AsyncIterable<{ record: Cell[]; info: { empty_lines: number } }>;
  try {
    for await (const { record, info } of parser) {
      const line = lineOf(record, info.empty_lines);
      if (record.every((cell) => cell?.trim() === "")) continue;
      if (read) {
        yield* read(record, line);
        continue;
      }
      const sample = firstRows(text.slice(0, 4 * sliceLength), delimiter);
      const below = sample.filter((row) => row.some((cell) => cell?.trim() !== ""));
      const header = headerOf(below.length > 0 ? below : [record], given);
      if (header.kind === "tickets") return yield problem(line, "import.tickets");
      if (header.kind === "unsure") return yield unsureColumns(line, record);
      if (header.kind === "missing") return yield missingColumn(line, header.name, record);
      if (header.kind === "choices") read = (row, at) => readChoice(row, header.choices, at);
      else {
        const columns = header.kind === "none" ? withoutHeader : header.columns;
        const shape = { columns, width: record.length, delimiter };
        read = (row, at) => readRow(row, shape, at);
        if (header.kind === "none") yield* read(record, line);
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield quoteProblem(error, text, delimiter);
  }
}

type Shape = {
  readonly columns: readonly Column[];
  readonly width: number;
  readonly delimiter: Delimiter;
};

/** A row may lack cells at its end, and have blank ones too many, as spreadsheets write them. */
function* readRow(
  row: readonly Cell[],
  { columns, width, delimiter }: Shape,
  line: number,
): Generator<Found> {
  const filled = 1 + row.findLastIndex((cell) => cell?.trim() !== "");
  const needed = columns.filter(({ field }) => field === "prompt" || field === "answer");
  if (filled > width || needed.some(({ at }) => at >= row.length)) {
    yield problem(line, "import.columns", {
      count: row.length,
      expected: width,
      delimiter: delimiter === "\t" ? "tab" : delimiter,
    });
  } else yield* readRecord(namedRecord(row, columns), line);
}

function* readChoice(row: readonly Cell[], choices: Choices, line: number): Generator<Found> {
  const answer = chosenIn(row, choices);
  if (answer === undefined) yield problem(line, "import.choice");
  else yield { line, wordings: [row[choices.question] ?? ""], answer };
}

/** `sep=;` in a first line, as spreadsheets write it, names the delimiter. */
function withoutSeparatorLine(text: string): { text: string; named?: Delimiter } {
  const line = /^\uFEFF?"?sep=([\t,;])"?[ \t]*(?=\r|\n)/i.exec(text);
  if (!line) return { text };
  // The line end stays, so that lines keep their numbers.
  return { text: text.slice(line[0].length), named: line[1] as Delimiter };
}

const optionsFor = (delimiter: Delimiter): Options => ({
  delimiter,
  record_delimiter: ["\r\n", "\n", "\r"],
  relax_column_count: true,
  skip_empty_lines: true,
  cast: (value, { quoting }) => (value === "null" && !quoting ? null : value),
});

function* slicesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    let end = start + sliceLength;
    // A pair of surrogates cut in two would not survive the parser's conversion to bytes.
    if (/[\ud800-\udbff]/.test(text[end - 1] ?? "")) end += 1;
    yield text.slice(start, end);
    start = end;
  }
}

/**
 * The delimiter of a text: the one that splits a first row of known names, else the one with which
 * most of the first rows have as many cells as the first: best two, and never one.
 */
function delimiterOf(text: string): Delimiter {
  const sample = text.slice(0, 4 * sliceLength);
  const scores = delimiters.map((delimiter) => {
    const rows = firstRows(sample, delimiter);
    const width = rows[0]?.length ?? 0;
    const header = rows[0] && width > 1 ? headerOf(rows, undefined).kind : "none";
    const isNamed = header === "columns" || header === "choices";
    const even = rows.filter((row) => row.length === width).length;
    return { delimiter, score: width < 2 ? -1 : (isNamed ? 1000 : width === 2 ? 500 : 0) + even };
  });
  return scores.reduce((best, other) => (other.score > best.score ? other : best)).delimiter;
}

function firstRows(sample: string, delimiter: Delimiter): Cell[][] {
  const rows: Cell[][] = [];
  try {
    parseAtOnce(sample, {
      ...optionsFor(delimiter),
      to: 50,
      onRecord: (row: Cell[]) => (rows.push(row), null),
    });
  } catch {
    // A broken or cut off row ends the sample; the rows before it are what counts.
  }
  return rows;
}

/**
 * Tells in which line each record starts, given them all in order with the number of blank lines
 * skipped so far. (The parser's own count takes a CRLF inside quotes for two line ends.)
 */
function lineCounter(): (record: readonly Cell[], blankLines: number) => number {
  let next = 1;
  let blankBefore = 0;
  return (record, blankLines) => {
    const line = next + blankLines - blankBefore;
    blankBefore = blankLines;
    next = line + 1 + record.reduce((sum, cell) => sum + countLineEnds(cell ?? ""), 0);
    return line;
  };
}

/** What is wrong with the quotes, at the start of the first row that is not whole. */
function quoteProblem(error: CsvError, text: string, delimiter: Delimiter): Found {
  const lineOf = lineCounter();
  let last: { record: Cell[]; line: number } = { record: [], line: 0 };
  const onRecord = (record: Cell[], { empty_lines }: { empty_lines: number }): null => {
    last = { record, line: lineOf(record, empty_lines) };
    return null;
  };
  try {
    parseAtOnce(text, { ...optionsFor(delimiter), onRecord });
  } catch {
    // The same error again: only the rows before it matter here.
  }
  const end = last.line + last.record.reduce((sum, cell) => sum + countLineEnds(cell ?? ""), 0);
  const start = linesOf(text).find(({ number, text: line }) => number > end && line.trim() !== "");
  const key = error.code === "CSV_QUOTE_NOT_CLOSED" ? "import.quote-open" : "import.quote-stray";
  return problem(start?.number ?? end + 1, key);
}
