import { spawn } from "node:child_process";
import { ApprenticeError } from "../core/errors.ts";

/** How a program ended: by itself, or because it is not there, or because its time was over. */
export type ProgramEnd =
  | { readonly kind: "exit"; readonly code: number | null }
  | { readonly kind: "missing" }
  | { readonly kind: "late" };

export type ProgramOptions = {
  readonly input?: string;
  /** How long it may take, in milliseconds. */
  readonly time: number;
  readonly signal: AbortSignal | undefined;
};

/**
 * Runs a program and gives what it writes, and at last how it ended. It is killed when nobody reads
 * any more. Throws `cancelled` for an abort.
 */
export async function* runProgram(
  program: string,
  words: readonly string[],
  { input, time, signal }: ProgramOptions,
): AsyncGenerator<Buffer, ProgramEnd> {
  const throwIfCancelled = (): void => {
    if (signal?.aborted) throw new ApprenticeError("cancelled", {}, { cause: signal.reason });
  };
  throwIfCancelled();
  const child = spawn(program, words, { stdio: ["pipe", "pipe", "ignore"] });
  const kill = (): void => void child.kill("SIGKILL");
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    kill();
  }, time);
  signal?.addEventListener("abort", kill, { once: true });
  const ended = new Promise<ProgramEnd>((resolve) => {
    child.once("error", () => resolve({ kind: "missing" }));
    child.once("close", (code) => resolve({ kind: "exit", code }));
  });
  // A program that ends without reading its input is told by its exit code.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  try {
    for await (const chunk of child.stdout) yield chunk as Buffer;
    const end = await ended;
    throwIfCancelled();
    return isLate ? { kind: "late" } : end;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", kill);
    kill();
  }
}
