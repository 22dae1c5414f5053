import type { LogLevel } from "../core/log.ts";

/** What the watching thread is given. */
export type WatchdogTask = {
  /** Two 32-bit cells, see `cells`. */
  readonly state: SharedArrayBuffer;
  /** The memory of `current-operation.ts`. */
  readonly operation: SharedArrayBuffer;
  /** In milliseconds. */
  readonly limits: { readonly stall: number; readonly end: number; readonly stop: number };
  readonly logLevel: LogLevel;
  readonly logForm: "json" | "lines";
};

/** Which cell holds the count of signs of life, and which whether the process is stopping. */
export const cells = { beats: 0, stopping: 1 } as const;
