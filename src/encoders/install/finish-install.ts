import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";
import { checksumOf, rawEncoder, type EncoderPlace } from "../open-encoder.ts";
import { recordFile, spaceFile, type EncoderRecord } from "../record.ts";
import { fitSpace } from "../space/fit-space.ts";
import { packSpace } from "../space/space.ts";

/** What is known of an encoder before its model was tried. */
export type EncoderDraft = Omit<EncoderRecord, "format" | "checksum" | "dimensions">;

export type InstallWatch = {
  /** Where its files are; its own folder unless told otherwise. */
  readonly folder?: string;
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, of: number) => void;
};

/**
 * Tries a model with the texts that come with the package, finds its centre and axes with them, and
 * writes its record last: what was broken off before is not installed. Throws what the model throws.
 */
export async function finishInstall(
  draft: EncoderDraft,
  place: EncoderPlace,
  { folder = join(place.folder, draft.name), signal, progress }: InstallWatch = {},
): Promise<EncoderRecord> {
  const { encode, release } = rawEncoder(draft, place, folder);
  try {
    const space = await fitSpace(encode, {
      ...(signal && { signal }),
      ...(progress && { progress }),
    });
    if (!space.axes.every(Number.isFinite))
      throw new ApprenticeError("encoder-unusable", { name: draft.name, reason: "NaN" });
    const bytes = packSpace(space);
    const { dimensions } = space;
    const record: EncoderRecord = {
      format: "apprentice-encoder-1",
      checksum: checksumOf({ ...draft, dimensions }, bytes),
      dimensions,
      ...draft,
    };
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, spaceFile), bytes);
    const unfinished = join(folder, `${recordFile}.new`);
    await writeFile(unfinished, `${JSON.stringify(record, undefined, 2)}\n`);
    await rename(unfinished, join(folder, recordFile));
    return record;
  } finally {
    release();
  }
}
