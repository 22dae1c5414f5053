import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { openApp } from "../src/compose.ts";
import type { App } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { isFinal } from "../src/core/job.ts";
import { silentLog } from "../src/core/log.ts";
import { importFile } from "../src/learning/import-file.ts";
import { syntheticRows } from "./synthetic-rows.ts";

/** What the main thread may be held for at a time, in milliseconds. */
const bound = 50;
const answers = 500;
const questions = 200;
const workspace = "discord:bench";

/**
 * How long the main thread is held at most, so that nobody else is served, while a stranger's large file
 * is imported, retrained on, answered from, saved and loaded. Without a baseline: the bound is 50 ms.
 */
export async function run({ sizes = [20_000] }: { sizes?: readonly number[] }): Promise<object> {
  const results: object[] = [];
  for (const size of sizes) results.push({ size, stages: await measure(size) });
  return { bench: "slices", boundMs: bound, rows: "synthetic", results };
}

type Stage = {
  readonly stage: string;
  /** The longest turn of the event loop. */
  readonly longestMs: number;
  /** How many turns were longer than they may be. */
  readonly overBound: number;
  readonly seconds: number;
};

async function measure(size: number): Promise<readonly Stage[]> {
  const folder = await mkdtemp(join(tmpdir(), "apprentice-slices-"));
  const environment = { APPRENTICE_LIMITS_EXAMPLES_PER_WORKSPACE: "0" };
  const open = (): Promise<App> => openApp(readConfig(folder, environment).config, silentLog);
  const stages: Stage[] = [];
  const during = async <Result>(stage: string, work: () => Promise<Result>): Promise<Result> => {
    const watch = watchTurns();
    const started = performance.now();
    const result = await work();
    const seconds = Number(((performance.now() - started) / 1_000).toFixed(2));
    stages.push({ stage, ...(await watch.end()), seconds });
    return result;
  };
  try {
    const rows = [...syntheticRows(size, answers)];
    const bytes = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    let app = await open();
    app.work();
    await during("import", () => imported(app, bytes));
    await during("retrain", () => app.memories.settle(workspace));
    const ask = async (count: number): Promise<void> => {
      for (let at = 0; at < count; at += 1)
        await app.ask(workspace, rows[(at * 97) % rows.length]!.prompt);
    };
    await during("answer", () => ask(questions));
    await during("save and close", () => app.close());
    app = await open();
    await during("load and answer once", () => ask(1));
    await app.close();
    return stages;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Measures each turn of the event loop in the processor time of the main thread, which a busy machine
 * does not stretch.
 */
function watchTurns(): { end(): Promise<Pick<Stage, "longestMs" | "overBound">> } {
  let longest = 0;
  let overBound = 0;
  let before = threadMilliseconds();
  const look = (): void => {
    const now = threadMilliseconds();
    longest = Math.max(longest, now - before);
    if (now - before > bound) overBound += 1;
    before = now;
  };
  const timer = setInterval(look, 1);
  return {
    async end() {
      await nextTurn();
      look();
      clearInterval(timer);
      return { longestMs: Math.round(longest), overBound };
    },
  };
}

function threadMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

async function imported(app: App, bytes: Buffer): Promise<void> {
  const teacher = {
    workspace,
    person: { id: "discord:ann", name: "Ann", role: "admin" },
    origin: "discord.message",
  } as const;
  const file = { name: "rows.jsonl", bytes, label: "positive" } as const;
  const begun = await importFile(app, teacher, file, {
    voice: "en",
    place: { platform: "discord", room: "discord:room", messageId: null, language: "en" },
  });
  if (!("job" in begun)) return;
  for await (const { job } of app.jobs.follow(begun.job.id, new AbortController().signal)) {
    if (isFinal(job.state) && job.state !== "succeeded")
      throw new Error(`the import ${job.state}: ${JSON.stringify(job.failure)}`);
  }
}
