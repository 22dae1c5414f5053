import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLog } from "../src/core/log.ts";
import { createDatasets } from "../src/learning/datasets/datasets.ts";
import { seededRandom } from "../src/learning/recall/random.ts";
import { openDatabase } from "../src/storage/database.ts";
import { createDatasetMemory } from "../src/storage/datasets.ts";
import { createExamples } from "../src/storage/examples.ts";

const words = "order delivery refund price account доставка заказ возврат цена размер now".split(
  " ",
);

/**
 * Seconds from a JSONL file to the first version of a dataset (reading, near-duplicates, findings,
 * writing), to a second one with one more row, and to its export. Goal: 200,000 rows in seconds.
 */
export async function run(options: { readonly sizes?: readonly number[] }): Promise<object> {
  const results: object[] = [];
  for (const size of options.sizes ?? [20_000, 200_000]) results.push(await measure(size));
  return { bench: "datasets", results };
}

async function measure(rows: number): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), "apprentice-bench-"));
  const database = await openDatabase({ folder, log: silentLog });
  try {
    const datasets = createDatasets({
      data: folder,
      examples: createExamples(database),
      memory: createDatasetMemory(database),
      libraryFiles: async () => [],
    });
    const random = seededRandom(rows);
    const lines = Array.from({ length: rows }, (_, index) =>
      JSON.stringify({ prompt: sentence(random), answer: `answer ${index % 150}` }),
    );
    const build = (name: string, text: string) =>
      datasets.build({
        teacher: {
          workspace: "web:bench",
          person: { id: "web:bench", name: "Bench", role: "admin" },
          origin: "file",
        },
        name: "bench",
        source: { kind: "attached", files: [{ name, bytes: Buffer.from(text) }], origin: "file" },
        label: "positive",
        attest: true,
        reason: "bench",
        voice: "en",
      });
    const timed = async <Result>(work: () => Promise<Result>) => {
      const start = performance.now();
      const result = await work();
      return { result, seconds: Math.round(performance.now() - start) / 1_000 };
    };
    const first = await timed(() => build("a.jsonl", lines.join("\n")));
    const second = await timed(() => build("b.jsonl", '{"prompt":"One more?","answer":"Yes"}'));
    const exported = await timed(() => datasets.export(second.result.manifest, "openai-sft"));
    return {
      rows,
      kept: first.result.manifest.counts.rows,
      clusters: first.result.manifest.counts.clusters,
      firstSeconds: first.seconds,
      secondSeconds: second.seconds,
      exportSeconds: exported.seconds,
      residentMb: Math.round(process.memoryUsage().rss / 2 ** 20),
    };
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const sentence = (random: () => number): string =>
  Array.from(
    { length: 4 + Math.floor(random() * 6) },
    () =>
      words[Math.floor(random() * words.length)]! +
      (random() < 0.2 ? String(Math.floor(random() * 999)) : ""),
  ).join(" ");
