import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { elapsed, sleep } from "../../../core/clock.ts";
import { isRunning, type ProcessIdentity } from "./process-identity.ts";
import { readWhole, runFiles, type Exit } from "./run-folder.ts";
import { signalGroup } from "./signal-group.ts";

/** A training program that was started, by this process or an earlier one. */
export type Program = {
  /** How it ended; `undefined` while it runs; `lost` when nobody can tell any more. */
  state(): Promise<Exit | "lost" | undefined>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Asks it to end, and ends it when it does not within the time. */
  stop(graceSeconds: number): Promise<void>;
};

type Supervisor = ProcessIdentity & { readonly startedAt: number };

const supervise = fileURLToPath(new URL("supervise.ts", import.meta.url));

/** How long a supervisor may take to begin, and to write down an end, in milliseconds. */
const patience = 30_000;
const look = 20;

/**
 * Starts what the run's `launch.json` says, unless that was done before. It goes on when this process
 * ends.
 */
export async function startProgram(
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<Program> {
  const files = runFiles(folder);
  if ((await readWhole(files.supervisor)) === undefined) {
    const supervisor = spawn(process.execPath, [supervise, folder], {
      cwd: folder,
      env: environment,
      detached: true,
      windowsHide: true,
      stdio: "ignore",
    });
    await once(supervisor, "spawn");
    supervisor.unref();
  }
  await until(async () => (await readWhole(files.supervisor)) !== undefined);
  return programIn(folder);
}

function programIn(folder: string): Program {
  const files = runFiles(folder);
  const runs = async (identity: ProcessIdentity | undefined): Promise<boolean> =>
    identity !== undefined && isRunning(identity);
  const exit = (): Promise<Exit | undefined> => readWhole<Exit>(files.exit);

  const state: Program["state"] = async () => {
    const ended = await exit();
    if (ended) return ended;
    if (await runs(await readWhole<Supervisor>(files.supervisor))) return undefined;
    // Without its supervisor a program still trains, but how it ends nobody will know.
    if (await runs(await readWhole<ProcessIdentity>(files.process))) return undefined;
    return (await exit()) ?? "lost";
  };
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    const identity = await readWhole<ProcessIdentity>(files.process);
    if (identity && (await isRunning(identity))) signalGroup(identity.pid, name);
  };
  const isOver = async (): Promise<boolean> => (await state()) !== undefined;
  return {
    state,
    pause: () => signal("SIGSTOP"),
    resume: () => signal("SIGCONT"),
    async stop(graceSeconds) {
      // A supervisor that has only just begun must have a program before that can be stopped.
      await until(async () => (await readWhole(files.process)) !== undefined || (await isOver()));
      await signal("SIGTERM");
      await signal("SIGCONT");
      if (await until(isOver, graceSeconds * 1000)) return;
      await signal("SIGKILL");
      await until(isOver);
    },
  };
}

/** Waits until something is so; tells whether it came to be in time. */
async function until(isSo: () => Promise<boolean>, limit: number = patience): Promise<boolean> {
  const deadline = elapsed() + limit;
  while (!(await isSo())) {
    if (elapsed() >= deadline) return false;
    await sleep(look);
  }
  return true;
}
