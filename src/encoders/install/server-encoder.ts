import { ApprenticeError } from "../../core/errors.ts";
import type { EncoderPlace } from "../open-encoder.ts";
import { readRecord, type EncoderRecord } from "../record.ts";
import { finishInstall } from "./finish-install.ts";

/** What the settings say of a server's encoder. */
export type ServerEncoderSettings = {
  readonly "recall.encoderUrl": string;
  readonly "recall.encoderModel": string;
};

/** The name of the encoder that the settings describe. */
export const serverEncoderName = "openai";

/**
 * Finds centre and axes for the model that the settings name, unless that was done before; tells whether
 * it was done now. Throws `encoder-incomplete`, and what asking the server throws.
 */
export async function ensureServerEncoder(
  settings: ServerEncoderSettings,
  place: EncoderPlace,
  signal?: AbortSignal,
  progress?: (done: number, of: number) => void,
): Promise<boolean> {
  const [url, model] = [settings["recall.encoderUrl"], settings["recall.encoderModel"]];
  if (url === "" || model === "")
    throw new ApprenticeError("encoder-incomplete", {
      missing: url === "" ? "recall.encoderUrl" : "recall.encoderModel",
    });
  const engine = { kind: "openai", url, model } as const;
  if (isSame(knownRecord(place), engine)) return false;
  await finishInstall(
    {
      name: serverEncoderName,
      languages: [],
      licence: null,
      source: `${URL.parse(url)?.host ?? "?"} ${model}`,
      files: [],
      engine,
    },
    place,
    { ...(signal && { signal }), ...(progress && { progress }) },
  );
  return true;
}

function knownRecord({ folder }: EncoderPlace): EncoderRecord | undefined {
  try {
    return readRecord(folder, serverEncoderName);
  } catch {
    return undefined;
  }
}

const isSame = (
  record: EncoderRecord | undefined,
  { url, model }: { readonly url: string; readonly model: string },
): boolean =>
  record?.engine.kind === "openai" && record.engine.url === url && record.engine.model === model;
