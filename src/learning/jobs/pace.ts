import { elapsed } from "../../core/clock.ts";
import type { JobProgress } from "../../core/job.ts";

/** Seconds over which the rate is taken: long enough to be steady, short enough to be true. */
const windowSeconds = 20;
const mostPoints = 200;

/** Turns bare steps into progress with a rate and the time that is left. */
export function createPace(): (step: number, total: number | null) => JobProgress {
  let points: { readonly at: number; readonly step: number }[] = [];
  return (step, total) => {
    const at = elapsed() / 1_000;
    // Work that begins anew has no pace yet.
    if (step < (points.at(-1)?.step ?? 0)) points = [];
    points.push({ at, step });
    while (
      points.length > mostPoints ||
      (points.length > 2 && at - points[0]!.at > windowSeconds)
    ) {
      points.shift();
    }
    const first = points[0]!;
    const rate = at > first.at ? (step - first.step) / (at - first.at) : 0;
    return {
      step,
      total,
      rate: rate > 0 ? rate : null,
      remaining: rate > 0 && total !== null ? Math.max(0, total - step) / rate : null,
    };
  };
}
