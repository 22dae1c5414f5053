import type { Job } from "../core/job.ts";
import type { Json } from "../core/reply.ts";
import { archiveTaskOf, packedBy } from "../learning/archive-work.ts";
import { evaluationTaskOf, testedBy } from "../learning/evaluation-work.ts";
import { importedBy, importTaskOf } from "../learning/import-work.ts";
import { taskOf, type TrainingResult } from "../learning/training-work.ts";
import { countedReasons } from "../texts/row-reasons.ts";
import { receiptWords } from "./receipt.ts";
import type { Speaker } from "./speaker.ts";
import { testFacts, testReport } from "./test-report.ts";

/** What trains, and how where that does not say it already. */
export const howTrained = ({
  trainer,
  method,
}: {
  readonly trainer: string;
  readonly method: string;
}): string => (trainer === method ? trainer : `${trainer} ${method}`);

/** What a job is about: `shop-faq v3, embedded`, or the names of files. */
export function subjectOf(job: Job): string {
  switch (job.kind) {
    case "train": {
      const { dataset, ...how } = taskOf(job);
      return `${dataset.name} v${dataset.version}, ${howTrained(how)}`;
    }
    case "evaluate":
      return evaluationTaskOf(job).what;
    case "import":
      return importTaskOf(job).what;
    case "archive":
      return archiveTaskOf(job).what;
  }
}

export const trainedBy = (job: Job): TrainingResult | undefined =>
  job.kind === "train" && job.state === "succeeded"
    ? (job.result as unknown as TrainingResult)
    : undefined;

/** What came of a job, in words; `undefined` when nothing did yet. */
export function outcomeWords(job: Job, speaker: Speaker, prefix: string): string | undefined {
  const trained = trainedBy(job);
  if (trained) return trainedWords(trained, speaker, prefix);
  const tested = testedBy(job);
  if (tested) {
    const report = testReport(tested.summary, subjectOf(job), { ...speaker, prefix });
    const path = tested.files[0];
    if (path === undefined) return report;
    return `${report}\n${speaker.say("test.files", { line: `${prefix}getfile ${path}` })}`;
  }
  const receipt = importedBy(job);
  if (receipt) {
    const reader = { ...speaker, prefix };
    return receiptWords(receipt, reader, "teach.learned-many", { count: receipt.added });
  }
  const packed = packedBy(job);
  return (
    packed &&
    speaker.say("archive.done", {
      directory: subjectOf(job),
      archive: packed.name,
      count: packed.files,
    })
  );
}

/** The same for a program. */
export function outcomeFacts(job: Job): { readonly [name: string]: Json | undefined } {
  const tested = testedBy(job);
  if (tested) return { ...testFacts(tested.summary, subjectOf(job)), files: tested.files };
  const receipt = importedBy(job);
  if (receipt) return { ...receipt };
  const packed = packedBy(job);
  return packed ? { archive: packed.name, size: packed.size, files: packed.files } : {};
}

/** Which model version came of it, how good it is, and what to do next. */
function trainedWords(
  { model, metrics, unused }: TrainingResult,
  { say }: Speaker,
  prefix: string,
): string {
  const version = `v${model.number}`;
  const accuracy = metrics["validation_accuracy"];
  const parts = [say("job.model", { version })];
  if (accuracy !== undefined) {
    parts.push(say("job.accuracy", { percent: Math.round(accuracy * 1_000) / 10 }));
  }
  const left = countedReasons(unused, say);
  if (left !== "") parts.push(say("job.unused", { reasons: left }));
  parts.push(say("job.next", { line: `${prefix}promote ${version}` }));
  return parts.join(" ");
}
