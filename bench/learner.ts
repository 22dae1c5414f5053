import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Recall } from "../src/learning/recall/recall.ts";
import { calibrationError, falseAlarms, rankingQuality } from "./learner-figures.ts";
import { correctAll } from "./learner-corrections.ts";
import { trained } from "./learner-training.ts";
import type { Row } from "./learner-training.ts";
import { mean, median, quantile } from "./statistics.ts";

const sets = [
  { name: "hwu64", train: "hwu64/train.jsonl", test: "hwu64/test.jsonl" },
  { name: "hwu64-open", train: "hwu64/open-train.jsonl", test: "hwu64/open-test.jsonl" },
  { name: "hwu64-10", train: "hwu64/train-10-per-answer.jsonl", test: "hwu64/test.jsonl" },
  { name: "home-ru", train: "home-ru/train.jsonl", test: "home-ru/test.jsonl" },
] as const;

const where =
  "Put hwu64/ and home-ru/ (train.jsonl, test.jsonl and so on; rows {prompt, answer}) into a folder and name it with --data.";

/**
 * How well the embedded learner answers, abstains, knows what it knows and takes corrections.
 * Figures are means over seeds. Baseline in the same run: the answer of the nearest taught prompt.
 */
export async function run(
  options: { data?: string; rounds?: number; sizes?: readonly number[] } = {},
): Promise<object> {
  const seeds = Array.from({ length: options.rounds ?? 3 }, (_, at) => at + 1);
  const results: object[] = [];
  const skipped: string[] = [];
  for (const set of sets) {
    const train = await rowsOf(options.data, set.train);
    const test = await rowsOf(options.data, set.test);
    if (!train || !test) {
      skipped.push(set.name);
      continue;
    }
    const heads = await evaluate(train, test, seeds);
    results.push({
      set: set.name,
      examples: train.length,
      test: test.length,
      heads,
    });
  }
  const train = await rowsOf(options.data, "hwu64/train.jsonl");
  const test = await rowsOf(options.data, "hwu64/test.jsonl");
  const corrections = train && test ? await correctAll(train, test) : "skipped";
  return {
    bench: "learner",
    seeds,
    results,
    corrections,
    ...(skipped.length > 0 && { skipped, where }),
  };
}

async function evaluate(
  train: readonly Row[],
  test: readonly Row[],
  seeds: readonly number[],
): Promise<object> {
  const rounds: Record<string, number>[] = [];
  for (const seed of seeds) {
    const started = performance.now();
    const recall = await trained(train, seed);
    const seconds = (performance.now() - started) / 1000;
    rounds.push({ seconds, rowsPerSecond: train.length / seconds, ...judge(recall, test) });
  }
  const figures = Object.keys(rounds[0]!);
  return Object.fromEntries(
    figures.map((figure) => [figure, round(mean(rounds.map((each) => each[figure]!)))]),
  );
}

function judge(recall: Recall, test: readonly Row[]): Record<string, number> {
  const times: number[] = [];
  const found = test.map(({ prompt, answer }) => {
    const started = performance.now();
    const { guess, answer: given, score, hints } = recall.recollect(prompt);
    times.push(performance.now() - started);
    return { known: answer !== null, answer, guess, given, score, nearest: hints[0] };
  });
  const known = found.filter((each) => each.known);
  const unknown = found.filter((each) => !each.known);
  const share = (count: number) => (100 * count) / known.length;
  const scores = known.map(({ score }) => score);
  const figures: Record<string, number> = {
    accuracy: share(known.filter(({ guess, answer }) => guess === answer).length),
    answeredRight: share(known.filter(({ given, answer }) => given === answer).length),
    answeredWrong: share(
      known.filter(({ given, answer }) => given !== null && given !== answer).length,
    ),
    calibrationError: calibrationError(
      scores,
      known.map(({ guess, answer }) => guess === answer),
    ),
    recollectMsP50: median(times),
    recollectMsP95: quantile(times, 0.95),
    baselineNearestAccuracy: share(
      known.filter(({ nearest, answer }) => nearest?.answer === answer).length,
    ),
  };
  if (unknown.length === 0) return figures;
  const unknownScores = unknown.map(({ score }) => score);
  const similarity = (list: typeof found) => list.map(({ nearest }) => nearest?.similarity ?? 0);
  return {
    ...figures,
    unknownRejected: (100 * unknown.filter(({ given }) => given === null).length) / unknown.length,
    auroc: rankingQuality(scores, unknownScores),
    falseAlarmsAt95: falseAlarms(scores, unknownScores),
    baselineNearestAuroc: rankingQuality(similarity(known), similarity(unknown)),
  };
}

async function rowsOf(folder: string | undefined, file: string): Promise<Row[] | undefined> {
  if (folder === undefined) return undefined;
  const text = await readFile(join(folder, file), "utf8").catch(() => undefined);
  return text
    ?.split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Row);
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
