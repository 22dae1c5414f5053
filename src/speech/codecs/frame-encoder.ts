import { asInteger } from "../samples.ts";
import type { FrameEncoder } from "../turn/playback.ts";
import { openOpusEncoder } from "./opus.ts";

/** The lookahead of Opus at 48 kHz: 312 samples. */
const opusDelay = 0.0065;

/** Makes frames of Opus, or of plain 16-bit samples (little-endian). Must be closed. */
export async function openFrameEncoder(
  encoding: "opus" | "pcm",
): Promise<FrameEncoder & { close(): void }> {
  if (encoding === "opus") return { ...(await openOpusEncoder()), delay: opusDelay };
  return {
    delay: 0,
    encode: (pcm) => new Uint8Array(asInteger(pcm).buffer),
    close() {},
  };
}
