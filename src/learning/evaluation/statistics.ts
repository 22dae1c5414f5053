/** The two-sided 95 % quantile of the standard normal distribution. */
const z = 1.959963984540054;

export type Interval = { readonly low: number; readonly high: number };

/**
 * The 95 % score interval of a rate (Wilson, J. Am. Stat. Assoc. 22, 1927): between 0 and 1, sound
 * for few trials and for rates at the ends. Without trials nothing is known: 0 to 1.
 */
export function wilson(successes: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const rate = successes / trials;
  const spread = z * Math.sqrt((rate * (1 - rate)) / trials + (z / (2 * trials)) ** 2);
  const middle = rate + z ** 2 / (2 * trials);
  const width = 1 + z ** 2 / trials;
  return {
    low: successes === 0 ? 0 : Math.max(0, (middle - spread) / width),
    high: successes === trials ? 1 : Math.min(1, (middle + spread) / width),
  };
}

/**
 * The two-sided p-value of McNemar's test in its exact form: how likely pairs that differ fall at
 * least this unevenly, when either side were equally likely to win (binomial, p = 1/2). 1 when no
 * pair differs.
 */
export function mcNemar(wins: number, losses: number): number {
  const pairs = wins + losses;
  const fewer = Math.min(wins, losses);
  if (fewer * 2 >= pairs) return 1;
  // In logarithms: 2 ** -pairs underflows from 1,075 pairs on.
  let logTerm = -pairs * Math.LN2;
  let logSum = logTerm;
  for (let drawn = 1; drawn <= fewer; drawn++) {
    logTerm += Math.log((pairs - drawn + 1) / drawn);
    logSum = logTerm + Math.log1p(Math.exp(logSum - logTerm));
  }
  return Math.min(1, 2 * Math.exp(logSum));
}

/**
 * The area under the receiver operating characteristic: the chance that a positive scores higher than
 * a negative, ties counting half (Mann and Whitney, 1947). `null` when either side is empty.
 */
export function auroc(positives: readonly number[], negatives: readonly number[]): number | null {
  if (positives.length === 0 || negatives.length === 0) return null;
  const all = [
    ...positives.map((score) => ({ score, positive: true })),
    ...negatives.map((score) => ({ score, positive: false })),
  ].toSorted((first, second) => first.score - second.score);
  let below = 0;
  let wins = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    let tiedPositives = 0;
    while (to < all.length && all[to]!.score === all[from]!.score) {
      if (all[to]!.positive) tiedPositives += 1;
      to += 1;
    }
    const tiedNegatives = to - from - tiedPositives;
    wins += tiedPositives * (below + tiedNegatives / 2);
    below += tiedNegatives;
    from = to;
  }
  return wins / (positives.length * negatives.length);
}

/**
 * The share of negatives that are let through by the highest threshold that lets at least 95 % of
 * the positives through. `null` when either side is empty.
 */
export function falsePositivesAt95(
  positives: readonly number[],
  negatives: readonly number[],
): number | null {
  if (positives.length === 0 || negatives.length === 0) return null;
  const sorted = positives.toSorted((first, second) => second - first);
  const threshold = sorted[Math.ceil(sorted.length * 0.95) - 1]!;
  return negatives.filter((score) => score >= threshold).length / negatives.length;
}

/** A probability that was claimed, and whether the thing was so. */
export type Claim = { readonly score: number; readonly right: boolean };

/** One tenth of the scale of probabilities. */
export type Bin = {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly claimed: number;
  readonly right: number;
};

const binCount = 10;

/**
 * How far claimed probabilities are from what came true, on average over the items, in ten bins of
 * equal width (expected calibration error; Naeini, Cooper and Hauskrecht, AAAI 2015). `null` without
 * claims.
 */
export function calibration(
  claims: readonly Claim[],
): { readonly error: number; readonly bins: readonly Bin[] } | null {
  if (claims.length === 0) return null;
  const sums = Array.from({ length: binCount }, () => ({ count: 0, claimed: 0, right: 0 }));
  for (const { score, right } of claims) {
    const bin = sums[Math.min(binCount - 1, Math.floor(score * binCount))]!;
    bin.count += 1;
    bin.claimed += score;
    bin.right += right ? 1 : 0;
  }
  let error = 0;
  const bins = sums.flatMap(({ count, claimed, right }, place) => {
    if (count === 0) return [];
    error += Math.abs(claimed - right) / claims.length;
    const edges = { from: place / binCount, to: (place + 1) / binCount };
    return [{ ...edges, count, claimed: claimed / count, right: right / count }];
  });
  return { error, bins };
}

/** The value that a share of the others lies below; `null` without values. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}
