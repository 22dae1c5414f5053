import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { replaceFile } from "../storage/atomic-file.ts";

/**
 * The vectors that a costly encoder made of the wordings of one community, by a hash of the text: what
 * was begun is gone on with after a kill, and nothing is paid for twice. The texts are not in it.
 */
export type VectorFile = {
  find(text: string): Int8Array | undefined;
  /** Adds what is not in it yet, on disk too. */
  add(vectors: readonly (readonly [text: string, vector: Int8Array])[]): Promise<void>;
  /** Forgets what none of these texts is. */
  keepOnly(texts: AsyncIterable<string> | Iterable<string>): Promise<void>;
};

const hashLength = 16;

/** Opens the file, or a new one where it is another encoder's. A record that was cut off is left out. */
export async function openVectorFile(
  path: string,
  { id, dimensions }: { readonly id: string; readonly dimensions: number },
): Promise<VectorFile> {
  const header = Buffer.from(
    `${JSON.stringify({ format: "apprentice-vectors-1", id, dimensions })}\n`,
  );
  const length = hashLength + dimensions;
  const held = new Map<string, Int8Array>();
  const old = await readFile(path).catch(() => undefined);
  const isOurs = old?.subarray(0, header.length).equals(header) ?? false;
  const end = isOurs ? old!.length - ((old!.length - header.length) % length) : 0;
  for (let at = header.length; at < end; at += length) {
    const record = old!.subarray(at, at + length);
    const vector = new Int8Array(record.subarray(hashLength));
    held.set(record.toString("latin1", 0, hashLength), vector);
  }

  const recordOf = ([hash, vector]: readonly [string, Int8Array]): Buffer =>
    Buffer.concat([
      Buffer.from(hash, "latin1"),
      Buffer.from(vector.buffer, vector.byteOffset, dimensions),
    ]);
  const rewrite = async (): Promise<void> => {
    await mkdir(dirname(path), { recursive: true });
    await replaceFile(path, Buffer.concat([header, ...Array.from(held, recordOf)]));
  };
  if (old === undefined || end !== old.length) await rewrite();

  return {
    find: (text) => held.get(hashOf(text)),
    async add(vectors) {
      const fresh = vectors
        .map(([text, vector]) => [hashOf(text), vector] as const)
        .filter(([hash]) => !held.has(hash));
      for (const [hash, vector] of fresh) held.set(hash, vector);
      if (fresh.length > 0)
        await appendFile(path, Buffer.concat(fresh.map(recordOf)), { mode: 0o600 });
    },
    async keepOnly(texts) {
      const kept = new Set<string>();
      for await (const text of texts) kept.add(hashOf(text));
      const gone = [...held.keys()].filter((hash) => !kept.has(hash));
      for (const hash of gone) held.delete(hash);
      if (gone.length > 0) await rewrite();
    },
  };
}

export const removeVectorFile = (path: string): Promise<void> => rm(path, { force: true });

const hashOf = (text: string): string =>
  createHash("sha256").update(text).digest().toString("latin1", 0, hashLength);
