import { ApprenticeError } from "../../../core/errors.ts";
import type { JobCost } from "../../../core/job.ts";
import { neededTarget } from "../check-order.ts";
import { isCancelled, isStopping } from "../held.ts";
import { keyOf } from "../job-key.ts";
import type { Trained, TrainerTraits, TrainingOrder, TrainingRun } from "../trainer.ts";
import { prepareTrainingData, type TrainingData } from "../training-data.ts";
import { cancelOutside } from "./cancel-outside.ts";
import { doOnce } from "./do-once.ts";
import { followJob } from "./follow-job.ts";
import type { HostedJob, HostedRequest } from "./hosted-api.ts";
import type { HostedParts } from "./hosted-parts.ts";
import { openMemory, type HostedMemory } from "./hosted-memory.ts";
import { asSentence } from "./provider-client.ts";
import { filesLeft, removeFiles, sendFiles } from "./send-files.ts";
import { modelSunset } from "./sunsets.ts";

type Parts = HostedParts & { readonly traits: TrainerTraits };

/** Sends the rows, has them trained on, watches to the end, and takes the rows away again. */
export async function runHosted(
  parts: Parts,
  order: TrainingOrder,
  run: TrainingRun,
): Promise<Trained> {
  const { api, options, datasets, name, traits } = parts;
  const base = order.base ?? options.model;
  if (base === "")
    throw new ApprenticeError("training-base-missing", { setting: parts.baseSetting });
  const data = await prepareTrainingData(datasets, order, neededTarget(traits, order, name));
  const key = keyOf(order.jobId);
  const memory = openMemory(run);
  try {
    const job = await trainedJob(parts, { order, run, memory, data, key, base });
    const trained = await trainedModel(parts, { job, base, data, memory });
    if (!(await removeFiles(api.files, memory))) {
      run.tell(filesLeft(api.host, key));
    }
    return trained;
  } catch (error) {
    if (isCancelled(run.signal)) await cancelOutside(parts, { memory, key, run });
    else if (!isStopping(run.signal)) await removeFiles(api.files, memory);
    throw run.signal.aborted ? run.signal.reason : error;
  }
}

type Training = {
  readonly order: TrainingOrder;
  readonly run: TrainingRun;
  readonly memory: HostedMemory;
  readonly data: TrainingData;
  readonly key: string;
  readonly base: string;
};

async function trainedJob(parts: Parts, training: Training): Promise<HostedJob> {
  const { api, options } = parts;
  const { order, run, memory, data, key, base } = training;
  const { retries, patienceSeconds, pollSeconds, firstWait } = options;
  const persistence = { retries, patienceSeconds, pollSeconds, firstWait, signal: run.signal };
  let id = memory.value.job;
  if (id === null) {
    const files = await sendFiles(api.files, memory, data, key, persistence);
    const request: HostedRequest = {
      key,
      jobId: order.jobId,
      base,
      method: order.method,
      settings: order.settings,
      datasetSha256: order.dataset.sha256,
      ...files,
    };
    const begun = memory.value.asked;
    await memory.update({ asked: true, train: files.train });
    const job = await doOnce(
      { begun, act: () => api.jobs.create(request), find: () => api.jobs.find(request) },
      persistence,
    );
    id = job.id;
    await memory.update({ job: id });
  }
  return followJob({ api, memory, run, key, pollSeconds, patienceSeconds, firstWait }, id);
}

type Ended = {
  readonly job: HostedJob;
  readonly base: string;
  readonly data: TrainingData;
  readonly memory: HostedMemory;
};

async function trainedModel(
  { api, name, url, options }: Parts,
  { job, base, data, memory }: Ended,
): Promise<Trained> {
  if (job.state === "cancelled") throw new ApprenticeError("cancelled");
  if (job.state === "failed") {
    const reason = asSentence(job.error ?? job.said);
    throw new ApprenticeError("training-failed", { host: api.host, reason });
  }
  if (job.model === null) {
    const missing = "fine_tuned_model";
    throw new ApprenticeError("training-artefact-missing", { source: api.host, missing });
  }
  const told = await api.sunsetOf?.(job.model);
  return {
    base,
    artefact: { kind: "hosted", provider: name, url, name: job.model },
    served: { provider: "openai-compatible", url, name: job.model },
    sunset: told ?? modelSunset(api.host, base) ?? null,
    cost: costOf(job, options.prices.get(base)),
    unused: data.unused,
    metrics: memory.value.metrics,
  };
}

function costOf({ tokens, dollars, seconds }: HostedJob, price: number | undefined): JobCost {
  const reckoned = price === undefined || tokens === null ? null : (tokens / 1_000_000) * price;
  return { seconds, tokens, dollars: dollars ?? reckoned };
}
