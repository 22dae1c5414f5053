import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { ApprenticeError } from "../core/errors.ts";
import { databaseFile } from "./database-file.ts";

/**
 * Looks through the embedded database of a data folder, in a thread of its own. Throws
 * `database-damaged`, and `cancelled` when it is stopped.
 */
export async function checkIntegrity(folder: string, signal?: AbortSignal): Promise<void> {
  const file = join(folder, databaseFile);
  const worker = new Worker(new URL("./integrity-worker.ts", import.meta.url), {
    workerData: file,
    execArgv: [],
  });
  const stop = (): void => void worker.terminate();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const [finding] = await new Promise<readonly string[]>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", () => reject(new ApprenticeError("cancelled")));
    });
    if (finding !== undefined) throw damaged(file, finding);
  } finally {
    signal?.removeEventListener("abort", stop);
    await worker.terminate();
  }
}

/** An error of SQLite that means damage: SQLITE_CORRUPT (11) or SQLITE_NOTADB (26). */
export function isDamage(thrown: unknown): boolean {
  const { errcode } = Object(thrown) as { errcode?: unknown };
  return typeof errcode === "number" && [11, 26].includes(errcode & 0xff);
}

export const damaged = (file: string, finding: string, cause?: unknown): ApprenticeError =>
  new ApprenticeError(
    "database-damaged",
    { file, finding: finding.replaceAll(/\s+/g, " ").slice(0, 160) },
    { cause },
  );
