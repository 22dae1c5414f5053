import { elapsed, now } from "../../core/clock.ts";
import type { Job } from "../../core/job.ts";

/** Jobs that this process cannot do for now: they are left to the others. */
export type Elsewhere = { add(id: string): void; ids(): readonly string[] };

/** Each is looked at again after so many milliseconds: its files may have come. */
export function createElsewhere(again: number): Elsewhere {
  const until = new Map<string, number>();
  return {
    add: (id) => void until.set(id, elapsed() + again),
    ids() {
      for (const [id, moment] of until) if (moment <= elapsed()) until.delete(id);
      return [...until.keys()];
    },
  };
}

/** Milliseconds for which a job waits for a process that has what it needs. */
const patience = 10 * 60_000;

/** Whether nobody has taken a job for so long that nobody can: then it is begun, so that it says why. */
export const isStranded = (job: Pick<Job, "createdAt">): boolean =>
  now() - job.createdAt > patience;
