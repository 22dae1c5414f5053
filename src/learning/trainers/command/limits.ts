import { elapsed, now } from "../../../core/clock.ts";
import { ApprenticeError } from "../../../core/errors.ts";
import { diskUse } from "./disk-use.ts";

/** What no training program may go beyond. */
export type ProgramLimits = {
  /** How long it may run. */
  readonly hours: number;
  /** How long it may show no sign of life: no word in its log, no progress. */
  readonly silentMinutes: number;
  /** How much it may write, in gigabytes. */
  readonly diskGb: number;
  /** How often the disk is looked at. */
  readonly diskSeconds: number;
};

/** Less than this is never left on a disk, in bytes: others must be able to write too. */
export const leastFree = 500 * 1024 * 1024;
const megabyte = 1024 * 1024;

export type LimitWatch = {
  /** The program showed a sign of life. */
  heard(): void;
  /** Throws `training-silent`, `training-too-long` or `training-too-large`. */
  check(startedAt: number): Promise<void>;
};

/** Watches one program of a run. */
export function watchLimits(
  limits: ProgramLimits,
  { folder, program, log }: { folder: string; program: string; log: string },
): LimitWatch {
  let lastSign = elapsed();
  let nextLook = elapsed();
  return {
    heard() {
      lastSign = elapsed();
    },
    async check(startedAt) {
      if (elapsed() - lastSign > limits.silentMinutes * 60_000) {
        const minutes = limits.silentMinutes;
        throw new ApprenticeError("training-silent", { program, minutes, log });
      }
      if (now() - startedAt > limits.hours * 3_600_000) {
        throw new ApprenticeError("training-too-long", { program, hours: limits.hours });
      }
      if (elapsed() < nextLook) return;
      nextLook = elapsed() + limits.diskSeconds * 1000;
      const { written, free } = await diskUse(folder);
      if (written <= limits.diskGb * 1024 * megabyte && free >= leastFree) return;
      throw new ApprenticeError("training-too-large", {
        written: Math.round(written / megabyte),
        free: Math.round(free / megabyte),
      });
    },
  };
}
