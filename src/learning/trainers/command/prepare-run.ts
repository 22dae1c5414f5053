import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Json } from "../../../core/reply.ts";
import type { Datasets } from "../../datasets/datasets.ts";
import { linesOf } from "../../datasets/lines.ts";
import { prepareTrainingData, type DataFile, type TrainingData } from "../training-data.ts";
import type { TrainingOrder } from "../trainer.ts";
import { asYaml, fillArguments, fillTemplate } from "./fill-template.ts";
import type { BlankValues, Preset, PresetMethod, Template } from "./preset.ts";
import { reshapeLine, type RowShape } from "./reshape.ts";
import { makeFolders, readWhole, runFiles, writeWhole, type Launch } from "./run-folder.ts";

type RunParts = {
  readonly datasets: Pick<Datasets, "export">;
  readonly preset: Preset;
  /** The model to start from. */
  readonly base: string;
};

/** What stands ready in a run's folder. */
export type PreparedRun = { readonly data: TrainingData; readonly program: string };

/**
 * Writes everything that a program needs into the job's folder: the rows, its configuration, and
 * `launch.json` last. What is there already is left as it is.
 */
export async function prepareRun(
  { datasets, preset, base }: RunParts,
  order: TrainingOrder,
): Promise<PreparedRun> {
  const { folder } = order;
  const files = runFiles(folder);
  const method = preset.methods[order.method]!;
  const data = await prepareTrainingData(datasets, order, method.target);
  const launched = await readWhole<Launch>(files.launch);
  if (launched) return { data, program: launched.command[0]! };

  await makeFolders(folder);
  await bring(data.train, join(files.data, "train.jsonl"), method.shape);
  if (data.validation) {
    await bring(data.validation, join(files.data, "validation.jsonl"), method.shape);
  }
  const values = blankValues(order, preset, base, data);
  const config = fillTemplate(configOf(preset, method, data.validation !== null), values);
  if (config !== undefined && preset.config !== undefined) {
    await writeFile(files.config, asYaml(config), { mode: 0o600 });
  }
  for (const [path, template] of Object.entries(method.files ?? {})) {
    await writeWhole(join(folder, path), fillTemplate(template, values) ?? null);
  }
  await writeWhole(files.spec, specOf(order, values, data));
  const command = fillArguments(preset.command, values);
  await writeWhole(files.launch, { command });
  return { data, program: command[0]! };
}

/** Copies rows to where the program reads them, said in its way. */
async function bring(from: DataFile, to: string, shape: RowShape | undefined): Promise<void> {
  await writeFile(to, saidLines(linesOf(from.path), shape), { mode: 0o600 });
}

async function* saidLines(
  lines: AsyncIterable<string>,
  shape: RowShape | undefined,
): AsyncGenerator<string> {
  for await (const line of lines) yield `${shape ? reshapeLine(line, shape) : line}\n`;
}

function configOf(preset: Preset, method: PresetMethod, hasValidation: boolean): Template {
  const parts = [
    preset.config,
    method.config,
    ...(hasValidation ? [preset.validationConfig, method.validationConfig] : []),
  ];
  return Object.assign({}, ...parts) as Template;
}

function blankValues(
  order: TrainingOrder,
  preset: Preset,
  base: string,
  data: TrainingData,
): BlankValues {
  const files = runFiles(order.folder);
  const { epochs, batchSize, learningRate, beta, seed } = { ...preset.defaults, ...order.settings };
  return {
    folder: order.folder,
    config: files.config,
    spec: files.spec,
    data: files.data,
    train: join(files.data, "train.jsonl"),
    ...(data.validation && { validation: join(files.data, "validation.jsonl") }),
    output: files.output,
    progress: files.progress,
    model: base,
    method: order.method,
    ...(epochs !== undefined && { epochs }),
    ...(batchSize !== undefined && { batchSize }),
    ...(learningRate !== undefined && { learningRate }),
    ...(beta !== undefined && { beta }),
    seed: seed ?? usualSeed,
    node: process.execPath,
  };
}

/** The same rows and settings shall make the same model. */
const usualSeed = 42;

function specOf(order: TrainingOrder, values: BlankValues, data: TrainingData): Json {
  const { train, validation = null, output, progress, model, seed } = values;
  return {
    format: 1,
    job: order.jobId,
    method: order.method,
    model: model!,
    dataset: { ...order.dataset },
    files: { train: train!, validation, output: output!, progress: progress! },
    rows: { train: data.train.rows, validation: data.validation?.rows ?? 0 },
    settings: { ...order.settings, seed: seed! },
  };
}
