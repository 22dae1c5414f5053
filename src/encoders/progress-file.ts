import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

const progressFile = "progress.json";

/** How far the communities of a data folder are with an encoder; empty when all is done. */
export type EncoderProgress = {
  /** The encoder that everything is read with; `null`: words alone. */
  readonly encoder: string | null;
  readonly workspaces: Readonly<Record<string, { readonly done: number; readonly of: number }>>;
};

/** Tells other processes how far it is. */
export async function writeProgress(
  folder: string,
  encoder: string | null,
  renewals: ReadonlyMap<string, { readonly done: number; readonly of: number }>,
  replaceFile: (path: string, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const progress: EncoderProgress = { encoder, workspaces: Object.fromEntries(renewals) };
  await mkdir(folder, { recursive: true });
  await replaceFile(join(folder, progressFile), Buffer.from(`${JSON.stringify(progress)}\n`));
}

/** What the latest process has told; `null`: nothing. */
export function readProgress(folder: string): EncoderProgress | null {
  const file = join(folder, progressFile);
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as EncoderProgress;
  } catch {
    return null;
  }
}
