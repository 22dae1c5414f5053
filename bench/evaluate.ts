import { mkdtemp, rm } from "node:fs/promises";
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

/**
 * How many prompts a test answers, judges and keeps per second through recall. `taughtSet`: prompts
 * that were taught word for word, as the regression cases of corrections are; `newSet`: prompts in
 * other words. Baseline in the same run: recall alone, without judging and keeping.
 */
export async function run(options: {
  readonly sizes?: readonly number[];
  readonly rounds?: number;
}): Promise<object> {
  const results: object[] = [];
  for (const size of options.sizes ?? [50, 1_000])
    results.push(await measure(size, options.rounds ?? 3));
  return { bench: "evaluate", prompts: promptCount, results };
}

async function measure(size: number, rounds: number): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), "apprentice-bench-"));
  const database = await openDatabase({ folder, log: silentLog });
  const examples = createExamples(database);
  const memories = createMemories({
    examples,
    ledger: createLedger(database),
    folder: join(folder, "models"),
    log: silentLog,
    createRecall: () => createRecall({ nets: false }),
    restoreRecall: (snapshot) => restoreRecall(snapshot, { nets: false }),
    refitDelay: 2 ** 30,
  });
  try {
    const workspace = "web:bench";
    const person = { id: "web:bench", name: "Bench", role: "admin" } as const;
    const teacher = { workspace, person, origin: "file" } as const;
    const random = seededRandom(size);
    const lessons = Array.from({ length: size }, (_, at) => ({
      prompt: sentence(random),
      answer: `answer ${at % Math.ceil(size / 10)}`,
      label: "positive" as const,
    }));
    const parts = { database, examples, memories, workspaces: createWorkspaces(database) };
    await importLessons(parts, teacher, "active", lessons);
    const subjects = createSubjects({
      answers: createAnswers({ memories, live: { of: async () => undefined } }),
      openVersion: async () => Promise.reject(new Error("no trained model here")),
      languagePredictor: async () => Promise.reject(new Error("no language model here")),
    });
    const evaluations = createEvaluations({ ...parts, subjects, folder });
    const recall = await memories.of(workspace);
    const rate = async (prompts: readonly string[]): Promise<object> => {
      const items = prompts.map((prompt, at) => ({
        prompt,
        expected: lessons[at % size]!.answer,
        label: "positive" as const,
      }));
      const speeds: number[] = [];
      const alone: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const begun = performance.now();
        await evaluations.run(teacher, { what: "bench", items, review: false }, {});
        speeds.push(prompts.length / ((performance.now() - begun) / 1000));
        const begunAlone = performance.now();
        for (const prompt of prompts) recall.recollect(prompt);
        alone.push(prompts.length / ((performance.now() - begunAlone) / 1000));
      }
      return {
        promptsPerSecond: Math.round(middle(speeds)),
        recallAlonePerSecond: Math.round(middle(alone)),
        shareOfRecallAlone: rounded(middle(speeds) / middle(alone)),
      };
    };
    const at = (place: number) => lessons[place % size]!.prompt;
    return {
      examples: size,
      taughtSet: await rate(Array.from({ length: promptCount }, (_, place) => at(place))),
      newSet: await rate(Array.from({ length: promptCount }, (_, place) => `please ${at(place)}`)),
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
