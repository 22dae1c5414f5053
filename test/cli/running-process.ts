import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../source-files.ts";

/** The program itself, so that a test which kills it kills no wrapper. */
export const entry = join(root, "src/cli/main.ts");
/** What people start: it finds a Node, and keeps a server as its child. */
export const wrapper = join(root, "bin/run.mjs");

/** A folder to start in, with its own data; removed by `remove`. */
export function workFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "apprentice-cli-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The servers started in each work folder. */
const started = new Map<string, ChildProcess[]>();

/** A test with a data folder of its own, so that it can run beside the others. */
export const testInFolder = (
  name: string,
  work: (folder: string) => Promise<void>,
  options: { readonly skip?: string | false } = {},
): void => {
  void test(name, options, async () => {
    const folder = workFolder();
    try {
      await work(folder.path);
    } finally {
      // A test that failed half-way must not leave its server behind.
      for (const child of started.get(folder.path) ?? []) child.kill("SIGKILL");
      started.delete(folder.path);
      folder.remove();
    }
  });
};

/** Only what a fresh shell has; nothing of this test run leaks into the process. */
export const environment = (extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  HOME: tmpdir(),
  NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache"),
  LANG: "en_US.UTF-8",
  APPRENTICE_CONSOLE_PORT: "0",
  ...extra,
});

export type Finished = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs `apprentice ...` to its end. */
export async function apprentice(
  folder: string,
  words: readonly string[],
  extra: NodeJS.ProcessEnv = {},
  input = "",
): Promise<Finished> {
  const child = spawn(process.execPath, [entry, ...words], {
    cwd: folder,
    env: environment(extra),
  });
  const finished = collect(child);
  child.stdin.end(input);
  return finished;
}

/** As `apprentice`, with `--json`: the parsed lines of standard output. */
export async function facts(
  folder: string,
  words: readonly string[],
  extra: NodeJS.ProcessEnv = {},
) {
  const { code, out, err } = await apprentice(folder, [...words, "--json"], extra);
  const lines = out.split("\n").filter((line) => line !== "");
  return { code, err, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

async function collect(child: ChildProcess): Promise<Finished> {
  let out = "";
  let err = "";
  child.stdout!.setEncoding("utf8").on("data", (piece: string) => (out += piece));
  child.stderr!.setEncoding("utf8").on("data", (piece: string) => (err += piece));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err };
}

export type RunningServer = {
  readonly url: URL;
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  stop(signal?: NodeJS.Signals): Promise<Finished>;
};

/** Runs `apprentice start` until its address is told. */
export async function startServer(
  folder: string,
  command: readonly string[] = [process.execPath, entry, "start"],
  extra: NodeJS.ProcessEnv = {},
): Promise<RunningServer> {
  const [program, ...words] = command as [string, ...string[]];
  const child = spawn(program, words, { cwd: folder, env: environment(extra) });
  started.set(folder, [...(started.get(folder) ?? []), child]);
  const finished = collect(child);
  let told = "";
  const url = await new Promise<URL>((resolve, reject) => {
    child.stdout.on("data", (piece: string) => {
      told += piece;
      const address = /https?:\/\/\S+token=\S+/.exec(told)?.[0];
      if (address) resolve(new URL(address));
    });
    void finished.then(({ code, err }) =>
      reject(new Error(`ended with ${code} before it was ready: ${err}`)),
    );
  });
  return {
    url,
    child,
    finished,
    stop(signal = "SIGTERM") {
      child.kill(signal);
      return finished;
    },
  };
}

/** Whether a process is still there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until `condition` holds; fails after `milliseconds`. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  milliseconds = 10_000,
): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`did not happen within ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** A port nobody listens on. */
export async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
