import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ApprenticeError } from "../core/errors.ts";
import type { Log } from "../core/log.ts";

const sources = join(import.meta.dirname, "pages");
const folder = join(sources, "dist");
const stampFile = join(folder, "stamp.txt");
const buildMilliseconds = 120_000;

/** Whether there are built pages, be they old. */
export const pagesAreBuilt = (): boolean => existsSync(join(folder, "index.html"));

/**
 * The folder of the built pages. Builds them first when they are absent or older than their
 * sources, in a process of its own so that the server stays free. Throws `console-pages-missing`.
 */
export async function ensurePages({
  log,
  signal,
}: {
  readonly log: Log;
  readonly signal?: AbortSignal;
}): Promise<string> {
  const stamp = await stampOfSources();
  const built = await readFile(stampFile, "utf8").catch(() => undefined);
  if (built === stamp) return folder;
  const vite = findVite();
  if (!vite) {
    // Pages that came ready-made, without the means to build them, are as good as it gets.
    if (pagesAreBuilt()) return folder;
    throw new ApprenticeError("console-pages-missing", { reason: "vite" });
  }
  log.info("Building the console pages");
  await build(vite, signal);
  await writeFile(stampFile, stamp);
  return folder;
}

/** A hash over the names and contents of everything the pages are made of. */
async function stampOfSources(): Promise<string> {
  const entries = await readdir(sources, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(folder))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(file.slice(sources.length)).update(await readFile(file));
  return hash.digest("hex");
}

function findVite(): string | undefined {
  try {
    const { resolve } = createRequire(import.meta.url);
    return join(dirname(resolve("vite/package.json")), "bin", "vite.js");
  } catch {
    return undefined;
  }
}

async function build(vite: string, signal: AbortSignal | undefined): Promise<void> {
  const builder = spawn(
    process.execPath,
    [vite, "build", "--config", join(sources, "vite.config.ts"), "--logLevel", "error"],
    {
      stdio: ["ignore", "ignore", "pipe"],
      timeout: buildMilliseconds,
      ...(signal && { signal }),
    },
  );
  let complaints = "";
  builder.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints = (complaints + text).slice(-500);
  });
  const code: unknown = await once(builder, "close").then(
    ([code]) => code,
    (error: unknown) => {
      throw new ApprenticeError("console-pages-missing", { reason: "vite" }, { cause: error });
    },
  );
  if (code !== 0) {
    const reason = complaints.trim().split("\n")[0] ?? "";
    throw new ApprenticeError("console-pages-missing", {
      reason: reason || `vite ${String(code)}`,
    });
  }
}
