import type { Cell } from "./cell.ts";
import { fieldsAmong, plainName, type Field } from "./fields.ts";

/** Which cell carries which field, under what name. */
export type Column = { readonly field: Field; readonly name: string; readonly at: number };

/** The columns of a row of names, as far as the names are known. */
export function columnsOf(names: readonly string[]): readonly Column[] {
  const given = names.map(plainName);
  const fields = Object.entries(fieldsAmong(given)) as [Field, string][];
  return fields.map(([field, name]) => ({ field, name, at: given.indexOf(name) }));
}

/** Whether columns hold a question and something to learn about it. */
export const isUsable = (columns: readonly Column[]): boolean =>
  columns.some(({ field }) => field === "prompt") &&
  columns.some(({ field }) => field === "answer" || field === "label" || field === "rejected");

/** Cells under the names of their columns; empty cells of optional fields are left out. */
export function namedRecord(
  cells: readonly Cell[],
  columns: readonly Column[],
): Record<string, Cell> {
  const record: Record<string, Cell> = {};
  for (const { field, name, at } of columns) {
    const cell = cells[at] ?? "";
    const isOptional = field !== "prompt" && field !== "answer";
    if (cell !== "" || !isOptional) record[name] = cells[at] === null ? null : cell;
  }
  return record;
}
