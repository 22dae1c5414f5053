import type { Job, JobEvent } from "../core/job.ts";
import type { OutgoingFile } from "../core/reply.ts";
import { lossCurve } from "../learning/jobs/curve/loss-curve.ts";
import { shortJobId } from "../learning/jobs/jobs.ts";

/** The loss curve of a training as a picture; `undefined` while there is nothing to draw. */
export function curveFile(job: Job, events: readonly JobEvent[]): OutgoingFile | undefined {
  const bytes = lossCurve(events);
  return bytes && { name: `loss-${shortJobId(job)}.png`, mediaType: "image/png", bytes };
}
