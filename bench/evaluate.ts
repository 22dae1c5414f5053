import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLog } from "../src/core/log.ts";
import { createEvaluations } from "../src/learning/evaluation/evaluate.ts";
import { importLessons } from "../src/learning/import-lessons.ts";
import { createAnswers } from "../src/learning/live/answers.ts";
import { createSubjects } from "../src/learning/live/subjects.ts";
import { createMemories } from "../src/learning/memories.ts";
import { createRecall, restoreRecall } from "../src/learning/recall/embedded-recall.ts";
import { seededRandom } from "../src/learning/recall/random.ts";
import { openDatabase } from "../src/storage/database.ts";
import { createExamples } from "../src/storage/examples.ts";
import { createLedger } from "../src/storage/ledger.ts";
import { createWorkspaces } from "../src/storage/workspaces.ts";
import { rounded } from "./statistics.ts";

const promptCount = 20_000;

type Lesson = { readonly prompt: string; readonly answer: string };

/** What is taught, and what is asked in other words. */
type BenchSet = {
  readonly set: string;
  readonly lessons: readonly Lesson[];
  readonly asked: readonly Lesson[];
};

/**
 * How many prompts a test answers, judges and keeps per second through recall, as it is once it has
 * been refitted. `taughtSet`: prompts that were taught word for word, as the regression cases of
 * corrections are; `newSet`: prompts in other words. Baseline in the same run: recall alone, without
 * judging and keeping. With --data, hwu64 is asked too.
 */
export async function run(options: {
  readonly data?: string;
  readonly sizes?: readonly number[];
  readonly rounds?: number;
}): Promise<object> {
  const sets = (options.sizes ?? [50, 1_000]).map(madeUp);
  if (options.data !== undefined) sets.push(await hwu64(options.data));
  const results: object[] = [];
  for (const set of sets) results.push(await measure(set, options.rounds ?? 3));
  return { bench: "evaluate", prompts: promptCount, results };
}

function madeUp(size: number): BenchSet {
  const random = seededRandom(size);
  const lessons = Array.from({ length: size }, (_, at) => ({
    prompt: sentence(random),
    answer: `answer ${at % Math.ceil(size / 10)}`,
  }));
  const asked = lessons.map(({ prompt, answer }) => ({ prompt: `please ${prompt}`, answer }));
  return { set: "made up", lessons, asked };
}

async function hwu64(folder: string): Promise<BenchSet> {
  const rows = async (file: string) =>
    (await readFile(join(folder, "hwu64", file), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Lesson);
  return { set: "hwu64", lessons: await rows("train.jsonl"), asked: await rows("test.jsonl") };
}

async function measure({ set, lessons, asked }: BenchSet, rounds: number): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), "apprentice-bench-"));
  const database = await openDatabase({ folder, log: silentLog });
  const examples = createExamples(database);
  const memories = createMemories({
    examples,
    ledger: createLedger(database),
    folder: join(folder, "models"),
    log: silentLog,
    createRecall: () => createRecall(),
    restoreRecall: (snapshot) => restoreRecall(snapshot),
    refitDelay: 2 ** 30,
  });
  try {
    const workspace = "web:bench";
    const person = { id: "web:bench", name: "Bench", role: "admin" } as const;
    const teacher = { workspace, person, origin: "file" } as const;
    const parts = { database, examples, memories, workspaces: createWorkspaces(database) };
    const label = "positive" as const;
    const taught = lessons.map((lesson) => ({ ...lesson, label }));
    await importLessons(parts, teacher, "active", taught);
    const subjects = createSubjects({
      answers: createAnswers({ memories, live: { of: async () => undefined } }),
      openVersion: async () => Promise.reject(new Error("no trained model here")),
      languagePredictor: async () => Promise.reject(new Error("no language model here")),
    });
    const evaluations = createEvaluations({ ...parts, subjects, folder });
    const recall = await memories.of(workspace);
    await recall.refit();
    const rate = async (rows: readonly Lesson[]): Promise<object> => {
      const items = Array.from({ length: promptCount }, (_, at) => {
        const { prompt, answer } = rows[at % rows.length]!;
        return { prompt, expected: answer, label };
      });
      const speeds: number[] = [];
      const processor: number[] = [];
      const alone: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const begun = performance.now();
        const usedBefore = process.cpuUsage();
        await evaluations.run(teacher, { what: "bench", items, review: false }, {});
        const { user, system } = process.cpuUsage(usedBefore);
        speeds.push(promptCount / ((performance.now() - begun) / 1000));
        processor.push((user + system) / promptCount);
        const begunAlone = performance.now();
        for (const { prompt } of items) recall.recollect(prompt, { hints: false });
        alone.push(promptCount / ((performance.now() - begunAlone) / 1000));
      }
      return {
        promptsPerSecond: Math.round(middle(speeds)),
        processorMicroseconds: rounded(middle(processor)),
        recallAlonePerSecond: Math.round(middle(alone)),
        shareOfRecallAlone: rounded(middle(speeds) / middle(alone)),
      };
    };
    return {
      set,
      examples: lessons.length,
      taughtSet: await rate(lessons),
      newSet: await rate(asked),
    };
  } finally {
    await memories.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const middle = (values: readonly number[]): number =>
  values.toSorted((first, second) => first - second)[Math.floor(values.length / 2)]!;

const words =
  "when where who how open close price ticket door key room light card member fee course book rent laser saw wood print help lost find bus park kids dog food coffee pay refund term rule noise night clean repair order send post mail phone".split(
    " ",
  );

const sentence = (random: () => number): string =>
  Array.from({ length: 6 }, () => words[Math.floor(random() * words.length)]!).join(" ");
