import { Readable } from "node:stream";
import { CsvError, parse, type Options } from "csv-parse";
import { parse as parseAtOnce } from "csv-parse/sync";
import { columnsOf, isUsable, namedRecord, type Cell, type Column } from "./columns.ts";
import { plainName, readRecord } from "./fields.ts";
import { problem, type Found } from "./importer.ts";
import { countLineEnds, linesOf } from "./lines.ts";

/** Tabs first: in a text they are rarer than commas, so they win a tie. */
const delimiters = ["\t", ",", ";"] as const;
type Delimiter = (typeof delimiters)[number];

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
export async function* readCsv(text: string): AsyncGenerator<Found> {
  const delimiter = delimiterOf(text);
  let columns: readonly Column[] | undefined;
  let width = 2;
  const lineOf = lineCounter();
  const parser = Readable.from(slicesOf(text)).pipe(
    parse({ ...optionsFor(delimiter), info: true }),
  ) as AsyncIterable<{ record: Cell[]; info: { empty_lines: number } }>;
  try {
    for await (const { record, info } of parser) {
      const line = lineOf(record, info.empty_lines);
      if (columns === undefined) {
        const header = readHeader(record);
        columns = header ?? withoutHeader;
        if (header && !isUsable(header)) {
          return yield problem(line, "import.header", { names: record.join(", ").slice(0, 200) });
        }
        if (header) {
          width = record.length;
          continue;
        }
      }
      if (record.length === width) yield* readRecord(namedRecord(record, columns), line);
      else
        yield problem(line, "import.columns", {
          count: record.length,
          expected: width,
          delimiter: delimiter === "\t" ? "tab" : delimiter,
        });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield quoteProblem(error, text, delimiter);
  }
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
    const header = rows[0] && width > 1 ? readHeader(rows[0]) : undefined;
    const even = rows.filter((row) => row.length === width).length;
    return { delimiter, score: width < 2 ? -1 : (header ? 1000 : width === 2 ? 500 : 0) + even };
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

/** The columns of a first row that names them. */
function readHeader(row: readonly Cell[]): readonly Column[] | undefined {
  const given = row.map((cell) => plainName(cell ?? ""));
  const columns = columnsOf(given);
  if (isUsable(columns)) return columns;
  const known = given.findIndex((name) => telling.has(name));
  if (known === -1) return undefined;
  if (row.length !== 2) return columns;
  const isPrompt = columns.some(({ field, at }) => field === "prompt" && at === known);
  return [
    { field: "prompt", name: "prompt", at: isPrompt ? known : 1 - known },
    { field: "answer", name: "answer", at: isPrompt ? 1 - known : known },
  ];
}

/** Names that make a first row a header even when its other names are unknown. */
const telling = new Set(["prompt", "question", "вопрос", "answer", "ответ"]);

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
