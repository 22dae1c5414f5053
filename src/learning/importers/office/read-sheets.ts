import type { Cell } from "../cell.ts";
import { namedRecord, type Column } from "../columns.ts";
import { readRecord } from "../fields.ts";
import { chosenIn, headerOf, type Choices, type Header } from "../headers.ts";
import {
  leaveOut,
  missingColumn,
  problem,
  unsureColumns,
  type Found,
  type ImportColumns,
} from "../importer.ts";
import type { Merge, Sheet, SheetRow } from "./sheet.ts";

/** A header stands in one of so many first rows; above it are titles. */
const rowsAbove = 10;
/** How many rows below a header tell what its columns hold. */
const evidence = 50;

/**
 * The rows of a workbook's sheets. Sheets that teach nothing are left out by name, unless none
 * teaches anything: then each says why. `given`: columns that a person named.
 */
export async function* readSheets(
  sheets: AsyncIterable<Sheet> | Iterable<Sheet>,
  given: ImportColumns | undefined,
): AsyncGenerator<Found> {
  const untold: { readonly sheet: Sheet; readonly why: Found }[] = [];
  let count = 0;
  let isTaught = false;
  for await (const sheet of sheets) {
    count += 1;
    const place = { unit: "row", sheet: sheet.name } as const;
    if (sheet.isHidden) {
      yield { ...leaveOut(1, "import.left-hidden-sheet", { sheet: sheet.name }), place };
      continue;
    }
    if (sheet.rows.length === 0) continue;
    const plan = planOf(sheet, given);
    if ("key" in plan) untold.push({ sheet, why: { ...plan, place } });
    else {
      isTaught = true;
      for (const found of rowsOf(sheet, plan)) yield { ...found, place };
    }
  }
  for (const { sheet, why } of untold) {
    const place = { unit: "row", sheet: sheet.name } as const;
    yield isTaught && count > 1
      ? { ...leaveOut(why.line, "import.left-sheet", { sheet: sheet.name }), place }
      : why;
  }
}

/** Where a table starts and what its columns hold. */
type Plan = {
  /** Titles above the header. */
  readonly above: readonly SheetRow[];
  readonly below: readonly SheetRow[];
  readonly header: Extract<Header, { kind: "columns" | "choices" }>;
  /** The same table in further languages: columns that stand so far to the right. */
  readonly beside: readonly { readonly shift: number; readonly language?: string }[];
};

const bare: readonly Column[] = [
  { field: "prompt", name: "prompt", at: 0 },
  { field: "answer", name: "answer", at: 1 },
];

function planOf(sheet: Sheet, given: ImportColumns | undefined): Plan | (Found & { key: unknown }) {
  const rows = withoutBlankColumns(sheet);
  const isNamed = given !== undefined && Object.keys(given).length > 0;
  let unsure: Header | undefined;
  for (const [at, row] of rows.rows.slice(0, rowsAbove).entries()) {
    const header = headerOf([row.cells], given);
    if (header.kind === "columns" || header.kind === "choices")
      return planBelow(rows, at, header) ?? notTold(row);
    if (header.kind === "tickets") return problem(row.number, "import.tickets");
    unsure ??= header.kind === "missing" || header.kind === "unsure" ? header : undefined;
  }
  const start = rows.rows.findIndex(({ cells }) => cells.filter(isFilled).length > 1);
  const first = rows.rows[Math.max(start, 0)]!;
  if (isNamed) {
    return unsure?.kind === "missing"
      ? missingColumn(first.number, unsure.name, first.cells)
      : notTold(first);
  }
  if (start === -1) return notTold(first);
  const below = rows.rows.slice(start);
  const header = headerOf(
    below.slice(0, evidence).map(({ cells }) => cells),
    undefined,
  );
  if (header.kind === "columns" || header.kind === "choices")
    return planBelow(rows, start, header) ?? notTold(first);
  const width = below.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  if (header.kind !== "none" || width !== 2) return notTold(first);
  return {
    above: rows.rows.slice(0, start),
    below,
    header: { kind: "columns", columns: bare },
    beside: [{ shift: 0 }],
  };
}

const notTold = ({ number, cells }: SheetRow): Found & { key: unknown } =>
  unsureColumns(number, cells);

const isFilled = (cell: Cell): boolean => (cell ?? "").trim() !== "";

type Rows = { readonly rows: readonly SheetRow[]; readonly merges: readonly Merge[] };

/** Tables rarely start in the first column, and the word `null` alone is no answer. */
function withoutBlankColumns({ rows, merges }: Rows): Rows {
  const used = new Set<number>();
  for (const { cells } of rows)
    for (const [at, cell] of cells.entries()) if (isFilled(cell)) used.add(at);
  for (const { left, right } of merges)
    if (used.has(left)) for (let at = left; at <= right && at < 256; at += 1) used.add(at);
  const kept = [...used].toSorted((a, b) => a - b);
  const placeOf = new Map(kept.map((column, at) => [column, at]));
  return {
    rows: rows.map(({ number, cells }) => {
      const own = kept.map((column) => cells[column] ?? "");
      const last = own.findLastIndex(isFilled);
      return {
        number,
        cells: own.slice(0, last + 1).map((cell) => (cell.trim() === "null" ? null : cell)),
      };
    }),
    merges: merges.flatMap((merge) => {
      const left = placeOf.get(merge.left);
      const right = placeOf.get(Math.min(merge.right, 255));
      return left === undefined || right === undefined ? [] : [{ ...merge, left, right }];
    }),
  };
}

/** The table below a header; `undefined` when cells merged in the header make its columns unclear. */
function planBelow({ rows, merges }: Rows, at: number, header: Plan["header"]): Plan | undefined {
  const row = rows[at]!;
  const within = merges.filter(({ top, bottom }) => top <= row.number && row.number <= bottom);
  const bottom = within.reduce((most, merge) => Math.max(most, merge.bottom), row.number);
  let below = rows.slice(at + 1).filter(({ number }) => number > bottom);
  const named = bottom > row.number ? rows.find(({ number }) => number === bottom) : undefined;
  let beside: Plan["beside"] = [{ shift: 0 }];
  if (header.kind === "columns") {
    const widths = header.columns
      .filter(({ field }) => field === "prompt" || field === "answer")
      .map((column) => {
        const merge = within.find(({ left, right }) => left <= column.at && column.at <= right);
        return merge === undefined ? 1 : merge.right - merge.left + 1;
      });
    const [width = 1] = widths;
    if (widths.some((each) => each !== width)) return undefined;
    if (width > 1) {
      // The row below names what stands side by side, e.g. languages.
      const names = named ?? below[0];
      if (names === undefined) return undefined;
      below = below.filter(({ number }) => number > names.number);
      const prompt = header.columns.find(({ field }) => field === "prompt")?.at ?? 0;
      beside = Array.from({ length: width }, (_, shift) => {
        const language = names.cells[prompt + shift]?.trim().toLowerCase() ?? "";
        return /^[a-z]{2}$/.test(language) ? { shift, language } : { shift };
      });
    }
  }
  return { above: rows.slice(0, at), below: joinedRows(below, header, merges), header, beside };
}

/** Rows that a merged question or answer ties together, as one: its texts stand below each other. */
function joinedRows(
  rows: readonly SheetRow[],
  header: Plan["header"],
  merges: readonly Merge[],
): readonly SheetRow[] {
  if (header.kind === "choices") return rows;
  const taught = header.columns.filter(({ field }) => field === "prompt" || field === "answer");
  const tall = merges.filter(
    ({ top, bottom, left }) => bottom > top && taught.some(({ at }) => at === left),
  );
  if (tall.length === 0) return rows;
  const endOf = new Map<number, number>();
  for (const { top, bottom } of tall) endOf.set(top, Math.max(bottom, endOf.get(top) ?? 0));
  const joined: SheetRow[] = [];
  let open: { number: number; end: number; cells: string[][] } | undefined;
  const close = (): void => {
    if (open === undefined) return;
    const cells = open.cells.map((texts) => [...new Set(texts)].join(betweenWordings));
    joined.push({ number: open.number, cells });
    open = undefined;
  };
  for (const row of rows) {
    if (open !== undefined && row.number > open.end) close();
    const end = endOf.get(row.number);
    if (open === undefined && end === undefined) {
      joined.push(row);
      continue;
    }
    open ??= { number: row.number, end: end ?? row.number, cells: [] };
    open.end = Math.max(open.end, end ?? 0);
    for (const [at, cell] of row.cells.entries()) {
      const texts = (open.cells[at] ??= []);
      if (isFilled(cell)) texts.push(cell ?? "");
    }
    for (let at = 0; at < open.cells.length; at += 1) open.cells[at] ??= [];
  }
  close();
  return joined;
}

/** Parts the questions of merged rows: no cell holds it. */
const betweenWordings = "\u{e001}";

function* rowsOf(_sheet: Sheet, plan: Plan): Generator<Found> {
  for (const { number } of plan.above) yield leaveOut(number, "import.left-text");
  const { header } = plan;
  for (const row of plan.below) {
    if (header.kind === "choices") yield* choiceIn(row, header.choices);
    else yield* recordsIn(row, header.columns, plan.beside);
  }
}

function* choiceIn({ number, cells }: SheetRow, choices: Choices): Generator<Found> {
  const answer = chosenIn(cells, choices);
  if (answer === undefined) yield problem(number, "import.choice");
  else yield { line: number, wordings: [cells[choices.question] ?? ""], answer };
}

function* recordsIn(
  { number, cells }: SheetRow,
  columns: readonly Column[],
  beside: Plan["beside"],
): Generator<Found> {
  for (const { shift, language } of beside) {
    const own = columns.map((column) => ({ ...column, at: column.at + shift }));
    const taught = own.filter(({ field }) => field === "prompt" || field === "answer");
    // A language may lack what another one has; a row of remarks only teaches nothing.
    const isBlank = taught.every(({ at }) => !isFilled(cells[at] ?? "") && cells[at] !== null);
    if (isBlank && shift > 0) continue;
    if (isBlank) {
      yield leaveOut(number, "import.left-text");
      continue;
    }
    const record: Record<string, unknown> = namedRecord(cells, own);
    for (const { field, name } of own) {
      const cell = record[name];
      if (typeof cell !== "string" || !cell.includes(betweenWordings)) continue;
      const texts = cell.split(betweenWordings);
      record[name] = field === "prompt" ? texts : texts.join("\n");
    }
    for (const found of readRecord(record, number))
      yield language !== undefined && "wordings" in found ? { language, ...found } : found;
  }
}
