import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtInEncoder } from "./built-in/built-in-encoder.ts";
import type { InstantEncoder } from "./encoder.ts";
import { createOnnxEncode } from "./onnx/onnx-encode.ts";
import { installedRuntime } from "./onnx/runtime.ts";
import { createEmbeddings } from "./openai/embeddings.ts";
import { prepareEncoder } from "./prepared-encoder.ts";
import { readRecord, spaceFile, type EncoderRecord } from "./record.ts";
import type { RawEncode } from "./space/fit-space.ts";
import { unpackSpace } from "./space/space.ts";
import { spacedEncoder } from "./spaced.ts";

/** Where encoders are, and how a server is asked. */
export type EncoderPlace = {
  /** The folder of the installed encoders. */
  readonly folder: string;
  readonly apiKey?: string;
  readonly timeoutSeconds: number;
};

/**
 * The encoder of that name: one that comes with the package, or an installed one. Nothing is loaded and
 * nobody is asked before the first text comes. `none`: `undefined`. Throws `encoder-missing`,
 * `encoder-damaged`.
 */
export function openEncoder(name: string, place: EncoderPlace): InstantEncoder | undefined {
  if (name === "none") return undefined;
  if (name === "built-in") return builtInEncoder();
  const record = readRecord(place.folder, name);
  const { encode, release } = rawEncoder(record, place);
  const spaced = spacedEncoder(
    { id: encoderId(record, place), dimensions: record.dimensions, languages: record.languages },
    {
      encode,
      openSpace: () => unpackSpace(readFileSync(join(place.folder, name, spaceFile)), name),
    },
  );
  return prepareEncoder(spaced, { words: builtInEncoder(), release });
}

/** The name, what shapes the vectors, and what runs it: `e5-small-1f3a9c20-native`. */
function encoderId({ name, checksum, engine }: EncoderRecord, { folder }: EncoderPlace): string {
  const runtime = engine.kind === "onnx" ? (installedRuntime(folder) ?? "native") : "server";
  return `${name}-${checksum.slice(0, 8)}-${runtime}`;
}

/** The model's own vectors. */
export function rawEncoder(
  { name, engine, files }: Pick<EncoderRecord, "name" | "engine" | "files">,
  place: EncoderPlace,
  folder: string = join(place.folder, name),
): { readonly encode: RawEncode; release(): void } {
  if (engine.kind === "onnx")
    return createOnnxEncode(folder, {
      name,
      files,
      layout: engine,
      runtimes: place.folder,
    });
  const { url, model } = engine;
  const { apiKey, timeoutSeconds } = place;
  const server = { url, model, timeoutSeconds, ...(apiKey && { apiKey }) };
  return { encode: createEmbeddings(server), release: () => {} };
}

/** The hash of everything that shapes an encoder's vectors. */
export function checksumOf(
  { files, engine, dimensions }: Pick<EncoderRecord, "files" | "engine" | "dimensions">,
  space: Uint8Array,
): string {
  const said = JSON.stringify({
    files: files.map(({ path, sha256 }) => [path, sha256]),
    engine,
    dimensions,
  });
  return createHash("sha256").update(said).update(space).digest("hex");
}
