/**
 * What a legend shows of a column: the value at the pointer, or the latest one while nobody points.
 * `null`: nothing was measured there.
 */
export function legendValue(
  column: ArrayLike<number | null | undefined>,
  index: number | null,
): number | null {
  if (index !== null) return column[index] ?? null;
  for (let at = column.length - 1; at >= 0; at -= 1) {
    const value = column[at];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}
