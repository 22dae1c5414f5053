import { execFile } from "node:child_process";

/** Sends a signal to a process and all that it started; a group that is gone is no error. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  if (process.platform === "win32") {
    // Windows knows neither groups nor pausing: the tree can only be ended.
    if (signal === "SIGTERM" || signal === "SIGKILL") {
      execFile("taskkill", ["/pid", String(leader), "/t", "/f"], () => {});
    }
    return;
  }
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
