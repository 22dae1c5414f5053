import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";

/** What a model in the layout of sentence-transformers says of itself. */
export type Layout = {
  readonly model: string;
  readonly pooling: "mean" | "cls";
  readonly prefix: string;
  readonly mostTokens: number;
};

/** Where the model may be, the small forms first: they are faster, and lose next to nothing. */
export const modelFiles = [
  "model_quantized.onnx",
  "onnx/model_quantized.onnx",
  "onnx/model_qint8_avx512_vnni.onnx",
  "onnx/model_int8.onnx",
  "model.onnx",
  "onnx/model.onnx",
] as const;
/** The files beside it that are read, where they are there. */
export const sideFiles = [
  "tokenizer_config.json",
  "config_sentence_transformers.json",
  "sentence_bert_config.json",
  "1_Pooling/config.json",
] as const;
export const tokenizerFile = "tokenizer.json";

/** Questions are short: what comes after so many tokens is left out. */
const usualTokens = 128;

/**
 * Reads a folder in that layout. `prefix`: what is put in front of every text, where the folder does
 * not say. Throws `encoder-unusable`.
 */
export function readLayout(folder: string, name: string, prefix?: string): Layout {
  const model = modelFiles.find((file) => existsSync(join(folder, file)));
  const missing = model === undefined ? "model.onnx" : tokenizerFile;
  if (model === undefined || !existsSync(join(folder, tokenizerFile)))
    throw new ApprenticeError("encoder-unusable", { name, reason: missing });
  const pooling = readJson(folder, "1_Pooling/config.json", name);
  const prompts = readJson(folder, "config_sentence_transformers.json", name)["prompts"];
  const { max_seq_length: longest } = readJson(folder, "sentence_bert_config.json", name);
  return {
    model,
    pooling: pooling["pooling_mode_cls_token"] === true ? "cls" : "mean",
    prefix: prefix ?? promptIn(prompts),
    mostTokens:
      typeof longest === "number" ? Math.max(8, Math.min(longest, usualTokens)) : usualTokens,
  };
}

/** What a model wants in front of a question. */
function promptIn(prompts: unknown): string {
  if (typeof prompts !== "object" || prompts === null) return "";
  const { query } = prompts as Readonly<Record<string, unknown>>;
  return typeof query === "string" ? query : "";
}

function readJson(folder: string, file: string, name: string): Readonly<Record<string, unknown>> {
  const path = join(folder, file);
  if (!existsSync(path)) return {};
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as unknown;
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch (cause) {
    throw new ApprenticeError("encoder-unusable", { name, reason: file }, { cause });
  }
}
