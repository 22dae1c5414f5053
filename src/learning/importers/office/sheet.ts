import type { Cell } from "../cell.ts";

/** A row that holds something. */
export type SheetRow = {
  /** As the program counts it, from 1. */
  readonly number: number;
  /** Cells that hold nothing are empty texts. */
  readonly cells: readonly Cell[];
};

/** Cells that are one: only the first of them holds something. Rows count from 1, columns from 0. */
export type Merge = {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
};

/** One sheet of a workbook. */
export type Sheet = {
  readonly name: string;
  readonly isHidden: boolean;
  readonly rows: readonly SheetRow[];
  readonly merges: readonly Merge[];
};
