import { newId } from "../core/ids.ts";
import type { Reply } from "../core/reply.ts";
import { keepRows, longTest, type EvaluationTask } from "../learning/evaluation-work.ts";
import type { Test } from "../learning/evaluation/evaluate.ts";
import type { CommandContext } from "./context.ts";
import { placeOf, startedReply } from "./job-reply.ts";

/** Whether a test takes so long that it is done as a job. */
export function isLongTest({ items, throughModel, version, grader }: Test): boolean {
  const isAsked =
    throughModel === true ||
    grader === "judge" ||
    (version !== undefined && version.artefact.kind !== "memory");
  return items.length > (isAsked ? longTest.asked : longTest.rows);
}

/** Starts a test as a job. `dataset`: the rows are its test part. Throws as `check` of evaluations does. */
export async function startTest(
  test: Test,
  dataset: string | undefined,
  context: CommandContext,
): Promise<Reply> {
  const { evaluations, jobs, library, message } = context;
  const { workspace, person } = message;
  await evaluations.check(workspace, test);
  const { what, items, throughModel, version, grader, always, review } = test;
  const task: EvaluationTask = {
    what,
    rows:
      dataset === undefined ? { path: await keepRows(items, { library, workspace }) } : { dataset },
    throughModel: throughModel ?? false,
    version: version?.id ?? null,
    grader: grader ?? null,
    always: always ?? false,
    review: review ?? true,
  };
  const job = await jobs.start({
    id: newId(),
    workspace,
    kind: "evaluate",
    order: task,
    estimate: null,
    person: person.id,
    place: placeOf(context),
  });
  return startedReply(job, context);
}
