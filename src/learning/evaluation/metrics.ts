import { promptKey } from "../../storage/prompt-key.ts";
import { answerMetrics, confusions } from "./answer-metrics.ts";
import type { AnswerMetrics, Confusion } from "./answer-metrics.ts";
import { createPace, type Pace } from "./pace.ts";
import { auroc, calibration, falsePositivesAt95, quantile, wilson } from "./statistics.ts";
import type { Bin, Interval } from "./statistics.ts";
import type { ItemResult, TestItem } from "./test-item.ts";

/** What a test found. All shares are 0..1; `null` where there is nothing to take a share of. */
export type Metrics = {
  readonly items: number;
  /** Rows that could be judged. */
  readonly judged: number;
  readonly right: number;
  /** Rows without a prediction, or that the grader could not judge. */
  readonly failed: number;
  /** Questions that expect different answers in different rows. */
  readonly conflicts: number;
  /** Judged rows that had been taught word for word: memory, not understanding. */
  readonly taught: number;
  readonly accuracy: number | null;
  /** 95 % score interval of the accuracy. */
  readonly interval: Interval;
  readonly macroF1: number | null;
  /** How many different answers are expected. */
  readonly distinct: number;
  /** Whether the expected answers are few and short, as names of classes are. */
  readonly labelLike: boolean;
  readonly answers: readonly AnswerMetrics[];
  readonly confusions: readonly Confusion[];
  readonly abstention: {
    /** Of all rows, those where it said that it does not know. */
    readonly share: number | null;
    /** Rows where that is the right answer. */
    readonly unknown: number;
    /** How many of those it got right. */
    readonly right: number;
    /** How well the score parts what is known from what is not. */
    readonly auroc: number | null;
    /** Unknown rows let through where 95 % of the known ones are. */
    readonly falsePositivesAt95: number | null;
  };
  /** `null` when the model claims no probabilities. */
  readonly calibration: { readonly error: number; readonly bins: readonly Bin[] } | null;
  /** Milliseconds for one prompt. */
  readonly latency: { readonly p50: number | null; readonly p95: number | null };
};

/** The metrics of a whole test. Throws `cancelled`. */
export async function metricsOf(
  results: readonly ItemResult[],
  signal?: AbortSignal,
): Promise<Metrics> {
  const pace = createPace(signal);
  const judged = results.filter(({ right }) => right !== null);
  const right = judged.filter((result) => result.right).length;
  const predicted = results.filter(({ latency }) => latency !== null);
  const unknown = judged.filter(({ expected }) => expected === null);
  const known = judged.filter(({ expected, label }) => expected !== null && label === "positive");
  const scores = (of: readonly ItemResult[]): readonly number[] =>
    of.flatMap(({ prediction }) => prediction.score ?? []);
  const latencies = results.flatMap(({ latency }) => latency ?? []);
  return {
    items: results.length,
    judged: judged.length,
    right,
    failed: results.filter(isFailed).length,
    conflicts: await countConflicts(results, pace),
    taught: judged.filter(({ prediction }) => prediction.tier === "exact").length,
    accuracy: share(right, judged.length),
    interval: wilson(right, judged.length),
    ...answerMetrics(results),
    labelLike: isLabelLike(results),
    confusions: confusions(results),
    abstention: {
      share: share(
        predicted.filter(({ prediction }) => prediction.answer === null).length,
        predicted.length,
      ),
      unknown: unknown.length,
      right: unknown.filter((result) => result.right).length,
      auroc: auroc(scores(known), scores(unknown)),
      falsePositivesAt95: falsePositivesAt95(scores(known), scores(unknown)),
    },
    calibration: calibration(
      results.flatMap(({ guessRight, prediction: { score } }) =>
        guessRight === null || score === null ? [] : { score, right: guessRight },
      ),
    ),
    latency: { p50: quantile(latencies, 0.5), p95: quantile(latencies, 0.95) },
  };
}

const isFailed = ({ right, expected, latency }: ItemResult): boolean =>
  latency === null || (expected !== undefined && right === null);

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** How many prompts expect different answers. */
async function countConflicts(items: readonly TestItem[], pace: Pace): Promise<number> {
  const first = new Map<string, string | null>();
  const conflicting = new Set<string>();
  for (const { prompt, expected, label } of items) {
    if (pace.due()) await pace.rest();
    if (expected === undefined || label === "negative") continue;
    const key = promptKey(prompt);
    if (!first.has(key)) first.set(key, expected);
    else if (first.get(key) !== expected) conflicting.add(key);
  }
  return conflicting.size;
}

const mostLabels = 200;
const longestLabel = 60;

/** Whether the expected answers are few, short and repeat themselves, as names of classes do. */
export function isLabelLike(items: readonly TestItem[]): boolean {
  const expected = items.flatMap((item) => item.expected ?? []);
  const distinct = new Set(expected);
  return (
    expected.length >= 2 &&
    distinct.size <= Math.min(mostLabels, expected.length / 2) &&
    [...distinct].every((answer) => answer.length <= longestLabel)
  );
}
