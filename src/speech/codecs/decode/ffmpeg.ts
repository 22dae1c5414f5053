import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApprenticeError } from "../../../core/errors.ts";
import { heardRate } from "../../../core/voice.ts";
import { runProgram } from "../../run-program.ts";
import type { AudioFile, DecodeLimits } from "./decode-task.ts";

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
  try {
    const file = join(folder, "audio");
    await writeFile(file, bytes);
    const running = runProgram("ffmpeg", ffmpegArguments(file, seconds), {
      time: Math.max(1, time),
      signal,
    });
    let samples = 0;
    let rest: Buffer = Buffer.alloc(0);
    let next = await running.next();
    for (; !next.done; next = await running.next()) {
      const joined = Buffer.concat([rest, next.value]);
      const count = joined.length >> 1;
      rest = joined.subarray(2 * count);
      samples += count;
      if (samples / heardRate > seconds) {
        await running.return({ kind: "late" });
        const [minutes, limit] = [Math.ceil(samples / heardRate / 60), Math.floor(seconds / 60)];
        throw new ApprenticeError("audio-too-long", { name, minutes, limit });
      }
      yield Int16Array.from({ length: count }, (_, index) => joined.readInt16LE(2 * index));
    }
    const end = next.value;
    if (end.kind === "missing") throw new ApprenticeError("audio-needs-ffmpeg", { name, format });
    if (end.kind === "late") throw new ApprenticeError("audio-slow", { name });
    if (end.code !== 0) throw new ApprenticeError("audio-damaged", { name });
    if (samples === 0) throw new ApprenticeError("audio-empty", { name });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One second more than the limit is enough to know that it is passed. Only the file itself is read. */
const ffmpegArguments = (file: string, seconds: number): string[] => {
  const quiet = "-nostdin -hide_banner -loglevel error -protocol_whitelist file".split(" ");
  const output = `-vn -t ${seconds + 1} -f s16le -ac 1 -ar ${heardRate} pipe:1`.split(" ");
  return [...quiet, "-i", file, ...output];
};
