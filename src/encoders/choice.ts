import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

const choiceFile = "chosen.json";
/** What is used while nobody has chosen. */
export const usualEncoder = "built-in";

/** The name that was chosen with `encoder use`; the built-in one until then. */
export function readChoice(folder: string): string {
  const file = join(folder, choiceFile);
  if (!existsSync(file)) return usualEncoder;
  try {
    const { name } = JSON.parse(readFileSync(file, "utf8")) as { readonly name?: unknown };
    return typeof name === "string" ? name : usualEncoder;
  } catch {
    return usualEncoder;
  }
}

/** Chooses an encoder; a process that runs on the same data follows within seconds. */
export async function writeChoice(
  folder: string,
  name: string,
  replaceFile: (path: string, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await replaceFile(join(folder, choiceFile), Buffer.from(`${JSON.stringify({ name })}\n`));
}

/** When the choice was last written, to be compared; 0: never. */
export const choiceTime = (folder: string): number =>
  statSync(join(folder, choiceFile), { throwIfNoEntry: false })?.mtimeMs ?? 0;
