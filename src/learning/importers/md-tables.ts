import type { Table, TableRow } from "mdast";
import { columnsOf, isUsable, namedRecord, type Column } from "./columns.ts";
import { readRecord } from "./fields.ts";
import { problem, type Found } from "./importer.ts";

/** The part of a text that a table was parsed in, with the line it starts in. */
type Place = { readonly text: string; readonly line: number };

/**
 * The columns of a Markdown table that teaches: by their names, or the two of a table with two
 * columns when `anyHeader`. `undefined` for a table that is part of a text.
 */
export function taughtColumns(
  table: Table,
  place: Place,
  anyHeader: boolean,
): readonly Column[] | undefined {
  const header = table.children[0];
  const names = header ? cellsOf(header, place) : [];
  const columns = columnsOf(names);
  if (isUsable(columns)) return columns;
  if (!anyHeader || names.length !== 2) return undefined;
  return [
    { field: "prompt", name: "prompt", at: 0 },
    { field: "answer", name: "answer", at: 1 },
  ];
}

/** The rows of a table under its header. */
export function* readTable(
  table: Table,
  place: Place,
  columns: readonly Column[],
): Generator<Found> {
  const width = table.children[0]?.children.length ?? 0;
  for (const row of table.children.slice(1)) {
    const line = place.line - 1 + (row.position?.start.line ?? 1);
    const cells = cellsOf(row, place);
    if (cells.every((cell) => cell === "")) continue;
    if (cells.length > width)
      yield problem(line, "import.columns", {
        count: cells.length,
        expected: width,
        delimiter: "|",
      });
    else yield* readRecord(namedRecord(cells, columns), line);
  }
}

/** The cells of a row. `\|` is a bar, `<br>` a line end. */
const cellsOf = (row: TableRow, { text }: Place): string[] =>
  row.children.map(({ children }) => {
    const start = children[0]?.position?.start.offset;
    const end = children.at(-1)?.position?.end.offset;
    const source = start === undefined || end === undefined ? "" : text.slice(start, end);
    return source
      .replaceAll("\\|", "|")
      .replaceAll(/<br ?\/?>/g, "\n")
      .trim();
  });
