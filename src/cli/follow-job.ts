import { ApprenticeError } from "../core/errors.ts";
import type { Job, JobState } from "../core/job.ts";
import type { Reply } from "../core/reply.ts";
import { shortJobId } from "../learning/jobs/jobs.ts";
import { say } from "../texts/say.ts";
import type { Desk } from "./desk.ts";
import { exitCodes } from "./output.ts";
import { showProgress } from "./progress-bar.ts";
import type { Session } from "./session.ts";

/**
 * Waits for a job to end, with a progress bar where a person watches, and gives what came of it.
 * Ctrl-C takes an import back where nobody else would go on with it; other jobs go on with the
 * Apprentice that runs, or after the next start.
 */
export async function followJob(jobId: string, desk: Desk, session: Session): Promise<Reply> {
  const { output, signal } = session;
  const bar = await showProgress(output.voice, output.json);
  let last: Pick<Job, "state"> | undefined;
  try {
    for await (const { job } of desk.followJob(jobId)) {
      last = job;
      if (job.progress?.total) bar.progress("job", job.progress.step, job.progress.total);
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    const ended = await desk.giveUpJob(jobId);
    if (ended !== "succeeded") throw stopped(jobId, ended, session);
    last = { state: ended };
  } finally {
    bar.stop();
  }
  if (!last) throw new ApprenticeError("job-missing", { reference: jobId });
  if (last.state !== "succeeded") process.exitCode = exitCodes.failed;
  return desk.runCommand("job", { id: jobId });
}

/** Ctrl-C while a job was waited for, with what became of the job. */
function stopped(
  jobId: string,
  ended: JobState | undefined,
  { output, signal }: Session,
): ApprenticeError {
  const line = `apprentice job ${shortJobId({ id: jobId })}`;
  const told = say(output.voice, ended ? "cli.import.stopped" : "cli.job.left", { line });
  return new ApprenticeError("cancelled", { told }, { cause: signal.reason });
}
