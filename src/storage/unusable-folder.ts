import { ApprenticeError } from "../core/errors.ts";

/** `data-folder-unusable`, with what the file system or the database engine said. */
export function unusableFolder(folder: string, error: unknown): ApprenticeError {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  const reason = syscall !== undefined && code !== undefined ? code : message;
  return new ApprenticeError("data-folder-unusable", { folder, reason }, { cause: error });
}
