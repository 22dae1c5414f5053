import { trimEnd } from "../../../core/trim-end.ts";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { z } from "zod";
import type { JobNews } from "../../../core/job.ts";
import { measuredIn, measuredJson, measuredLog, type Measured } from "./measured.ts";
import { newLines } from "./new-lines.ts";
import { readWhole, runFiles } from "./run-folder.ts";

/** Where the reading of a run's progress continues: kept with the job, so that nothing is told twice. */
export const progressCursor = z.object({
  /** How much of each file was read, in bytes. */
  read: z.record(z.string(), z.number()),
  step: z.number(),
  total: z.number().nullable(),
  /** Lines of the log that were told. */
  told: z.number(),
  metrics: z.record(z.string(), z.number()),
});
export type ProgressCursor = z.infer<typeof progressCursor>;
export const progressStart: ProgressCursor = {
  read: {},
  step: 0,
  total: null,
  told: 0,
  metrics: {},
};

export type ProgressReading = {
  readonly news: readonly JobNews[];
  readonly cursor: ProgressCursor;
};

/** As many lines of the log are told as news; the file has them all. */
const mostLogLines = 200;
const longestLogLine = 300;

/**
 * What is new in a run's folder: measured values from the first of `progress.jsonl` (ours),
 * `trainer_log.jsonl` (LLaMA-Factory), `trainer_state.json` (Hugging Face) and the log; and the lines of
 * the log. Whatever is not understood is passed over. `toEnd`: the program has ended.
 */
export async function readProgress(
  folder: string,
  cursor: ProgressCursor,
  toEnd: boolean,
): Promise<ProgressReading> {
  const { progress, output, log } = runFiles(folder);
  const read = { ...cursor.read };
  const linesOf = async (path: string, skip: boolean): Promise<readonly string[] | undefined> => {
    const name = relative(folder, path);
    const found = await newLines(path, read[name] ?? 0, { toEnd, skip });
    if (found) read[name] = found.offset;
    return found?.lines;
  };
  const logLines = ((await linesOf(log, true)) ?? []).map(plainLine).filter((line) => line !== "");
  const json = (await linesOf(progress, false)) ?? (await linesOf(trainerLog(output), false));
  const measured =
    json?.map(measuredJson) ??
    (await trainerState(output, cursor.step)) ??
    logLines.map(measuredLog);

  const news: JobNews[] = [];
  let { step, total, metrics } = cursor;
  for (const { step: at, total: of, values } of measured.filter((entry) => entry !== undefined)) {
    step = Math.max(step, at ?? step);
    total = of ?? total;
    if (Object.keys(values).length === 0) continue;
    news.push({ kind: "metric", step: at ?? step, values });
    metrics = { ...metrics, ...values };
  }
  const spoken = logLines
    .filter((line) => measuredLog(line) === undefined)
    .slice(0, Math.max(0, mostLogLines - cursor.told));
  news.push(...spoken.map((text): JobNews => ({ kind: "log", text })));
  return { news, cursor: { read, step, total, metrics, told: cursor.told + spoken.length } };
}

const trainerLog = (output: string): string => join(output, "trainer_log.jsonl");

/** What happened after a step, from the newest checkpoint of a Hugging Face trainer. */
async function trainerState(
  output: string,
  after: number,
): Promise<readonly Measured[] | undefined> {
  const entries = await readdir(output).catch((): string[] => []);
  const steps = entries.flatMap((name) => /^checkpoint-(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  const newest = steps.length > 0 ? `checkpoint-${Math.max(...steps)}` : "";
  for (const part of ["", newest]) {
    const path = join(output, part, "trainer_state.json");
    // It is not written as a whole: one that is not finished is read the next time.
    const state = await readWhole<HuggingFaceState>(path).catch(() => undefined);
    if (!state) continue;
    const { global_step: step = null, max_steps: total = null, log_history: history } = state;
    const measured = (Array.isArray(history) ? history : []).map(measuredIn);
    const fresh = measured.filter(({ step: at }) => at === null || at > after);
    return [...fresh, { step, total, values: {} }];
  }
  return undefined;
}

type HuggingFaceState = {
  readonly global_step?: number;
  readonly max_steps?: number;
  readonly log_history?: readonly Readonly<Record<string, unknown>>[];
};

/** A line as a person would read it: what a progress bar overwrote, colours and noise are gone. */
function plainLine(line: string): string {
  const last = trimEnd(line, "\r").split("\r").at(-1)!;
  const plain = last.replaceAll(/\u001b\[[\d;]*[A-Za-z]/g, "").replaceAll(/[\p{Cc}\uFFFD]/gu, "");
  return plain.trim().slice(0, longestLogLine);
}
