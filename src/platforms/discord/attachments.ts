import { ApprenticeError } from "../../core/errors.ts";
import type { Attachment } from "../../core/message.ts";

type DiscordFile = {
  readonly url: string;
  readonly name: string;
  readonly contentType: string | null;
  readonly size: number;
};

/** How long a file may take to arrive, in milliseconds. */
const patience = 60_000;

/** A file on Discord's CDN. Its name is made plain, and its size counts as it comes, not as declared. */
export const attachmentFrom = ({ url, name, contentType, size }: DiscordFile): Attachment => ({
  name: plainName(name),
  mediaType: contentType?.split(";")[0]?.trim() || "application/octet-stream",
  size,
  read: (maxBytes, signal, came) =>
    readFile({ url, name: plainName(name), maxBytes, came }, signal),
});

/** Only the last part of a path, without signs that a file system or a terminal could take for more. */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  // oxlint-disable-next-line no-control-regex
  const plain = last.replaceAll(/[\u0000-\u001f\u007f<>:"|?*]/g, "_").replace(/^\.+/, "");
  return plain.slice(0, 120).toWellFormed() || "file";
}

type Reading = {
  readonly url: string;
  readonly name: string;
  readonly maxBytes: number;
  readonly came: ((bytes: number) => void) | undefined;
};

async function readFile(reading: Reading, signal?: AbortSignal): Promise<Uint8Array> {
  const { url, name } = reading;
  const late = AbortSignal.timeout(patience);
  try {
    const response = await fetch(url, { signal: signal ? AbortSignal.any([signal, late]) : late });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw new ApprenticeError("attachment-unreadable", {
        name,
        reason: `HTTP ${response.status}`,
      });
    }
    return await collect(response.body, reading);
  } catch (thrown) {
    if (thrown instanceof ApprenticeError || signal?.aborted) throw thrown;
    const reason = late.aborted ? "ETIMEDOUT" : "network";
    throw new ApprenticeError("attachment-unreadable", { name, reason }, { cause: thrown });
  }
}

async function collect(
  body: ReadableStream<Uint8Array>,
  { name, maxBytes, came }: Reading,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > maxBytes) {
      throw new ApprenticeError("attachment-too-large", {
        name,
        size: Math.ceil(size / 1_000_000),
        limit: Math.ceil(maxBytes / 1_000_000),
      });
    }
    pieces.push(piece);
    came?.(size);
  }
  return Buffer.concat(pieces);
}
