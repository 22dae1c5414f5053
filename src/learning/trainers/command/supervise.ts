import { spawn } from "node:child_process";
import { openSync } from "node:fs";
import { rm } from "node:fs/promises";
import { now, sleep } from "../../../core/clock.ts";
import { newId } from "../../../core/ids.ts";
import { renameWithoutReplacing } from "../../../storage/atomic-file.ts";
import { identityOf } from "./process-identity.ts";
import { readWhole, runFiles, writeWhole, type Exit, type Launch } from "./run-folder.ts";

/**
 * Its own process, one for each run: starts the training program in a group of its own, and writes down
 * how it ended. It outlives Apprentice, so that a restart finds the training going on, or its end.
 */
const folder = process.argv[2]!;
const files = runFiles(folder);

/** Two of us may be started for one run; only the one that makes the file goes on. */
async function isFirst(): Promise<boolean> {
  const draft = `${files.supervisor}.${newId()}`;
  try {
    await writeWhole(draft, { ...(await identityOf(process.pid)), startedAt: now() });
    return await renameWithoutReplacing(draft, files.supervisor);
  } finally {
    await rm(draft, { force: true });
  }
}

/** On a full disk this waits until there is room again. */
async function keep(path: string, content: object): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await writeWhole(path, { ...content });
    } catch (error) {
      if (attempt >= 600) throw error;
      await sleep(500);
    }
  }
}

// The program is stopped through its own group; whoever stops the machine must not make us forget it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

if (await isFirst()) {
  const { command } = (await readWhole<Launch>(files.launch))!;
  const startedAt = now();
  const log = openSync(files.log, "a", 0o600);
  const program = spawn(command[0]!, command.slice(1), {
    cwd: folder,
    detached: true,
    windowsHide: true,
    stdio: ["ignore", log, log],
  });
  const ended = new Promise<Omit<Exit, "startedAt" | "endedAt">>((resolve) => {
    program.on("error", ({ code = "EUNKNOWN" }: NodeJS.ErrnoException) =>
      resolve({ code: null, signal: null, error: code }),
    );
    program.on("exit", (code, signal) => resolve({ code, signal, error: null }));
  });
  const identity = program.pid === undefined ? undefined : await identityOf(program.pid);
  if (identity) await keep(files.process, identity);
  await keep(files.exit, { ...(await ended), startedAt, endedAt: now() });
}
