import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";
import { trimEnd } from "../../core/trim-end.ts";
import { modelFiles, sideFiles, tokenizerFile } from "../onnx/layout.ts";

/** A file of an encoder, where it is, and how large; 0: not known. */
export type FoundFile = { readonly path: string; readonly from: string; readonly bytes: number };

const patience = 30_000;

/** Whether a source is an address, and not a folder. */
export const isAddress = (source: string): boolean => /^https?:\/\//i.test(source);

/**
 * What must be fetched of a folder or an address in the layout of sentence-transformers: the tokenizer,
 * the smallest form of the model, and what describes them. Throws `encoder-unusable`,
 * `encoder-download`, or the signal's reason.
 */
export async function findFiles(
  source: string,
  name: string,
  signal?: AbortSignal,
): Promise<readonly FoundFile[]> {
  const find = isAddress(source) ? onServer(source, signal) : inFolder(source);
  const found: FoundFile[] = [];
  const tokenizer = await find(tokenizerFile);
  if (!tokenizer) throw new ApprenticeError("encoder-unusable", { name, reason: tokenizerFile });
  found.push(tokenizer);
  for (const path of modelFiles) {
    const model = await find(path);
    if (!model) continue;
    found.push(model);
    break;
  }
  if (found.length === 1)
    throw new ApprenticeError("encoder-unusable", { name, reason: "model.onnx" });
  for (const path of sideFiles) {
    const side = await find(path);
    if (side) found.push(side);
  }
  return found;
}

const inFolder =
  (folder: string) =>
  async (path: string): Promise<FoundFile | undefined> => {
    const from = join(folder, path);
    return existsSync(from) ? { path, from, bytes: statSync(from).size } : undefined;
  };

const onServer =
  (source: string, signal: AbortSignal | undefined) =>
  async (path: string): Promise<FoundFile | undefined> => {
    const from = `${trimEnd(source, "/")}/${path}`;
    const late = AbortSignal.timeout(patience);
    const stop = signal ? AbortSignal.any([signal, late]) : late;
    let response: Response;
    try {
      response = await fetch(from, { method: "HEAD", signal: stop });
    } catch (cause) {
      signal?.throwIfAborted();
      throw unreachable(from, reasonOf(cause), cause);
    }
    if (response.status === 404) return undefined;
    if (!response.ok) throw unreachable(from, `HTTP ${response.status}`);
    const stated = response.headers.get("x-linked-size") ?? response.headers.get("content-length");
    return { path, from, bytes: Number(stated ?? 0) };
  };

function unreachable(url: string, reason: string, cause?: unknown): ApprenticeError {
  const host = URL.parse(url)?.host ?? "?";
  return new ApprenticeError("encoder-download", { host, reason }, { cause });
}

function reasonOf(thrown: unknown): string {
  const deeper = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const { code } = deeper as NodeJS.ErrnoException;
  return code ?? (thrown instanceof Error ? thrown.name : "?");
}
