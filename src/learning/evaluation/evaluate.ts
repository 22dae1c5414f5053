import { elapsed } from "../../core/clock.ts";
import { ApprenticeError, asApprenticeError } from "../../core/errors.ts";
import type { ModelVersion } from "../../core/model-version.ts";
import type { LanguageModel } from "../../models/model.ts";
import {
  addEvaluation,
  evaluationsOf,
  packItems,
  type KeptEvaluation,
  type KeptItem,
} from "../../storage/evaluations.ts";
import type { Database } from "../../storage/database.ts";
import type { Query } from "../../storage/query.ts";
import { createDatasetMemory } from "../../storage/datasets.ts";
import { openWrongRows } from "../../storage/review.ts";
import type { Subjects } from "../live/subjects.ts";
import type { Teacher } from "../teaching.ts";
import { compareEvaluations, type Comparison } from "./compare.ts";
import { gradeAll } from "./grade.ts";
import { chooseGrader } from "./graders/choose-grader.ts";
import type { GraderName } from "./graders/grader.ts";
import { isLabelLike, metricsOf, type Metrics } from "./metrics.ts";
import { createPace } from "./pace.ts";
import { predictAll, type Subject } from "./predict.ts";
import { readTestSplit } from "./test-split.ts";
import { itemKey, type ItemResult, type TestItem } from "./test-item.ts";

/** A test to be run. */
export type Test = {
  /** What is tested, in words: a file's name, a dataset's version. */
  readonly what: string;
  readonly items: readonly TestItem[];
  /** Without one, `exact` for sets of labels and `normalised` for others. */
  readonly grader?: GraderName;
  /** Through the language model, as a message would be answered, instead of recall alone. */
  readonly throughModel?: boolean;
  /** A trained version alone, without what was taught since. */
  readonly version?: ModelVersion;
  /** Recall gives its best guess even when unsure. */
  readonly always?: boolean;
  /** Puts rows that were answered wrong into the review queue. */
  readonly review?: boolean;
};

/** What a test took. */
export type EvaluationCost = {
  readonly seconds: number;
  /** To a language model. */
  readonly requests: number;
  /** US dollars: 0 where only this machine worked, `null` where a provider's price is not known. */
  readonly dollars: number | null;
};

export type Evaluation = {
  readonly id: string;
  readonly modelVersion: string;
  readonly grader: GraderName;
  readonly metrics: Metrics;
  readonly results: readonly ItemResult[];
  readonly cost: EvaluationCost;
  /** Wrong rows that this test put into the review queue. */
  readonly opened: number;
};

/** Running tests, and holding two against each other. */
export type Evaluations = {
  /**
   * Answers every row, judges it, and keeps the result; no turn is made and nothing is learned.
   * Throws `test-failed`, `test-grader`, `test-needs-model`, `test-too-large`, `cancelled`, and what
   * opening a trained version throws.
   */
  run(
    teacher: Teacher,
    test: Test,
    options: { readonly signal?: AbortSignal; readonly progress?: (done: number) => void },
  ): Promise<Evaluation>;
  /** Whether it can be run at all, before it is begun. Throws what `run` throws when it cannot. */
  check(workspace: string, test: Test): Promise<void>;
  /** The same as `run` up to keeping it, which is done in the caller's transaction. */
  examine(
    workspace: string,
    test: Test,
    options: { readonly signal?: AbortSignal; readonly progress?: (done: number) => void },
  ): Promise<Examination>;
  /** The test part of a dataset's newest version, or of `name@version`. Throws `dataset-*`. */
  testSplit(
    workspace: string,
    dataset: string,
  ): Promise<{ readonly what: string; readonly items: readonly TestItem[] }>;
  /** The tests of a trained version, alone or as it answered people, newest first, at most 20. */
  ofVersion(version: ModelVersion): Promise<readonly KeptEvaluation[]>;
  /**
   * Compares two evaluations over the rows they share: ids or endings of them, `last`, `previous`.
   * Throws `evaluation-missing`, `evaluation-unlike`.
   */
  compare(workspace: string, first: string, second: string): Promise<Comparison>;
};

/** A test that was run and is not kept yet. */
export type Examination = Omit<Evaluation, "id" | "opened"> & {
  /** Keeps it for this person, and opens the rows that went wrong for review. */
  keep(query: Query, person: string): Promise<Evaluation>;
};

export type EvaluationParts = {
  readonly database: Database;
  readonly subjects: Subjects;
  /** The data folder. */
  readonly folder: string;
  /** Judges for the grader `judge`. */
  readonly model?: LanguageModel;
};

/** Rows that one test opens for review at most, of the first wrong ones. */
const mostOpened = 50;
const mostConsidered = 2_000;
/** A language model takes seconds for each row, and costs. */
const mostThroughModel = 1_000;

export const createEvaluations = (parts: EvaluationParts): Evaluations => ({
  async run(teacher, test, options) {
    const subject = await subjectOf(parts.subjects, teacher.workspace, test);
    return runTest(parts, teacher, test, subject, options);
  },
  async check(workspace, test) {
    const grader = test.grader ?? "exact";
    chooseGrader(grader, parts.model);
    await subjectOf(parts.subjects, workspace, test);
  },
  async examine(workspace, test, options) {
    const subject = await subjectOf(parts.subjects, workspace, test);
    return examine(parts, workspace, test, subject, options);
  },
  async testSplit(workspace, dataset) {
    const retracted = await createDatasetMemory(parts.database).retracted(workspace);
    return readTestSplit({ folder: parts.folder, retracted }, workspace, dataset);
  },
  ofVersion: ({ workspace, number }) =>
    evaluationsOf(parts.database.query, workspace, `v${number}`),
  compare: (workspace, first, second) =>
    compareEvaluations(parts.database.query, workspace, first, second),
});

/** Asks, judges and keeps. Throws as `run` of evaluations does. */
export async function runTest(
  parts: Pick<EvaluationParts, "database" | "model">,
  teacher: Teacher,
  test: Pick<Test, "what" | "items" | "grader" | "review">,
  subject: Subject,
  options: { readonly signal?: AbortSignal; readonly progress?: (done: number) => void },
): Promise<Evaluation> {
  const examined = await examine(parts, teacher.workspace, test, subject, options);
  return parts.database.transaction((query) => examined.keep(query, teacher.person.id));
}

async function examine(
  parts: Pick<EvaluationParts, "model">,
  workspace: string,
  test: Pick<Test, "what" | "items" | "grader" | "review">,
  { predictor, name }: Subject,
  options: { readonly signal?: AbortSignal; readonly progress?: (done: number) => void },
): Promise<Examination> {
  const begun = elapsed();
  const asked = predictor.requests?.() ?? 0;
  const { items, what } = test;
  const grader = test.grader ?? (isLabelLike(items) ? "exact" : "normalised");
  const judge = chooseGrader(grader, parts.model);
  const prompts = items.map(({ prompt }) => prompt);
  const predictions = await predictAll(predictor, prompts, options).catch((thrown: unknown) => {
    const error = asApprenticeError(thrown);
    if (error.code === "cancelled") throw error;
    throw new ApprenticeError("test-failed", { reason: error.code }, { cause: error });
  });
  const modelVersion = await name();
  const results = await gradeAll(items, predictions, judge, options.signal);

  const metrics = await metricsOf(results, options.signal);
  const requests = (predictor.requests?.() ?? 0) - asked;
  const seconds = (elapsed() - begun) / 1_000;
  const cost: EvaluationCost = { seconds, requests, dollars: requests === 0 ? 0 : null };
  const packed = await packItems(await keptItems(results, options.signal));
  const examined = { modelVersion, grader, metrics, results, cost };
  return {
    ...examined,
    async keep(query, person) {
      const id = await addEvaluation(query, {
        workspace,
        what,
        modelVersion,
        grader,
        person,
        itemCount: metrics.items,
        judgedCount: metrics.judged,
        rightCount: metrics.right,
        metrics: { ...metrics, cost },
        items: packed,
      });
      const wrong = test.review === false ? [] : firstWrong(results);
      const rows = wrong.map(asWrongRow);
      const opened = await openWrongRows(query, workspace, id, rows, mostOpened);
      return { ...examined, id, opened };
    },
  };
}

async function keptItems(
  results: readonly ItemResult[],
  signal: AbortSignal | undefined,
): Promise<readonly KeptItem[]> {
  const pace = createPace(signal);
  const items: KeptItem[] = [];
  for (const result of results) {
    const { prompt, prediction, right } = result;
    items.push({ key: itemKey(result), prompt, predicted: prediction.answer, right });
    if (pace.due()) await pace.rest();
  }
  return items;
}

const firstWrong = (results: readonly ItemResult[]): readonly ItemResult[] =>
  results.filter(({ right }) => right === false).slice(0, mostConsidered);

async function subjectOf(subjects: Subjects, workspace: string, test: Test): Promise<Subject> {
  const { version, throughModel, always = false, items } = test;
  const subject = version
    ? await subjects.version(version, always)
    : throughModel
      ? await subjects.throughModel(workspace)
      : await subjects.live(workspace, always);
  if (subject.predictor.parallel > 1 && items.length > mostThroughModel) {
    throw new ApprenticeError("test-too-large", { count: items.length, limit: mostThroughModel });
  }
  return subject;
}

const asWrongRow = (result: ItemResult) => ({
  key: itemKey(result),
  prompt: result.prompt,
  expected: result.expected ?? null,
  label: result.label,
  predicted: result.prediction.answer,
});
