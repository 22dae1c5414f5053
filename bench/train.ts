import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { silentLog } from "../src/core/log.ts";
import { createDatasets } from "../src/learning/datasets/datasets.ts";
import { importLessons } from "../src/learning/import-lessons.ts";
import { readLessons } from "../src/learning/importers/read.ts";
import { createMemories } from "../src/learning/memories.ts";
import { createRecall, restoreRecall } from "../src/learning/recall/embedded-recall.ts";
import { openDatabase } from "../src/storage/database.ts";
import { createDatasetMemory } from "../src/storage/datasets.ts";
import { createExamples } from "../src/storage/examples.ts";
import { createLedger } from "../src/storage/ledger.ts";
import { createWorkspaces } from "../src/storage/workspaces.ts";
import { syntheticRows } from "./synthetic-rows.ts";

const run1 = promisify(execFile);
const once = fileURLToPath(new URL("./train-once.ts", import.meta.url));
const answers = 150;

/**
 * Training jobs of the embedded trainer, each in a process of its own: seconds, rows per second, and
 * the most memory the process ever held. `heads`: the linear heads.
 * Then how fast rows come in: read from a file, made a dataset, taught. Sizes are rows before
 * the split; with --data, hwu64 is trained on too.
 */
export async function run(options: {
  readonly data?: string;
  readonly sizes?: readonly number[];
}): Promise<object> {
  const results: object[] = [];
  const sizes = options.sizes ?? [15_000, 200_000];
  for (const size of sizes) {
    results.push(await measure(`synthetic ${size}`, linesOf([...syntheticRows(size, answers)])));
  }
  if (options.data !== undefined) {
    const text = await readFile(join(options.data, "hwu64/train.jsonl"), "utf8").catch(() => "");
    if (text !== "") results.push(await measure("hwu64", text));
  }
  return { bench: "train", answers, results };
}

const linesOf = (rows: readonly object[]): string =>
  rows.map((row) => JSON.stringify(row)).join("\n");

async function measure(set: string, text: string): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), "apprentice-bench-"));
  const database = await openDatabase({ folder, log: silentLog });
  const examples = createExamples(database);
  const memories = createMemories({
    examples,
    ledger: createLedger(database),
    folder: join(folder, "models"),
    log: silentLog,
    createRecall: () => createRecall(),
    restoreRecall: (snapshot) => restoreRecall(snapshot),
    refitDelay: 2 ** 30,
  });
  try {
    const file = { name: "rows.jsonl", bytes: Buffer.from(text) };
    const person = { id: "web:bench", name: "Bench", role: "admin" } as const;
    const teacher = { workspace: "web:bench", person, origin: "file" } as const;
    const datasets = createDatasets({
      data: folder,
      examples,
      memory: createDatasetMemory(database),
      libraryFiles: async () => [],
    });
    const read = await timed(() => readLessons(file, { label: "positive" }));
    const built = await timed(() =>
      datasets.build({
        teacher,
        name: "bench",
        source: { kind: "attached", files: [file], origin: "file" },
        label: "positive",
        attest: true,
        reason: "bench",
        voice: "en",
      }),
    );
    const rows = read.result.lessons.length;
    const parts = { database, examples, memories, workspaces: createWorkspaces(database) };
    const taught = await timed(() => importLessons(parts, teacher, "active", read.result.lessons));
    return {
      set,
      rows,
      import: {
        readRowsPerSecond: Math.round(rows / read.seconds),
        datasetRowsPerSecond: Math.round(rows / built.seconds),
        taughtRowsPerSecond: Math.round(rows / taught.seconds),
      },
      heads: await trainOnce(folder),
    };
  } finally {
    await memories.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function trainOnce(data: string): Promise<object> {
  const { stdout } = await run1(process.execPath, [once, "--data", data]);
  return JSON.parse(stdout) as object;
}

async function timed<Result>(work: () => Promise<Result>) {
  const start = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - start) / 1_000 };
}
