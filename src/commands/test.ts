import { ApprenticeError } from "../core/errors.ts";
import type { Test } from "../learning/evaluation/evaluate.ts";
import { summaryOf } from "../learning/evaluation/summary.ts";
import { graderNames } from "../learning/evaluation/graders/grader.ts";
import { defineCommand } from "./command.ts";
import { isLongTest, startTest } from "./long-test.ts";
import { readTestData, type TestData } from "./test-data.ts";
import { testFacts, testFiles, testReport } from "./test-report.ts";

export default defineCommand({
  name: "test",
  about: "command.test",
  needs: "trainer",
  options: {
    data: { type: "rest", about: "command.test.data", aliases: ["test_data"], optional: true },
    files: { type: "files", about: "command.test.files", optional: true },
    dataset: { type: "text", about: "command.test.dataset", suggest: "dataset", optional: true },
    grader: { type: "choice", about: "command.test.grader", choices: graderNames, optional: true },
    through: {
      type: "choice",
      about: "command.test.through",
      choices: ["recall", "chat"],
      optional: true,
    },
    model: { type: "text", about: "command.test.model", optional: true },
    always: { type: "flag", about: "command.test.always", optional: true },
    review: { type: "flag", about: "command.test.review", optional: true },
  },
  savedFiles: { predictions: "command.test.predictions" },
  usageExamples: [
    'test {"prompt": "When do you open?", "answer": "At nine, every day."}',
    "test --similarity questions.csv",
    "test --dataset shop-faq",
    "test --dataset shop-faq --model v3",
  ],
  async run({ dataset, grader, through, model, always, review, ...given }, context) {
    const { evaluations, registry, teacher, signal, say, message } = context;
    const version = model === undefined ? undefined : await registry.find(message.workspace, model);
    if (dataset === undefined && given.data === undefined && given.files === undefined)
      throw new ApprenticeError("command-argument-missing", {
        command: "test",
        option: "data",
        usage: `${context.prefix}test [{"prompt": "...", "answer": "..."}]`,
      });
    const { what, items, repairs }: TestData = dataset
      ? { ...(await evaluations.testSplit(message.workspace, dataset)), repairs: [] }
      : await readTestData(given, context);
    const mended = repairs.map((repair) => say("json-repaired", repair));
    const test: Test = {
      what,
      items,
      throughModel: through === "chat",
      ...(version && { version }),
      ...(grader && { grader }),
      ...(always !== undefined && { always }),
      ...(review !== undefined && { review }),
    };
    if (isLongTest(test)) {
      const reply = await startTest(test, dataset, context);
      return { ...reply, text: [reply.text, ...mended].join("\n") };
    }
    const evaluation = await evaluations.run(teacher, test, { signal });
    const summary = summaryOf(evaluation);
    return {
      text: [testReport(summary, what, context), ...mended].join("\n"),
      data: testFacts(summary, what),
      files: testFiles(evaluation),
    };
  },
});
