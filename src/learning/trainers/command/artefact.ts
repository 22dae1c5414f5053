import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ApprenticeError } from "../../../core/errors.ts";
import type { ArtefactFile } from "../../../core/model-version.ts";
import { safetensorsFlaw } from "./safetensors.ts";

/** What PEFT, and so every program that we know, leaves behind. */
const configFile = "adapter_config.json";
const weightsFile = "adapter_model.safetensors";

/**
 * The files of the adapter that a program left, each with its hash. Folders (checkpoints), links and
 * hidden files are not part of it. Throws `training-artefact-missing` and `training-artefact-damaged`.
 */
export async function adapterFiles(
  output: string,
  program: string,
): Promise<readonly ArtefactFile[]> {
  const entries = await readdir(output, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .toSorted();
  const missing = [configFile, weightsFile].filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new ApprenticeError("training-artefact-missing", {
      source: program,
      missing: missing.join(", "),
    });
  }
  const flaws = [
    [configFile, await configFlaw(join(output, configFile))],
    [weightsFile, await safetensorsFlaw(join(output, weightsFile))],
  ] as const;
  for (const [file, reason] of flaws) {
    if (reason) throw new ApprenticeError("training-artefact-damaged", { file, reason });
  }
  const files: ArtefactFile[] = [];
  for (const name of names) files.push(await hashed(output, name));
  return files;
}

async function hashed(folder: string, path: string): Promise<ArtefactFile> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(join(folder, path)), hash);
  const { size } = await lstat(join(folder, path));
  return { path, sha256: hash.digest("hex"), bytes: size };
}

async function configFlaw(path: string): Promise<string | undefined> {
  try {
    const config = JSON.parse(await readFile(path, "utf8")) as unknown;
    return typeof config === "object" && config !== null ? undefined : "no settings";
  } catch {
    return "not JSON";
  }
}
