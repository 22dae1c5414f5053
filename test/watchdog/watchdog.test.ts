import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../source-files.ts";

/** Runs a program that is watched with short limits, and gives how it ended and what it logged. */
async function watched(program: string): Promise<{ signal: string | null; lines: object[] }> {
  const source = `
    import { startWatchdog } from ${JSON.stringify(join(root, "src/watchdog/watchdog.ts"))};
    import { beginOperation } from ${JSON.stringify(join(root, "src/core/current-operation.ts"))};
    const limits = { stall: 400, end: 1200, stop: 600 };
    const watchdog = startWatchdog({ limits, logLevel: "info", logForm: "json" });
    await new Promise((resolve) => setTimeout(resolve, 500));
    ${program}`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", source]);
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (piece: string) => (err += piece));
  const [, signal] = (await once(child, "close")) as [number | null, string | null];
  const lines = err.split("\n").flatMap((line) => {
    return line.startsWith("{") ? [JSON.parse(line) as object] : [];
  });
  return { signal, lines };
}

/** Keeps the thread busy for hours, as an expression over somebody's text could. */
const hang = `/^(a+)+$/.test("a".repeat(60) + "!");`;

test("a process that is busy for ever says with what, and is ended", async () => {
  const { signal, lines } = await watched(`beginOperation("reading a file"); ${hang}`);
  assert.equal(signal, "SIGKILL");
  const [stall, end] = lines as { msg: string; operation: string; level: string }[];
  assert.match(stall!.msg, /busy for too long/);
  assert.equal(stall!.operation, "reading a file");
  assert.match(end!.msg, /did not come back/);
  assert.equal(lines.length, 2);
});

test("a process that was asked to stop and does not is ended", async () => {
  const { signal, lines } = await watched(`watchdog.stopping(); setInterval(() => {}, 1000);`);
  assert.equal(signal, "SIGKILL");
  assert.match((lines as { msg: string }[]).at(-1)!.msg, /Stopping took too long/);
});

test("a process that comes back goes on, and says so", async () => {
  const busy = `const end = performance.now() + 800; while (performance.now() < end);`;
  const { signal, lines } = await watched(
    `${busy} await new Promise((resolve) => setTimeout(resolve, 600)); process.exit(0);`,
  );
  assert.equal(signal, null);
  assert.deepEqual(
    (lines as { level: string }[]).map(({ level }) => level),
    ["error", "warn"],
  );
});
