import { createHash } from "node:crypto";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { openEncoder } from "../../../encoders/open-encoder.ts";
import { asApprenticeError } from "../../../core/errors.ts";
import { replaceFile } from "../../../storage/atomic-file.ts";
import { readVersionRows } from "../../datasets/versions.ts";
import type { DatasetRow } from "../../datasets/dataset.ts";
import type { InstantEncoder } from "../../../encoders/encoder.ts";
import type { Model } from "../../recall/model.ts";
import type { Taught } from "../../recall/recall.ts";
import { recollect } from "../../recall/recollect.ts";
import { packSnapshot } from "../../recall/snapshot.ts";
import { trainModel } from "../../recall/train-model.ts";
import { memoryFile, type ThreadNews, type ThreadTask } from "./thread-task.ts";

// The thread of one training: reads the rows, learns, writes the artefact, tells its hash and ends.
const task = workerData as ThreadTask;
const tell = (news: ThreadNews) => parentPort?.postMessage(news);
const encoder = openEncoder(task.encoder.name, task.encoder.place);
let asked = 0;

/** Tells something and waits for the answer, which comes late while the training is paused. */
function ask(news: ThreadNews): void {
  asked += 1;
  tell(news);
  while (Atomics.load(task.answered, 0) < asked) {
    // Waits in short pieces: a thread that sleeps for ever could not be ended from outside.
    Atomics.wait(task.answered, 0, asked - 1, 250);
  }
}

async function train(): Promise<void> {
  const { learned, validation } = await readRows();
  if (encoder) await readMeanings(encoder, [...learned, ...validation]);
  const metrics: Record<string, number> = {};
  const model = trainModel(learned, {
    seed: task.seed,
    ...(encoder && { encoder }),
    localHeads: true,
    leanHeads: true,
    ...(task.passes !== null && { passes: task.passes }),
    progress: (done) => ask({ kind: "progress", done }),
    watch: {
      validation,
      passed(pass) {
        metrics["loss"] = pass.loss;
        ask({ kind: "pass", pass });
        return true;
      },
    },
  });
  if (!model.heads && !model.localHeads) tell({ kind: "untrained" });
  const bytes = packSnapshot(model);
  await replaceFile(join(task.folder, memoryFile), bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  tell({
    kind: "done",
    file: { path: memoryFile, sha256, bytes: bytes.length },
    metrics: { ...metrics, ...judged(model, validation) },
  });
}

async function readRows() {
  const retracted = new Set(task.retracted);
  const learned: Taught[] = [];
  const validation: Taught[] = [];
  const answers = new Set<string>();
  let left = 0;
  for await (const row of readVersionRows(task.data, task.place)) {
    // Rows to judge by must never be learned from.
    if (row.split === "test") continue;
    if (retracted.has(row.id)) left += 1;
    else if (row.split === "validation") validation.push(asTaught(row));
    else {
      learned.push(asTaught(row));
      if (row.answer !== null) answers.add(row.answer);
    }
  }
  tell({
    kind: "read",
    train: learned.length,
    validation: validation.length,
    retracted: left,
    answers: answers.size,
  });
  return { learned, validation };
}

type Vectored = { readonly prompt: string; vector?: Int8Array | null };

/** So many rows are read by an encoder together. */
const rowsAtOnce = 256;

/** Gives each row its vector, which an encoder may hold for the latest texts alone. */
async function readMeanings(
  { prepare, vectorOf, isCostly, problem }: InstantEncoder,
  rows: Vectored[],
): Promise<void> {
  if (!isCostly) return;
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const some = rows.slice(start, start + rowsAtOnce);
    await prepare(some.map(({ prompt }) => prompt));
    const failed = problem();
    if (failed) throw failed;
    for (const row of some) row.vector = vectorOf(row.prompt);
  }
}

function asTaught({ id, prompt, answer, label, source, answerId, reach }: DatasetRow): Taught {
  return {
    id,
    prompt,
    answer,
    label,
    ...(label === "positive" && answerId && answer !== null && { answerId }),
    ...(reach && { reach }),
    corrects: source === "corrected" && label === "positive",
  };
}

/** Rows that are enough to tell how good a memory is. */
const mostJudged = 2_000;

/** How the whole memory does on rows that it was not trained on. */
function judged(model: Model, validation: readonly Taught[]): Record<string, number> {
  const asked = validation.filter(({ label }) => label === "positive").slice(0, mostJudged);
  if (asked.length === 0) return {};
  let right = 0;
  let answered = 0;
  for (const { prompt, answer, vector } of asked) {
    const recollection = recollect(model, prompt, { hints: false, ...(vector && { vector }) });
    if (recollection.guess === answer) right += 1;
    if (recollection.answer !== null) answered += 1;
  }
  return {
    validation_accuracy: right / asked.length,
    validation_answered: answered / asked.length,
  };
}

await train().catch((thrown: unknown) => {
  const { code, values, cause } = asApprenticeError(thrown);
  // What is nobody's mistake keeps its trace.
  if (code === "internal") throw cause ?? thrown;
  tell({ kind: "failed", code, values });
});
