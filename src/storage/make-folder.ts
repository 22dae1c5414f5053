import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it where they are missing. Unlike the recursive way of Node, it also
 * ends where the system denies that a folder is there right after saying that it is, as under `/proc`.
 */
export async function makeFolder(path: string): Promise<void> {
  const code = await failureOf(path);
  if (code === undefined || code === "EEXIST") return;
  const above = dirname(path);
  if (code === "ENOENT" && above !== path) await makeFolder(above);
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

const failureOf = (path: string): Promise<string | undefined> =>
  mkdir(path).then(
    () => undefined,
    ({ code }: NodeJS.ErrnoException) => code ?? "",
  );
