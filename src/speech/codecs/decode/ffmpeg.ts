import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApprenticeError } from "../../../core/errors.ts";
import { heardRate } from "../../../core/voice.ts";
import type { AudioFile, DecodeLimits } from "./decode-audio.ts";

/**
 * The sound of a file by the system's ffmpeg, as 16 kHz mono. For what nothing here decodes (AAC,
 * Vorbis, ALAC, ...). Throws `audio-needs-ffmpeg` where there is none, `audio-too-long`,
 * `audio-slow`, `audio-damaged`.
 */
export async function* decodeWithFfmpeg(
  { name, bytes }: AudioFile,
  format: string,
  { seconds, time }: DecodeLimits,
  signal?: AbortSignal,
): AsyncGenerator<Int16Array> {
  // A file, as MP4 is often written so that it cannot be read from a pipe.
  const folder = await mkdtemp(join(tmpdir(), "apprentice-audio-"));
  const late = AbortSignal.timeout(Math.max(1, Math.round(time)));
  const stop = signal ? AbortSignal.any([signal, late]) : late;
  try {
    const file = join(folder, "audio");
    await writeFile(file, bytes);
    const child = spawn("ffmpeg", ffmpegArguments(file, seconds), {
      stdio: ["ignore", "pipe", "ignore"],
      signal: stop,
      killSignal: "SIGKILL",
    });
    const failure = once(child, "error").then(([error]) => error as NodeJS.ErrnoException);
    const exit = once(child, "close").then(([code]) => code as number | null);
    failure.catch(() => {});
    exit.catch(() => {});
    let samples = 0;
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of child.stdout) {
      const joined = Buffer.concat([rest, chunk as Buffer]);
      const even = joined.length & ~1;
      rest = joined.subarray(even);
      samples += even / 2;
      if (samples / heardRate > seconds) {
        child.kill("SIGKILL");
        const [minutes, limit] = [Math.ceil(samples / heardRate / 60), Math.floor(seconds / 60)];
        throw new ApprenticeError("audio-too-long", { name, minutes, limit });
      }
      yield Int16Array.from({ length: even / 2 }, (_, index) => joined.readInt16LE(2 * index));
    }
    const ended = await Promise.race([exit, failure]);
    if (signal?.aborted) throw new ApprenticeError("cancelled", {}, { cause: signal.reason });
    if (late.aborted) throw new ApprenticeError("audio-slow", { name });
    if (typeof ended === "object" && ended?.code === "ENOENT")
      throw new ApprenticeError("audio-needs-ffmpeg", { name, format }, { cause: ended });
    if (ended !== 0) throw new ApprenticeError("audio-damaged", { name });
    if (samples === 0) throw new ApprenticeError("audio-empty", { name });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One second more than the limit is enough to know that it is passed. Only the file itself is read. */
const ffmpegArguments = (file: string, seconds: number): string[] => [
  ...["-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file"],
  ...["-i", file, "-vn", "-t", String(seconds + 1)],
  ...["-f", "s16le", "-ac", "1", "-ar", String(heardRate), "pipe:1"],
];
