import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ApprenticeError } from "../core/errors.ts";

const fileSchema = z.object({ path: z.string(), bytes: z.number(), sha256: z.string() });

const recordSchema = z.object({
  format: z.literal("apprentice-encoder-1"),
  name: z.string(),
  /** Hash of everything that shapes the vectors, but for the runtime. */
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
  dimensions: z.number().int().min(1).max(4_096),
  languages: z.array(z.string()),
  licence: z.string().nullable(),
  /** Where it came from: an address, a folder. */
  source: z.string(),
  files: z.array(fileSchema),
  engine: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("onnx"),
      /** Path of the model's file in the folder. */
      model: z.string(),
      pooling: z.enum(["mean", "cls"]),
      /** Stands in front of every text. */
      prefix: z.string(),
      mostTokens: z.number().int().min(8).max(8_192),
    }),
    z.object({ kind: z.literal("openai"), url: z.string(), model: z.string() }),
  ]),
});

/** What is known of an encoder that was installed: the `encoder.json` in its folder. */
export type EncoderRecord = z.infer<typeof recordSchema>;
export type RecordedFile = z.infer<typeof fileSchema>;

export const recordFile = "encoder.json";
export const spaceFile = "space.bin";

const namePattern = /^[a-z0-9][a-z0-9._-]{0,79}$/;

/** Whether an encoder may be called so: its name is a folder's, and no engine of ours is called so. */
export const isEncoderName = (name: string): boolean =>
  namePattern.test(name) && !["built-in", "none", "chosen", "node_modules"].includes(name);

/** Where encoders lie, in the data folder. */
export const encodersFolder = (data: string): string => join(data, "encoders");

/** The record of an installed encoder. Throws `encoder-missing`, `encoder-damaged`. */
export function readRecord(folder: string, name: string): EncoderRecord {
  const file = join(folder, name, recordFile);
  if (!isEncoderName(name) || !existsSync(file))
    throw new ApprenticeError("encoder-missing", { name });
  try {
    return recordSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new ApprenticeError("encoder-damaged", { name, file: recordFile }, { cause });
  }
}

/** The records of all that is installed whole, by name. */
export function installedRecords(folder: string): EncoderRecord[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .filter((name) => isEncoderName(name) && existsSync(join(folder, name, recordFile)))
    .flatMap((name) => {
      try {
        return [readRecord(folder, name)];
      } catch {
        return [];
      }
    });
}
