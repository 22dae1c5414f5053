import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { download } from "../../core/download.ts";
import { ApprenticeError } from "../../core/errors.ts";
import { readLayout } from "../onnx/layout.ts";
import { loadRuntime } from "../onnx/runtime.ts";
import type { EncoderPlace } from "../open-encoder.ts";
import { isEncoderName, readRecord, type EncoderRecord, type RecordedFile } from "../record.ts";
import { isAddress, type FoundFile } from "./find-files.ts";
import { finishInstall } from "./finish-install.ts";

/** What is to be installed. */
export type InstallOrder = {
  readonly name: string;
  /** An address or a folder. */
  readonly source: string;
  readonly files: readonly FoundFile[];
  readonly licence: string | null;
  readonly languages: readonly string[];
  readonly prefix?: string;
};

export type InstallOptions = {
  readonly signal?: AbortSignal;
  readonly progress?: (stage: "downloading" | "fitting", done: number, of: number) => void;
};

/**
 * Fetches an encoder beside the one that may be in use, tries it, and takes it in as a whole. What was
 * broken off goes on where it stopped. The hashes of the first fetch are kept, and whatever comes later
 * under that name must be the same. Throws `encoder-*`, and the signal's reason.
 */
export async function installEncoder(
  order: InstallOrder,
  place: EncoderPlace,
  { signal, progress = () => {} }: InstallOptions = {},
): Promise<EncoderRecord> {
  const { name, source, files, licence, prefix } = order;
  if (!isEncoderName(name)) throw new ApprenticeError("encoder-name", { name });
  loadRuntime(place.folder);
  const staging = join(place.folder, `.${name}.new`);
  const known = recorded(place, name, source);
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  const fetched: RecordedFile[] = [];
  for (const file of files) {
    signal?.throwIfAborted();
    const told = (done: number): void => progress("downloading", before + done, all);
    const got = await fetchFile(file, join(staging, file.path), told, signal);
    const expected = known?.find(({ path }) => path === file.path)?.sha256;
    if (expected !== undefined && expected !== got.sha256) {
      await rm(staging, { recursive: true, force: true });
      throw new ApprenticeError("encoder-changed", { name, file: file.path, sha256: got.sha256 });
    }
    fetched.push({ path: file.path, ...got });
    before += got.bytes;
  }
  const layout = readLayout(staging, name, prefix);
  await finishInstall(
    {
      name,
      languages: [...order.languages],
      licence,
      source,
      files: fetched,
      engine: { kind: "onnx", ...layout },
    },
    place,
    {
      folder: staging,
      ...(signal && { signal }),
      progress: (done, of) => progress("fitting", done, of),
    },
  );
  const home = join(place.folder, name);
  await rm(home, { recursive: true, force: true });
  await rename(staging, home);
  return readRecord(place.folder, name);
}

/** The hashes of the first fetch from the same source. */
function recorded(
  { folder }: EncoderPlace,
  name: string,
  source: string,
): readonly RecordedFile[] | undefined {
  try {
    const record = readRecord(folder, name);
    return isAddress(source) && record.source === source ? record.files : undefined;
  } catch {
    return undefined;
  }
}

async function fetchFile(
  { from }: FoundFile,
  target: string,
  progress: (done: number) => void,
  signal: AbortSignal | undefined,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  await mkdir(dirname(target), { recursive: true });
  if (isAddress(from))
    return download(from, target, {
      failure: "encoder-download",
      progress,
      ...(signal && { signal }),
    });
  await copyFile(from, target);
  const found = await hashOf(target);
  progress(found.bytes);
  return found;
}

/** The SHA-256 and the size of a file. */
export async function hashOf(
  path: string,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { sha256: hash.digest("hex"), bytes };
}
