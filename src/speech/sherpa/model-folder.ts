import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { now } from "../../core/clock.ts";
import { ApprenticeError } from "../../core/errors.ts";
import { nearest } from "../../core/nearest.ts";
import { runProgram } from "../run-program.ts";
import { download, type DownloadOptions } from "../../core/download.ts";
import { modelCatalog, modelKinds, type CatalogModel } from "./model-catalog.ts";

const cardSchema = z.object({
  name: z.string(),
  kind: z.enum(modelKinds),
  url: z.string(),
  licence: z.string().nullable(),
  sha256: z.string(),
  bytes: z.number(),
  addedAt: z.number(),
});

/** An installed model; its files are in `folder`. */
export type InstalledModel = z.infer<typeof cardSchema> & { readonly folder: string };

const cardName = "model.json";
/** Unpacking takes no longer, in milliseconds. */
const unpackingTime = 600_000;

/** The models in a folder, as far as they are whole. */
export function installedModels(folder: string): InstalledModel[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const card = join(folder, name, cardName);
      if (!existsSync(card)) return [];
      const read = cardSchema.safeParse(JSON.parse(readFileSync(card, "utf8")));
      return read.success ? [{ ...read.data, folder: join(folder, name) }] : [];
    });
}

/** The model of the catalogue with this name. Throws `speech-model-unknown`. */
export function catalogModel(name: string): CatalogModel {
  const found = modelCatalog.find((model) => model.name === name);
  if (found) return found;
  const names = modelCatalog.map((model) => model.name);
  const [close = "", allowed] = [nearest(name, names), names.join(", ")];
  throw new ApprenticeError("speech-model-unknown", { name, nearest: close, allowed });
}

/**
 * Downloads a model, checks it, unpacks it and puts it in its place in one step: a model that is
 * there is whole. Throws `speech-model-unreachable`, `speech-model-damaged`,
 * `speech-program-missing`, `file-unwritable`, `cancelled`.
 */
export async function addModel(
  folder: string,
  model: CatalogModel,
  options: Omit<DownloadOptions, "failure">,
): Promise<InstalledModel> {
  await mkdir(folder, { recursive: true });
  const target = join(folder, model.name);
  const known = installedModels(folder).find(({ name }) => name === model.name);
  const isPacked = !model.url.endsWith(".onnx");
  const archive = join(folder, `${model.name}${isPacked ? ".tar.bz2" : ".onnx"}`);
  const { sha256, bytes } = await download(model.url, archive, {
    ...options,
    failure: "speech-model-unreachable",
  });
  const expected = model.sha256 ?? known?.sha256;
  if (expected !== undefined && expected !== sha256) {
    await rm(archive, { force: true });
    throw new ApprenticeError("speech-model-damaged", { name: model.name, sha256 });
  }
  const unpacked = join(folder, `.${model.name}.new`);
  await rm(unpacked, { recursive: true, force: true });
  await mkdir(unpacked);
  if (isPacked) await unpack(archive, unpacked, model.name, options.signal);
  else await rename(archive, join(unpacked, `${model.name}.onnx`));
  const { name, kind, url, licence } = model;
  const card = { name, kind, url, licence, sha256, bytes, addedAt: now() };
  await writeFile(join(unpacked, cardName), JSON.stringify(card, undefined, 2));
  await rm(target, { recursive: true, force: true });
  await rename(unpacked, target);
  await rm(archive, { force: true });
  return { ...card, folder: target };
}

/** Deletes an installed model. Throws `speech-model-missing`. */
export async function removeModel(folder: string, name: string): Promise<InstalledModel> {
  const found = installedModels(folder).find((model) => model.name === name);
  if (!found) throw new ApprenticeError("speech-model-missing", { name });
  await rm(found.folder, { recursive: true });
  return found;
}

/** The system's tar, without the folder that all files of such an archive are in. */
async function unpack(
  archive: string,
  folder: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const words = ["-xjf", archive, "-C", folder, "--strip-components=1"];
  const running = runProgram("tar", words, { time: unpackingTime, signal });
  let next = await running.next();
  while (!next.done) next = await running.next();
  const end = next.value;
  if (end.kind === "missing") {
    throw new ApprenticeError("speech-program-missing", { program: "tar" });
  }
  if (end.kind === "late" || end.code !== 0) {
    await rm(folder, { recursive: true, force: true });
    throw new ApprenticeError("speech-model-unpacked", { name });
  }
}
