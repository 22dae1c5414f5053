import { ApprenticeError, isOutOfSpace } from "../core/errors.ts";

/** `disk-full`, or `data-folder-unusable` with what the file system or the database engine said. */
export function unusableFolder(folder: string, error: unknown): ApprenticeError {
  if (isOutOfSpace(error)) return new ApprenticeError("disk-full", {}, { cause: error });
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  const reason = syscall !== undefined && code !== undefined ? code : message;
  return new ApprenticeError("data-folder-unusable", { folder, reason }, { cause: error });
}
