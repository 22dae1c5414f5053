import { sleep } from "../../../core/clock.ts";
import { ApprenticeError } from "../../../core/errors.ts";
import type { TrainingRun } from "../trainer.ts";
import { patiently } from "./do-once.ts";
import { isFinal } from "./follow-job.ts";
import type { HostedMemory } from "./hosted-memory.ts";
import type { HostedParts } from "./hosted-parts.ts";
import { filesLeft, removeFiles } from "./send-files.ts";

/** How many times the provider is asked whether a cancelled training has ended. */
const lastLooks = 10;

type Outside = {
  readonly memory: HostedMemory;
  readonly key: string;
  readonly run: Pick<TrainingRun, "tell">;
};

/**
 * Ends the outside training, also one that was asked for and never heard of. Throws when the provider
 * cannot be reached: then it may go on there.
 */
export async function cancelOutside(
  { api, options }: Pick<HostedParts, "api" | "options">,
  { memory, key, run }: Outside,
): Promise<void> {
  // The run's own signal is aborted already; what must still be asked has a patience of its own.
  const { firstWait } = options;
  const how = { patienceSeconds: 30, firstWait, signal: new AbortController().signal };
  const { asked, job: known, train } = memory.value;
  const id =
    known ?? (asked ? (await patiently(() => api.jobs.find({ key, train }), how))?.id : undefined);
  if (id !== undefined) {
    await patiently(() => api.jobs.cancel(id), how).catch((error: unknown) => {
      // It had ended by itself.
      if (!(error instanceof ApprenticeError) || error.code !== "training-refused") throw error;
    });
    for (let look = 0; look < lastLooks; look += 1) {
      const job = await patiently(() => api.jobs.read(id), how);
      if (!job || isFinal(job)) break;
      await sleep(options.pollSeconds * 100);
    }
  }
  if (!(await removeFiles(api.files, memory))) {
    run.tell(filesLeft(api.host, key));
  }
}
