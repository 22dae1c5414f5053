import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";

/** What one `node --test` process came to. */
export type Shard = {
  readonly succeeded: boolean;
  /** Its closing counts by name: `pass`, `fail`, ... */
  readonly counts: Readonly<Record<string, number>>;
  /** What it told about its failures after it had closed. */
  readonly report: string;
};

/**
 * Runs `node --test` with these words. Its lines are shown a whole test or suite at a time, so that
 * several at once stay readable.
 */
export async function runShard(words: readonly string[], signal: AbortSignal): Promise<Shard> {
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const child = spawn(
    process.execPath,
    [
      "--test",
      "--test-isolation=none",
      "--test-force-exit",
      "--test-timeout=60000",
      "--test-reporter=spec",
      ...words,
    ],
    {
      stdio: ["ignore", "pipe", "inherit"],
      signal,
      env: {
        // The same thousand modules are compiled by every process and every worker of the tests.
        NODE_COMPILE_CACHE: "node_modules/.cache/compiled",
        ...environment,
        ...(process.stdout.isTTY && { FORCE_COLOR: "1" }),
      },
    },
  );
  const ended = new Promise<number | string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, killer) => resolve(code ?? killer ?? "?"));
  });
  const counts: Record<string, number> = {};
  let lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const text = stripVTControlCharacters(line);
    const count = /^ℹ (\w+) ([\d.]+)$/.exec(text);
    if (count) counts[count[1]!] = Number(count[2]);
    else lines.push(line);
    const closing = counts["tests"] !== undefined;
    if (closing || !/^[✔✖﹣⚠]/u.test(text)) continue;
    console.log(lines.join("\n"));
    lines = [];
  }
  const end = await ended;
  if (counts["tests"] === undefined) {
    lines.push(`✖ a process of the tests (${words[0]}) ended before it had counted: ${end}`);
    counts["fail"] = 1;
  }
  return { succeeded: end === 0, counts, report: lines.join("\n").trim() };
}
