import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** A process that cannot be mistaken for a later one with the same number. */
export type ProcessIdentity = {
  readonly pid: number;
  /** When it began, in the system's own words; empty where the system does not tell. */
  readonly begun: string;
};

/** `undefined`: there is no such process, or it is dead and only not yet cleared away. */
export async function identityOf(pid: number): Promise<ProcessIdentity | undefined> {
  if (process.platform === "linux") return linuxIdentity(pid);
  if (!isThere(pid)) return undefined;
  if (process.platform === "win32") return { pid, begun: "" };
  try {
    const { stdout } = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)]);
    return stdout.trim() === "" ? undefined : { pid, begun: stdout.trim() };
  } catch {
    return undefined;
  }
}

/** Whether this very process still runs. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  const now = await identityOf(identity.pid);
  return now !== undefined && now.begun === identity.begun;
}

/** proc_pid_stat(5): the state is field 3, the start in clock ticks after boot is field 22. */
async function linuxIdentity(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name in field 2 may hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, start] = [fields[0]!, fields[19]!];
    if (state === "Z" || state === "X") return undefined;
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    return { pid, begun: `${boot.trim()} ${start}` };
  } catch {
    return undefined;
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
