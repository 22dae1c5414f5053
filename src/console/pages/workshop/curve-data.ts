import type { JobEvent } from "../../../core/job.ts";

/** Measured values by name, in columns over the same steps, as a plot takes them. */
export type CurveData = {
  readonly names: readonly string[];
  readonly steps: readonly number[];
  readonly columns: readonly (readonly (number | null)[])[];
  /** Whether the losses fall so far that only a logarithmic scale shows it. */
  readonly isWide: boolean;
};

const wideRange = 20;
export const isShare = (name: string): boolean => /accurac/i.test(name);
const isShown = (name: string): boolean => /loss/i.test(name) || isShare(name);

/** The losses and accuracies in a job's history. */
export function curveData(events: readonly JobEvent[]): CurveData {
  const byName = new Map<string, Map<number, number>>();
  const steps = new Set<number>();
  for (const event of events) {
    if (event.kind !== "metric") continue;
    for (const [name, value] of Object.entries(event.values)) {
      if (!isShown(name)) continue;
      const column = byName.get(name) ?? new Map<number, number>();
      byName.set(name, column.set(event.step, value));
      steps.add(event.step);
    }
  }
  const ordered = [...steps].toSorted((first, second) => first - second);
  const losses = [...byName]
    .filter(([name]) => !isShare(name))
    .flatMap(([, column]) => [...column.values()]);
  const least = Math.min(...losses);
  return {
    names: [...byName.keys()],
    steps: ordered,
    columns: [...byName.values()].map((column) => ordered.map((step) => column.get(step) ?? null)),
    isWide: least > 0 && Math.max(...losses) / least > wideRange,
  };
}
