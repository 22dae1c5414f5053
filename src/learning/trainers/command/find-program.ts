import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";

/** Whether a program can be started, as the system would look for it. */
export async function findProgram(
  program: string,
  environment: NodeJS.ProcessEnv,
): Promise<boolean> {
  const folders = isAbsolute(program) || /[\\/]/.test(program) ? [""] : foldersIn(environment);
  const endings = process.platform === "win32" ? ["", ".exe"] : [""];
  for (const folder of folders) {
    for (const ending of endings) {
      const path = folder === "" ? program + ending : join(folder, program + ending);
      const isThere = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return true;
    }
  }
  return false;
}

const foldersIn = (environment: NodeJS.ProcessEnv): readonly string[] =>
  (environment["PATH"] ?? environment["Path"] ?? "").split(delimiter).filter((path) => path !== "");
