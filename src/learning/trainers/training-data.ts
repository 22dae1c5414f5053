import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";
import type { Datasets } from "../datasets/datasets.ts";
import type { ExportReport } from "../datasets/export-version.ts";
import type { ExportTarget } from "../datasets/export-targets.ts";
import type { TrainingOrder } from "./trainer.ts";

/** The rows of one training, in its own folder. */
export type TrainingData = {
  readonly folder: string;
  readonly train: DataFile;
  readonly validation: DataFile | null;
  /** Rows that are in neither file, by reason. */
  readonly unused: Readonly<Record<string, number>>;
};

export type DataFile = {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
};

/** The parts of a version that a training may see; the test rows never leave the dataset. */
const seen = ["train", "validation"] as const;

/** The part of a job's folder that holds the rows it trains on, and which rows they are. */
export const rowsFolder = "export";

/**
 * The rows for a trainer as `train.jsonl` and `validation.jsonl` in that part of the job's folder; written
 * once, so that a training that is taken up again goes on with the rows it began with. Throws
 * `dataset-export-empty`, and `dataset-damaged` when the version is not the one that was ordered.
 */
export async function prepareTrainingData(
  datasets: Pick<Datasets, "export">,
  order: TrainingOrder,
  target: ExportTarget,
): Promise<TrainingData> {
  const folder = join(order.folder, rowsFolder);
  const place = { workspace: order.workspace, ...order.dataset };
  const report =
    (await earlier(folder)) ??
    (await datasets.export(place, target, { folder, splits: [...seen] }));
  if (report.rowsSha256 !== order.dataset.sha256) {
    const { name: dataset, version } = order.dataset;
    throw new ApprenticeError("dataset-damaged", { name: dataset, version });
  }
  const fileOf = (split: (typeof seen)[number]): DataFile | null => {
    const name = `${split}.jsonl`;
    const file = report.files[name];
    return file ? { path: join(folder, name), rows: report.lines[split], ...file } : null;
  };
  return {
    folder,
    train: fileOf("train")!,
    validation: fileOf("validation"),
    unused: report.leftOut,
  };
}

async function earlier(folder: string): Promise<ExportReport | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, "export.json"), "utf8")) as ExportReport;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
