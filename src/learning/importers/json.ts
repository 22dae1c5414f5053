import { readExport } from "./exports.ts";
import { fieldsAmong, plainName, readRecord } from "./fields.ts";
import { problem, type Found } from "./importer.ts";
import { brokenJson, exampleRow, parseJson } from "./jsonl.ts";
import { countLineEnds } from "./lines.ts";
import { isObject } from "./values.ts";

/** One element of an array or one `"name": value` of an object, as written. */
type Piece = { readonly line: number; readonly source: string };

/**
 * JSON: an array of rows, one row, an object of prompt -> answer, or an object around lists of rows
 * (`{"faq": [...]}`). The text is cut into its elements first, so that each mistake has its line.
 */
export function* readJson(text: string, firstLine = 1): Generator<Found> {
  const start = text.search(/\S/);
  if (start === -1) return;
  const line = firstLine + countLineEnds(text.slice(0, start));
  if (text[start] !== "[" && text[start] !== "{") {
    yield brokenJson(line, text.slice(start, start + 200));
    return;
  }
  const known =
    firstLine === 1 && mayBeExport(text, start) ? readExport(parseJson(text)) : undefined;
  if (known !== undefined) return yield* known;
  const pieces = cut(text, start, line);
  if (!Array.isArray(pieces)) return yield pieces;
  if (text[start] === "[") yield* readArray(pieces);
  else yield* readObject(pieces, text.slice(start), line);
}

/** Lists of rows, which may be long, are not read twice. */
const mayBeExport = (text: string, start: number): boolean =>
  text[start] === "{" ||
  ["FAQPage", '"annotation', '"data"'].some((mark) =>
    text.slice(start, start + 2_000).includes(mark),
  );

function* readArray(pieces: readonly Piece[]): Generator<Found> {
  for (const { source, line } of pieces) {
    const value = parseJson(source);
    if (value === undefined) yield brokenJson(line, source);
    else if (isObject(value)) yield* readRecord(value, line);
    else yield problem(line, "import.json-not-object", { example: exampleRow });
  }
}

function* readObject(pieces: readonly Piece[], whole: string, line: number): Generator<Found> {
  const entries = pieces.map((piece) => ({ ...piece, value: parseJson(`{${piece.source}}`) }));
  const broken = entries.filter(({ value }) => value === undefined);
  if (broken.length > 0) {
    for (const piece of broken) yield brokenJson(piece.line, piece.source);
    return;
  }
  const named = entries.flatMap((entry) =>
    Object.entries(entry.value as Record<string, unknown>).map(([name, value]) => ({
      ...entry,
      name,
      value,
    })),
  );
  const fields = fieldsAmong(named.map(({ name }) => plainName(name)));
  const isRow =
    fields.prompt !== undefined && (fields.answer ?? fields.rejected ?? fields.label) !== undefined;
  const lists = named.filter(({ value }) => Array.isArray(value) && value.some(isObject));
  if (isRow || named.some(({ name }) => name === "messages" || name === "conversations")) {
    yield* readRecord(JSON.parse(whole) as Record<string, unknown>, line);
  } else if (lists.length > 0) {
    for (const { source, line: first } of lists) {
      const colon = endOfString(source, source.indexOf('"'));
      const list = source.indexOf("[", colon);
      yield* readJson(source.slice(list), first + countLineEnds(source.slice(0, list)));
    }
  } else {
    for (const { name, value, line: at } of named) {
      if (typeof value === "string" || value === null)
        yield { line: at, wordings: [name], answer: value };
      else if (typeof value === "number")
        yield { line: at, wordings: [name], answer: String(value) };
      else yield problem(at, "import.field-type", { field: name.slice(0, 40) });
    }
  }
}

/** The elements between the bracket at `start` and its partner, or what is wrong with the brackets. */
function cut(text: string, start: number, firstLine: number): Piece[] | Found {
  const pieces: Piece[] = [];
  const marks = /["[\]{},]|\r\n|\r|\n/g;
  marks.lastIndex = start;
  let depth = 0;
  let line = firstLine;
  let from = start + 1;
  let fromLine = firstLine;
  const take = (end: number): void => {
    const raw = text.slice(from, end);
    const skipped = raw.length - raw.trimStart().length;
    pieces.push({ line: fromLine + countLineEnds(raw.slice(0, skipped)), source: raw.trim() });
    [from, fromLine] = [end + 1, line];
  };
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    const sign = mark[0];
    if (sign === '"') {
      const end = endOfString(text, mark.index);
      if (end === -1) return problem(line, "import.json-unclosed", { mark: '"' });
      marks.lastIndex = end;
    } else if (sign === "[" || sign === "{") depth += 1;
    else if (sign === ",") {
      if (depth === 1) take(mark.index);
    } else if (sign === "]" || sign === "}") {
      depth -= 1;
      if (depth > 0) continue;
      take(mark.index);
      if (pieces.length === 1 && pieces[0]?.source === "") pieces.pop();
      const rest = text.slice(mark.index + 1);
      return rest.trim() === ""
        ? pieces
        : brokenJson(line, text.slice(mark.index, mark.index + 40));
    } else line += 1;
  }
  return problem(firstLine, "import.json-unclosed", { mark: text[start] ?? "" });
}

/** Where a string literal that opens at `start` has ended, or -1. A raw line end breaks it off. */
function endOfString(text: string, start: number): number {
  const stops = /["\\\r\n]/g;
  stops.lastIndex = start + 1;
  for (let stop = stops.exec(text); stop; stop = stops.exec(text)) {
    if (stop[0] === '"') return stops.lastIndex;
    if (stop[0] !== "\\") return -1;
    stops.lastIndex += 1;
  }
  return -1;
}
