import { elapsed } from "../core/clock.ts";
import type { Attachment } from "../core/message.ts";
import { say, type Voice } from "../texts/say.ts";

/** A file that comes within this time, in milliseconds, needs no words about it. */
const noticedAfter = 1_000;

/** The same files; while one takes long to come, `progress` is told how much of it is there. */
export const showReceiving = (
  files: readonly Attachment[],
  progress: (text: string) => void,
  voice: Voice,
  after = noticedAfter,
): readonly Attachment[] =>
  files.map((file) => ({
    ...file,
    read(maxBytes, signal, came) {
      const begunAt = elapsed();
      return file.read(maxBytes, signal, (bytes) => {
        came?.(bytes);
        if (elapsed() - begunAt < after) return;
        const total = megabytes(Math.max(bytes, file.size));
        progress(say(voice, "files.receiving", { name: file.name, done: megabytes(bytes), total }));
      });
    },
  }));

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
