import type { ItemResult } from "./test-item.ts";

/** How well one expected answer is told from the others. */
export type AnswerMetrics = {
  /** `null`: saying that it does not know. */
  readonly answer: string | null;
  /** Rows that expect it. */
  readonly support: number;
  /** Of the rows where it was given, the share that expect it; `null` when it never was. */
  readonly precision: number | null;
  /** Of the rows that expect it, the share where it was given. */
  readonly recall: number;
  /** The harmonic mean of both. */
  readonly f1: number;
};

/** One way in which answers are mistaken for each other. */
export type Confusion = {
  readonly expected: string | null;
  readonly predicted: string | null;
  readonly count: number;
};

const mostAnswers = 200;
const mostConfusions = 20;

/** The rows that say what must be answered and were judged. */
const positives = (results: readonly ItemResult[]): readonly ItemResult[] =>
  results.filter(
    ({ expected, label, right }) =>
      expected !== undefined && label === "positive" && right !== null,
  );

/** What was answered, as one of the expected answers where it was right. */
const given = ({ right, expected, prediction }: ItemResult): string | null =>
  right ? expected! : prediction.answer;

/** The metrics of each expected answer, the most frequent first, at most 200; and their mean F1. */
export function answerMetrics(results: readonly ItemResult[]): {
  readonly answers: readonly AnswerMetrics[];
  readonly distinct: number;
  readonly macroF1: number | null;
} {
  const counts = new Map<string | null, { expected: number; given: number; right: number }>();
  const countOf = (answer: string | null) => {
    const count = counts.get(answer) ?? { expected: 0, given: 0, right: 0 };
    counts.set(answer, count);
    return count;
  };
  const rows = positives(results);
  for (const row of rows) {
    countOf(row.expected!).expected += 1;
    countOf(given(row)).given += 1;
    if (row.right) countOf(row.expected!).right += 1;
  }
  const all = [...counts]
    .filter(([, count]) => count.expected > 0)
    .map(([answer, count]) => ({
      answer,
      support: count.expected,
      precision: count.given === 0 ? null : count.right / count.given,
      recall: count.right / count.expected,
      f1: (2 * count.right) / (count.expected + count.given),
    }))
    .toSorted((first, second) => second.support - first.support);
  const sum = all.reduce((total, { f1 }) => total + f1, 0);
  return {
    answers: all.slice(0, mostAnswers),
    distinct: all.length,
    macroF1: all.length === 0 ? null : sum / all.length,
  };
}

/** What is mistaken for what, the most frequent first, at most 20. */
export function confusions(results: readonly ItemResult[]): readonly Confusion[] {
  const found = new Map<
    string,
    { expected: string | null; predicted: string | null; count: number }
  >();
  for (const row of positives(results)) {
    if (row.right) continue;
    const pair = { expected: row.expected!, predicted: given(row) };
    const key = JSON.stringify(pair);
    const known = found.get(key);
    if (known) known.count += 1;
    else found.set(key, { ...pair, count: 1 });
  }
  return [...found.values()]
    .toSorted((first, second) => second.count - first.count)
    .slice(0, mostConfusions);
}
