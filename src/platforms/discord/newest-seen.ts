import { elapsed } from "../../core/clock.ts";
import { asApprenticeError } from "../../core/errors.ts";
import type { DiscordParts } from "./parts.ts";

/** Least milliseconds between two writings. */
const writeEvery = 5_000;

/** The newest message that this process has seen, kept so that the next one knows what it has missed. */
export type NewestSeen = {
  /** What the process before this one has seen last. */
  readonly before: Promise<string | undefined>;
  note(messageId: string): void;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
};

export function createNewestSeen({
  newestSeen,
  log,
}: Pick<DiscordParts, "newestSeen" | "log">): NewestSeen {
  let newest = 0n;
  let written = 0n;
  let writtenAt = Number.NEGATIVE_INFINITY;
  let writing = Promise.resolve();
  const failed = (thrown: unknown): undefined => {
    const { code } = asApprenticeError(thrown);
    log.warn("It could not be kept which message came last", { code });
  };
  // Read before anything is written.
  const before = newestSeen.last().catch(failed);
  const write = (): Promise<void> => {
    writtenAt = elapsed();
    writing = writing.then(async () => {
      await before;
      if (newest === written) return;
      written = newest;
      await newestSeen.note(String(written)).catch(failed);
    });
    return writing;
  };
  return {
    before,
    note(messageId) {
      const id = BigInt(messageId);
      if (id <= newest) return;
      newest = id;
      if (elapsed() - writtenAt >= writeEvery) void write();
    },
    flush: write,
  };
}
