import { open } from "node:fs/promises";
import { z } from "zod";

const tensor = z.object({ data_offsets: z.tuple([z.number(), z.number()]) });

/** A header is never longer than this, in bytes: https://github.com/huggingface/safetensors#format */
const longestHeader = 100_000_000;

/**
 * Why a file of tensors is not whole; `undefined`: it is. Its header says how long it must be, so one
 * that a full disk cut off is found out.
 */
export async function safetensorsFlaw(path: string): Promise<string | undefined> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    if (size < 8) return "too short";
    const start = Buffer.alloc(8);
    await file.read(start, 0, 8, 0);
    const length = Number(start.readBigUInt64LE());
    if (length > longestHeader || length > size - 8) return "no header";
    const header = Buffer.alloc(length);
    await file.read(header, 0, length, 8);
    const ends = tensorEnds(header.toString("utf8"));
    if (ends === undefined) return "no header";
    if (ends.length === 0) return "no tensors";
    return Math.max(...ends) === size - 8 - length ? undefined : "cut off";
  } finally {
    await file.close();
  }
}

function tensorEnds(header: string): readonly number[] | undefined {
  try {
    const entries = Object.entries(JSON.parse(header) as Record<string, unknown>);
    return entries
      .filter(([name]) => name !== "__metadata__")
      .map(([, value]) => tensor.parse(value).data_offsets[1]);
  } catch {
    return undefined;
  }
}
