/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2;
}

/** The value that a share of the others lies below. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Rounded to hundredths. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;

/** How long something took, in the unit of the values: in half of all cases, in 95 and in 99 of 100. */
export function latencies(values: readonly number[]): { p50: number; p95: number; p99: number } {
  const at = (share: number) => rounded(quantile(values, share));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
