import { workerData } from "node:worker_threads";
import { readOperation } from "../core/current-operation.ts";
import { createLog } from "../core/log.ts";
import { cells, type WatchdogTask } from "./watchdog-task.ts";

/**
 * Counts its own ticks instead of reading a clock: a machine that slept has stalled nothing. Logs once
 * for each stall, and ends the process with SIGKILL, which needs no cooperation.
 */
const { state, operation, limits, logLevel, logForm } = workerData as WatchdogTask;
const cellsOfState = new Int32Array(state);
const log = createLog(logLevel, logForm);
const tick = Math.max(20, Math.min(500, limits.stall / 4));

let lastBeat = -1;
let quiet = 0;
let stopping = 0;
let isTold = false;

setInterval(() => {
  const beat = Atomics.load(cellsOfState, cells.beats);
  if (beat === lastBeat) quiet += tick;
  else {
    if (isTold) log.warn("The main thread answers again", { seconds: inSeconds(quiet) });
    lastBeat = beat;
    quiet = 0;
    isTold = false;
  }
  if (quiet >= limits.stall && !isTold) {
    isTold = true;
    log.error("The main thread has been busy for too long", {
      seconds: inSeconds(quiet),
      operation: readOperation(operation),
    });
  }
  if (Atomics.load(cellsOfState, cells.stopping) === 1) stopping += tick;
  if (quiet >= limits.end) end("The main thread did not come back, so the process is ended");
  if (stopping >= limits.stop) end("Stopping took too long, so the process is ended");
}, tick);

function end(message: string): void {
  log.error(message, { operation: readOperation(operation) });
  process.kill(process.pid, "SIGKILL");
}

const inSeconds = (milliseconds: number): number => Math.round(milliseconds / 1_000);
