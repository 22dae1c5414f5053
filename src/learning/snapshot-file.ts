import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { replaceFile } from "../storage/atomic-file.ts";
import { makeFolder } from "../storage/make-folder.ts";

/** A learner's memory as it was at one position of the ledger. */
export type Snapshot = {
  readonly workspace: string;
  readonly position: number;
  /** The action of the event at `position`: tells two ledgers of equal length apart. */
  readonly actionId: string;
  readonly bytes: Uint8Array;
};

const format = "apprentice-recall-2";

/** Replaces the file as a whole: one line of JSON, then the bytes. */
export async function writeSnapshot(path: string, snapshot: Snapshot): Promise<void> {
  const { bytes, ...facts } = snapshot;
  const header = { format, ...facts, length: bytes.length, sha256: sha256(bytes) };
  await makeFolder(dirname(path));
  await replaceFile(path, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), bytes]));
}

/** `undefined` when there is no file, or when it is not whole and of this workspace. */
export async function readSnapshot(path: string, workspace: string): Promise<Snapshot | undefined> {
  const file = await readFile(path).catch(() => undefined);
  const end = file?.indexOf("\n") ?? -1;
  if (file === undefined || end < 0) return undefined;
  const header = parseHeader(file.subarray(0, end).toString());
  const bytes = file.subarray(end + 1);
  const whole =
    header?.format === format &&
    header.workspace === workspace &&
    header.length === bytes.length &&
    header.sha256 === sha256(bytes);
  if (!whole) return undefined;
  return {
    workspace,
    position: Number(header.position),
    actionId: String(header.actionId),
    bytes,
  };
}

function parseHeader(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
