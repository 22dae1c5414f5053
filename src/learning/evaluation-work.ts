import type { Job } from "../core/job.ts";
import type { Library } from "../storage/library.ts";
import type { Evaluations } from "./evaluation/evaluate.ts";
import type { GraderName } from "./evaluation/graders/grader.ts";
import { resultLines, summaryOf, type TestSummary } from "./evaluation/summary.ts";
import type { ItemResult, TestItem } from "./evaluation/test-item.ts";
import { filesAt } from "./datasets/library-files.ts";
import { incomingFolder, liesThere, type LibraryOf } from "./incoming-files.ts";
import type { JobWork } from "./jobs/work.ts";
import type { Registry } from "./registry/registry.ts";

/** From so many rows on, a test is long work: a job. A language model takes seconds for each. */
export const longTest = { rows: 20_000, asked: 20 } as const;

/** What a job of the kind `evaluate` is told to do. */
export type EvaluationTask = {
  /** What is tested, for people. */
  readonly what: string;
  /** The test part of a dataset, or rows that wait in the library. */
  readonly rows: { readonly dataset: string } | { readonly path: string };
  readonly throughModel: boolean;
  /** The id of a trained version. */
  readonly version: string | null;
  readonly grader: GraderName | null;
  readonly always: boolean;
  readonly review: boolean;
};

export const evaluationTaskOf = (job: Job): EvaluationTask =>
  job.order as unknown as EvaluationTask;

/** What came of it, and where the predictions for each row are in the library. */
export type EvaluationResult = { readonly summary: TestSummary; readonly files: readonly string[] };

export type EvaluationWorkParts = {
  readonly library: Library;
  readonly evaluations: Pick<Evaluations, "examine" | "testSplit">;
  readonly registry: Pick<Registry, "find">;
};

/** Runs a test, and keeps it together with the job's end: it is there once, however often it was begun. */
export const createEvaluationWork = (parts: EvaluationWorkParts): JobWork => ({
  canPause: () => false,
  async isPossible(job) {
    const { rows } = evaluationTaskOf(job);
    const { workspace } = job;
    if ("path" in rows) return liesThere(rows.path, { library: parts.library, workspace });
    return parts.evaluations.testSplit(workspace, rows.dataset).then(
      () => true,
      () => false,
    );
  },
  async run(job, run) {
    const { evaluations, library, registry } = parts;
    const { workspace } = job;
    const { what, rows, version, grader, ...how } = evaluationTaskOf(job);
    const place = { library, workspace };
    const items =
      "dataset" in rows
        ? (await evaluations.testSplit(workspace, rows.dataset)).items
        : await readRows(rows.path, place);
    run.progress({ step: 0, total: items.length });
    const examined = await evaluations.examine(
      workspace,
      {
        what,
        items,
        ...how,
        ...(grader && { grader }),
        ...(version && { version: await registry.find(workspace, version) }),
      },
      {
        signal: run.signal,
        progress: (step) => run.progress({ step, total: items.length }),
      },
    );
    run.progress({ step: items.length, total: items.length });
    const files = await keepResults(examined.results, job, place);
    return {
      cost: { seconds: examined.cost.seconds, tokens: null, dollars: examined.cost.dollars },
      async conclude(query) {
        const summary = summaryOf(await examined.keep(query, job.person));
        return { summary: shortened(summary), files };
      },
    };
  },
});

const rowsFile = "rows.jsonl";

/** Keeps the rows of a test until its job has run, and gives their path in the library. */
export const keepRows = (
  items: readonly TestItem[],
  { library, workspace }: LibraryOf,
): Promise<string> =>
  library.write(
    workspace,
    `${incomingFolder()}/${rowsFile}`,
    new TextEncoder().encode(items.map((item) => JSON.stringify(item)).join("\n")),
  );

async function readRows(
  path: string,
  { library, workspace }: LibraryOf,
): Promise<readonly TestItem[]> {
  const text = new TextDecoder().decode(await library.read(workspace, path));
  return text.split("\n").map((line) => JSON.parse(line) as TestItem);
}

/** Writes what was predicted for each row, in place of what an earlier attempt has written. */
async function keepResults(
  results: readonly ItemResult[],
  { id }: Job,
  { library, workspace }: LibraryOf,
): Promise<readonly string[]> {
  const folder = `tests/results-${id.slice(-8)}`;
  for (const { path } of await filesAt(library, workspace, folder)) {
    await library.remove(workspace, path);
  }
  const failures = results.filter(({ right }) => right === false);
  const paths: string[] = [];
  for (const [name, rows] of Object.entries({ predictions: results, failures })) {
    if (rows.length === 0) continue;
    const path = `${folder}/${name}.jsonl`;
    paths.push(await library.write(workspace, path, resultLines(rows)));
  }
  return paths;
}

/** So many answers and confusions are kept with a job; the evaluation has them all. */
const mostKept = 100;

const shortened = ({ metrics, ...summary }: TestSummary): TestSummary => ({
  ...summary,
  metrics: {
    ...metrics,
    answers: metrics.answers.slice(0, mostKept),
    confusions: metrics.confusions.slice(0, mostKept),
  },
});

/** What came of a test; `undefined` before its end. */
export const testedBy = (job: Job): EvaluationResult | undefined =>
  job.kind === "evaluate" && job.state === "succeeded"
    ? (job.result as unknown as EvaluationResult)
    : undefined;
