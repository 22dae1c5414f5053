import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Json } from "../../../core/reply.ts";
import { replaceFile } from "../../../storage/atomic-file.ts";

/** Where everything of one program's run lies, in the job's folder. */
export const runFiles = (folder: string) => ({
  /** What is to be trained, for programs that are made for us. */
  spec: join(folder, "spec.json"),
  config: join(folder, "config.yaml"),
  data: join(folder, "data"),
  output: join(folder, "out"),
  /** How far it is, from programs that are made for us. */
  progress: join(folder, "progress.jsonl"),
  log: join(folder, "run.log"),
  /** What the supervisor starts. */
  launch: join(folder, "launch.json"),
  /** The supervisor's own process: whoever makes this file is the only one. */
  supervisor: join(folder, "supervisor.json"),
  /** The training program's process. */
  process: join(folder, "process.json"),
  /** How it ended. */
  exit: join(folder, "exit.json"),
});

/** The program to start, with its arguments. */
export type Launch = { readonly command: readonly string[] };

/** How a program ended. */
export type Exit = {
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it could not even be started: the system's code. */
  readonly error: string | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
};

/** A file of JSON that is written as a whole; `undefined` while there is none. */
export async function readWhole<Content>(path: string): Promise<Content | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Content;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

export const writeWhole = (path: string, content: Json): Promise<void> =>
  replaceFile(path, Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`));

export const makeFolders = async (folder: string): Promise<void> => {
  const { data, output } = runFiles(folder);
  await Promise.all([data, output].map((path) => mkdir(path, { recursive: true })));
};
