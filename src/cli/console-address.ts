import { readLockNote } from "../storage/lock.ts";

/** The address, with its token, of the console that runs on a data folder; `undefined` without one. */
export async function consoleAddress(folder: string): Promise<URL | undefined> {
  const holder = await readLockNote(folder);
  const note = holder?.note;
  if (typeof note !== "object" || note === null || !("console" in note)) return undefined;
  return typeof note.console === "string" ? (URL.parse(note.console) ?? undefined) : undefined;
}
