import type { Json, OutgoingFile } from "../core/reply.ts";
import type { Evaluation } from "../learning/evaluation/evaluate.ts";
import { resultLines, type TestSummary } from "../learning/evaluation/summary.ts";
import type { ItemResult } from "../learning/evaluation/test-item.ts";
import type { CommandContext } from "./context.ts";
import { shorten } from "./shorten.ts";

type Reader = Pick<CommandContext, "say" | "prefix" | "voice">;

const predictionsShown = 5;
const confusionsShown = 5;

/** A test's result in words: short enough for a chat. */
export function testReport(test: TestSummary, what: string, reader: Reader): string {
  const { metrics, predicted, modelVersion, grader, opened, id, cost } = test;
  const { say, prefix, voice } = reader;
  const { abstention, interval, latency } = metrics;
  const lines: string[] = [];
  if (metrics.items <= predictionsShown || voice === "classic") {
    const isAll = predicted.length === metrics.items;
    lines.push(say("test.predictions", { predictions: shown(predicted, isAll, reader) }));
  }
  lines.push(say("test.rows", { count: metrics.items, what: shorten(what, 60) }));
  if (metrics.accuracy === null) lines.push(say("test.unjudged"));
  else {
    lines.push(
      say("test.score", {
        right: metrics.right,
        judged: metrics.judged,
        accuracy: percent(metrics.accuracy),
        low: percent(interval.low),
        high: percent(interval.high),
        grader,
        version: modelVersion,
      }),
    );
  }
  if (abstention.share !== null) {
    const { unknown, right } = abstention;
    const values = { share: percent(abstention.share), unknown, right };
    lines.push(say(unknown > 0 ? "test.unknown" : "test.known", values));
  }
  if (metrics.calibration)
    lines.push(say("test.calibration", { error: percent(metrics.calibration.error) }));
  if (latency.p50 !== null && latency.p95 !== null)
    lines.push(
      say("test.latency", { p50: milliseconds(latency.p50), p95: milliseconds(latency.p95) }),
    );
  if (cost.requests > 0)
    lines.push(
      say("test.cost", { count: cost.requests, seconds: Math.round(cost.seconds * 10) / 10 }),
    );
  if (metrics.taught > 0) lines.push(say("test.taught", { count: metrics.taught }));
  if (metrics.failed > 0) lines.push(say("test.failed", { count: metrics.failed }));
  if (metrics.conflicts > 0) lines.push(say("test.conflicts", { count: metrics.conflicts }));
  lines.push(...mistakes(test, reader));
  if (opened > 0) lines.push(say("test.review", { count: opened, prefix }));
  lines.push(say("test.id", { id: id.slice(-8), prefix }));
  return lines.join("\n");
}

/** All numbers of a test, for a program. */
export const testFacts = (test: TestSummary, what: string): { readonly [name: string]: Json } => {
  const { id, modelVersion, grader, metrics, opened, cost } = test;
  return { evaluationId: id, what, modelVersion, grader, opened, cost: { ...cost }, ...metrics };
};

/** What was predicted for every row, and the rows that went wrong, as JSON Lines. */
export function testFiles({ id, results }: Evaluation): readonly OutgoingFile[] {
  const file = (name: string, rows: readonly ItemResult[]): OutgoingFile => ({
    name: `${name}-${id.slice(-8)}.jsonl`,
    mediaType: "application/jsonl",
    bytes: resultLines(rows),
  });
  const failures = results.filter(({ right }) => right === false);
  const files = [file("predictions", results)];
  if (failures.length > 0) files.push(file("failures", failures));
  return files;
}

const shown = (predicted: readonly (string | null)[], isAll: boolean, { say }: Reader): string =>
  predicted.map((answer) => (answer === null ? say("test.nothing") : shorten(answer))).join(", ") +
  (isAll ? "" : ", …");

/** Which answers are mistaken for which; of free answers, the first rows that went wrong. */
function mistakes({ metrics, wrong }: TestSummary, { say }: Reader): readonly string[] {
  const named = (answer: string | null) =>
    answer === null ? say("test.nothing") : shorten(answer, 60);
  if (metrics.labelLike) {
    const confused = metrics.confusions
      .slice(0, confusionsShown)
      .map(({ expected, predicted, count }) =>
        say("test.confusion", { expected: named(expected), predicted: named(predicted), count }),
      );
    return confused.length > 0 ? [say("test.confusions"), ...confused] : [];
  }
  const rows = wrong.map(({ prompt, expected, predicted }) =>
    say("test.wrong-row", {
      prompt: shorten(prompt, 60),
      predicted: named(predicted),
      expected: named(expected),
    }),
  );
  return rows.length > 0 ? [say("test.wrong"), ...rows] : [];
}

/** With one digit after the point. */
export const percent = (share: number): number => Math.round(share * 1000) / 10;

const milliseconds = (value: number): number =>
  value < 10 ? Math.round(value * 100) / 100 : Math.round(value);
