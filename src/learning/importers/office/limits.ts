import { ApprenticeError } from "../../../core/errors.ts";

/** What one document may be and cost. */
export const officeLimits = {
  bytes: 20 * 1024 * 1024,
  pages: 500,
  /** Of a zip. */
  parts: { parts: 2_000, bytes: 50 * 1024 * 1024, tightest: 100, freely: 8 * 1024 * 1024 },
  /** Cells with something in them. */
  cells: 2_000_000,
  /** Of everything that is read, counted each time it is said. */
  characters: 50_000_000,
  /** Columns further to the right are not looked at. */
  columns: 256,
  heapMegabytes: 512,
  seconds: 60,
} as const;

/** Counts what a document says; throws `archive-too-large` when it is more than anybody wrote. */
export type Budget = { spend(text: string): void };

/** The budget of one document. */
export function createBudget(name: string): Budget {
  let [cells, characters] = [0, 0];
  return {
    spend(text) {
      cells += 1;
      characters += text.length;
      if (cells <= officeLimits.cells && characters <= officeLimits.characters) return;
      throw new ApprenticeError("archive-too-large", {
        archive: name,
        limit: officeLimits.characters / 1_000_000,
      });
    },
  };
}
