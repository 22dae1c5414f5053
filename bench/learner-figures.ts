/** The chance that a known prompt scores higher than an unknown one (area under the ROC curve). */
export function rankingQuality(known: readonly number[], unknown: readonly number[]): number {
  const all = [
    ...known.map((score) => ({ score, known: true })),
    ...unknown.map((score) => ({ score, known: false })),
  ].toSorted((left, right) => left.score - right.score);
  let ranks = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]!.score === all[from]!.score) to++;
    const shared = (from + to + 1) / 2;
    for (let at = from; at < to; at++) if (all[at]!.known) ranks += shared;
    from = to;
  }
  return (ranks - (known.length * (known.length + 1)) / 2) / (known.length * unknown.length);
}

/** Share of unknown prompts above the threshold that 95 % of known ones reach (FPR95). */
export function falseAlarms(known: readonly number[], unknown: readonly number[]): number {
  const sorted = known.toSorted((left, right) => left - right);
  const threshold = sorted[Math.floor(0.05 * sorted.length)]!;
  return unknown.filter((score) => score >= threshold).length / unknown.length;
}

const bins = 15;

/** Expected calibration error over 15 bins of equal width. */
export function calibrationError(scores: readonly number[], right: readonly boolean[]): number {
  const gaps = new Float64Array(bins);
  for (const [at, score] of scores.entries())
    gaps[Math.min(bins - 1, Math.floor(score * bins))]! += score - (right[at] ? 1 : 0);
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / scores.length;
}
