import { ApprenticeError } from "../core/errors.ts";
import type { Label } from "../core/example.ts";
import type { Attachment } from "../core/message.ts";
import type { BuildOrder } from "../learning/datasets/build-version.ts";
import type { Manifest } from "../learning/datasets/dataset.ts";
import { datasetName, nameFromPath } from "../learning/datasets/dataset-name.ts";
import { filesAt } from "../learning/datasets/library-files.ts";
import type { Upload } from "../learning/uploads.ts";
import type { CommandContext } from "./context.ts";
import { attachedFiles } from "./dataset-options.ts";
import { looksLikeRows, rowsInText } from "./text-rows.ts";
import { originOf } from "./context.ts";

/** What a person said there is to train on. */
export type TrainData = {
  /** Rows as a text, or the name of a dataset or of something in the library. */
  readonly text: string;
  readonly files: readonly Attachment[];
  /** Files that were sent before. */
  readonly upload?: string;
  readonly dataset?: string;
  readonly number?: number;
  readonly label?: Label;
  readonly attest: boolean;
};

/** Rows of files or of a text whose label nobody has said; asked for, and then given again. */
export class LabelUnclear extends Error {
  override readonly name = "LabelUnclear";
  readonly upload: Upload;

  constructor(upload: Upload) {
    super("dataset-label-unclear");
    this.upload = upload;
  }
}

/** The version to train on, and whether it was made of rows that came with the command. */
export type TrainDataset = { readonly manifest: Manifest; readonly isNew: boolean };

const existing = (manifest: Manifest): TrainDataset => ({ manifest, isNew: false });

/**
 * The dataset version that is meant; a new one is built where rows were given, or where the current
 * dataset has grown. Throws `LabelUnclear`, `dataset-*`, `import-*`.
 */
export async function trainData(data: TrainData, context: CommandContext): Promise<TrainDataset> {
  const { datasets, message, uploads } = context;
  const { workspace } = message;
  const { text, files, dataset, number } = data;
  if (data.upload !== undefined) {
    const upload = uploads.find(workspace, data.upload);
    if (!upload) throw new ApprenticeError("upload-gone");
    return buildFrom(upload, data, context);
  }
  if (files.length > 0) {
    const attached = await attachedFiles(files, context);
    const written = looksLikeRows(text) ? [rowsInText(text)] : [];
    return buildFrom({ ...attached, files: [...attached.files, ...written] }, data, context);
  }
  if (dataset !== undefined && text === "") return named(datasetName(dataset), data, context);
  if (text === "") {
    const name = (await datasets.current(workspace)) ?? "taught";
    return number === undefined
      ? build(name, undefined, data, context)
      : existing(await datasets.describe(workspace, name, number));
  }
  if (looksLikeRows(text)) {
    return buildFrom({ files: [rowsInText(text)], origin: originOf(message) }, data, context);
  }
  const isKnown = (await datasets.names(workspace)).includes(text.normalize("NFC").toLowerCase());
  if (!isKnown && text.toLowerCase() === "taught") return build("taught", undefined, data, context);
  if (!isKnown && (await filesAt(context.library, workspace, text)).length > 0) {
    const name = dataset === undefined ? nameFromPath(text) : datasetName(dataset);
    return build(name, { kind: "library", path: text }, data, context);
  }
  return named(datasetName(text), data, context);
}

/** A dataset by its name: as it is, or anew when somebody gives their word for its rows. */
async function named(
  name: string,
  data: TrainData,
  context: CommandContext,
): Promise<TrainDataset> {
  const manifest = await context.datasets.describe(context.message.workspace, name, data.number);
  return data.attest && !manifest.attestation
    ? build(name, undefined, data, context)
    : existing(manifest);
}

async function buildFrom(
  upload: Upload,
  data: TrainData,
  context: CommandContext,
): Promise<TrainDataset> {
  const given = data.dataset ?? (looksLikeRows(data.text) ? "" : data.text);
  const name = given === "" ? nameFromPath(upload.files[0]?.name ?? "files") : datasetName(given);
  try {
    return await build(name, { kind: "attached", ...upload }, data, context);
  } catch (thrown) {
    const unclear = thrown instanceof ApprenticeError && thrown.code === "dataset-label-unclear";
    throw unclear ? new LabelUnclear(upload) : thrown;
  }
}

async function build(
  name: string,
  source: BuildOrder["source"],
  { label, attest }: TrainData,
  context: CommandContext,
): Promise<TrainDataset> {
  const { manifest, isNew } = await context.datasets.build({
    teacher: context.teacher,
    name,
    ...(source && { source }),
    ...(label && { label }),
    attest,
    reason: "train",
    voice: context.voice,
    signal: context.signal,
  });
  return { manifest, isNew };
}
