import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BenchOptions } from "./run.ts";
import { median, rounded } from "./statistics.ts";

const entry = fileURLToPath(new URL("../bin/run.mjs", import.meta.url));
/** How long a start may take before the bench gives up. */
const patience = 30_000;

/**
 * From starting the process to the first healthy answer, and its memory a while later. Baseline: a
 * process of the same Node that does nothing but answer the same request.
 */
export async function run({ rounds = 7 }: BenchOptions): Promise<object> {
  const apprentice = await measure(rounds, (port, folder) =>
    spawn(process.execPath, [entry, "start"], {
      stdio: "ignore",
      env: {
        PATH: process.env["PATH"],
        APPRENTICE_DATA: folder,
        APPRENTICE_CONSOLE_PORT: String(port),
        APPRENTICE_LOG_LEVEL: "error",
      },
    }),
  );
  const baseline = await measure(rounds, (port) =>
    spawn(
      process.execPath,
      [
        "-e",
        `require("node:http").createServer((_, r) => r.end("ok")).listen(${port}, "127.0.0.1")`,
      ],
      { stdio: "ignore" },
    ),
  );
  return {
    what: "start to healthy in milliseconds, warm; resident memory 3 s later in MB",
    rounds,
    ...apprentice,
    baseline: { name: "an HTTP server of the same Node", ...baseline },
    ratio: {
      healthyMs: rounded(apprentice.healthyMs / baseline.healthyMs),
      idleMb: rounded(apprentice.idleMb / baseline.idleMb),
    },
  };
}

async function measure(rounds: number, start: (port: number, folder: string) => ChildProcess) {
  const times: number[] = [];
  const memory: number[] = [];
  const folder = mkdtempSync(join(tmpdir(), "apprentice-bench-"));
  try {
    for (let round = -1; round < rounds; round++) {
      const port = await freePort();
      const startedAt = performance.now();
      const child = start(port, folder);
      try {
        await healthy(port);
        if (round < 0) continue;
        times.push(performance.now() - startedAt);
        await new Promise((resolve) => setTimeout(resolve, 3_000));
        memory.push(residentMb(child.pid!));
      } finally {
        child.kill("SIGTERM");
        await once(child, "exit");
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    healthyMs: rounded(median(times)),
    slowestMs: rounded(Math.max(...times)),
    idleMb: rounded(median(memory)),
  };
}

async function healthy(port: number): Promise<void> {
  const end = performance.now() + patience;
  while (performance.now() < end) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/healthz`)).ok) return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  throw new Error(`Nothing answered on port ${port} within ${patience} ms.`);
}

/** VmRSS of a process, from the Linux proc file system. */
function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
