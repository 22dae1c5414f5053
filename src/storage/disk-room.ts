import { statfs } from "node:fs/promises";
import { ApprenticeError } from "../core/errors.ts";

/** Throws `disk-full` unless so many bytes can still be written to the disk that holds a folder. */
export async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bytes > bavail * bsize) throw new ApprenticeError("disk-full");
}
