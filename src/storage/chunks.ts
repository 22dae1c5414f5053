/** How many rows one statement writes: well below the parameter limits of both engines. */
export const rowsPerStatement = 400;

/** Pieces small enough for one statement. */
export function* chunks<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += rowsPerStatement) {
    yield items.slice(start, start + rowsPerStatement);
  }
}
