import { Worker } from "node:worker_threads";
import { operationMemory } from "../core/current-operation.ts";
import type { LogLevel } from "../core/log.ts";
import { cells, type WatchdogTask } from "./watchdog-task.ts";

/** Milliseconds between two signs of life of the main thread. */
const heartbeat = 250;

export type WatchdogOptions = Pick<WatchdogTask, "limits"> & {
  readonly logLevel: LogLevel;
  readonly logForm: "json" | "lines";
};

/** After how many milliseconds a stall is logged and ends the process, and how long stopping may take. */
export const usualLimits = { stall: 5_000, end: 60_000, stop: 10_000 } as const;

/** Watches the main thread from another one. */
export type Watchdog = {
  /** The process was asked to stop: when it has not ended in time, it is ended. */
  stopping(): void;
};

/**
 * Starts to watch the thread that calls it. A thread that is kept busy answers nobody and hears no
 * signal; this one logs what it was doing, and ends the process when it does not come back.
 */
export function startWatchdog({ limits, logLevel, logForm }: WatchdogOptions): Watchdog {
  const state = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const task: WatchdogTask = {
    state: state.buffer,
    operation: operationMemory(),
    limits,
    logLevel,
    logForm,
  };
  const worker = new Worker(new URL("./watchdog-worker.ts", import.meta.url), {
    workerData: task,
    execArgv: [],
    // Its log goes to the descriptor itself; nothing of it waits for the main thread.
    stdout: false,
    stderr: false,
  });
  worker.unref();
  // Without it the bot works all the same, only unwatched.
  worker.on("error", () => {});
  setInterval(() => Atomics.add(state, cells.beats, 1), heartbeat).unref();
  return { stopping: () => void Atomics.store(state, cells.stopping, 1) };
}
