import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { newId } from "../../../src/core/ids.ts";
import { silentLog } from "../../../src/core/log.ts";
import { createDatasets, type Datasets } from "../../../src/learning/datasets/datasets.ts";
import type { TrainingOrder } from "../../../src/learning/trainers/trainer.ts";
import { openDatabase } from "../../../src/storage/database.ts";
import { createDatasetMemory } from "../../../src/storage/datasets.ts";
import { createExamples } from "../../../src/storage/examples.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

/** How services are asked in tests: often, and never for long. */
export const quick = {
  timeoutSeconds: 5,
  retries: 2,
  firstWait: 1,
  pollSeconds: 0.001,
  patienceSeconds: 5,
} as const;

/** A data folder with one dataset to train on. */
export type TuningParts = {
  /** The data folder. */
  readonly data: string;
  readonly datasets: Datasets;
  /** An order for the dataset, with a folder of its own. */
  order(given?: Partial<TrainingOrder>): TrainingOrder;
  close(): Promise<void>;
};

const subjects = "кот dog חתול bird окно door".split(" ");

/** Rows in several languages; every second one also says what not to answer. */
const lines = Array.from({ length: 80 }, (_, index) => {
  const prompt = `${subjects[index % 6]} ${(index * 7_919).toString(36)} 👍🏽?`;
  return [
    { prompt, answer: `Да, "${index}"\nи ещё\u2028строка`, label: "positive" },
    ...(index % 2 === 0 ? [{ prompt, answer: `No ${index}`, label: "negative" }] : []),
  ];
}).flat();

export async function openTuningParts(rows: readonly object[] = lines): Promise<TuningParts> {
  const folder = await temporaryFolder();
  const data = folder.path;
  const database = await openDatabase({ folder: data, log: silentLog });
  const datasets = createDatasets({
    data,
    examples: createExamples(database),
    memory: createDatasetMemory(database),
    libraryFiles: async () => [],
  });
  const bytes = Buffer.from(rows.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const { manifest } = await datasets.build({
    teacher: {
      workspace: "web:local",
      person: { id: "web:admin", name: "Admin", role: "admin" },
      origin: "console",
    },
    name: "faq",
    source: { kind: "attached", files: [{ name: "rows.jsonl", bytes }], origin: "file" },
    attest: true,
    reason: "test",
    voice: "en",
  });
  const { workspace, name, version } = manifest;
  const dataset = { name, version, sha256: manifest.files["rows.jsonl"]!.sha256 };
  return {
    data,
    datasets,
    order(given = {}) {
      const jobId = newId();
      const jobFolder = join(data, "jobs", jobId);
      mkdirSync(jobFolder, { recursive: true });
      const order = { jobId, workspace, method: "sft", base: null, dataset } as const;
      return { ...order, folder: jobFolder, settings: {}, ...given };
    },
    async close() {
      await database.close();
      await folder.remove();
    },
  };
}
