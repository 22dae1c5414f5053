import { random, sleep } from "../../../core/clock.ts";
import { ApprenticeError } from "../../../core/errors.ts";
import { holdWhilePaused } from "../held.ts";
import type { TrainingRun } from "../trainer.ts";
import { patiently } from "./do-once.ts";
import type { HostedApi, HostedJob } from "./hosted-api.ts";
import type { HostedMemory } from "./hosted-memory.ts";

export type Following = {
  readonly api: HostedApi;
  readonly memory: HostedMemory;
  readonly run: TrainingRun;
  readonly key: string;
  readonly pollSeconds: number;
  readonly patienceSeconds: number;
  readonly firstWait: number | undefined;
};

/** A training that its provider did not know so often in a row is looked for by its key. */
const misses = 3;

/**
 * Watches a training to its end, and tells what it hears. Throws `training-lost` when the provider no
 * longer knows it under its id nor its key.
 */
export async function followJob(following: Following, id: string): Promise<HostedJob> {
  const { api, run, key, pollSeconds, patienceSeconds, firstWait } = following;
  // Somebody may be changing the key; the training goes on meanwhile.
  const passing = ["training-unauthorised"] as const;
  const persistence = { patienceSeconds, signal: run.signal, firstWait, passing };
  let said = "";
  let missed = 0;
  for (;;) {
    if (api.pausing) await holdWhilePaused(run, pausingOf(api.pausing, id, run));
    let job = await patiently(() => api.jobs.read(id), persistence);
    missed = job ? 0 : missed + 1;
    if (missed >= misses) {
      const mark = { key, train: following.memory.value.train };
      job = await patiently(() => api.jobs.find(mark), persistence);
      if (!job) throw new ApprenticeError("training-lost", { host: api.host, job: id });
    }
    if (job) {
      const seen = job;
      if (seen.said !== said) run.tell({ kind: "log", text: `${api.host}: ${seen.said}` });
      said = seen.said;
      await patiently(() => tellNews(following, seen), persistence);
      if (isFinal(seen)) return seen;
    }
    // Not all trainings ask in the same moment.
    await sleep(pollSeconds * 1000 * (0.75 + random() / 2), run.signal);
  }
}

export const isFinal = ({ state }: HostedJob): boolean =>
  state === "succeeded" || state === "failed" || state === "cancelled";

/** A provider that cannot pause just now, or has no such operation, goes on training. */
const pausingOf = (pausing: NonNullable<HostedApi["pausing"]>, id: string, run: TrainingRun) => {
  const unlessRefused = async (asked: Promise<void>): Promise<void> => {
    try {
      await asked;
    } catch (error) {
      if (!(error instanceof ApprenticeError)) throw error;
      const { code, values, id } = error;
      const failure = { code, values, id };
      run.tell({ kind: "note", code: "pausing-refused", values: {}, warns: false, failure });
    }
  };
  return {
    pause: () => unlessRefused(pausing.pause(id)),
    resume: () => unlessRefused(pausing.resume(id)),
  };
};

async function tellNews({ api, memory, run }: Following, job: HostedJob): Promise<void> {
  const { news, progress, cursor } = await api.jobs.news(job, memory.value.cursor);
  for (const piece of news) run.tell(piece);
  if (progress) run.progress(progress);
  if (JSON.stringify(cursor) === JSON.stringify(memory.value.cursor)) return;
  const measured = news.flatMap((piece) => (piece.kind === "metric" ? [piece.values] : []));
  await memory.update({ cursor, metrics: Object.assign({}, memory.value.metrics, ...measured) });
}
