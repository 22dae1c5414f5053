import { now } from "../core/clock.ts";
import { newId } from "../core/ids.ts";
import type { Origin } from "../core/example.ts";
import type { SourceFile } from "./datasets/candidates.ts";

/** Files that somebody sent, and where their words come from. */
export type Upload = { readonly files: readonly SourceFile[]; readonly origin: Origin };

/** Files that wait, in memory and not for long, until their sender has said what they are. */
export type Uploads = {
  /** Keeps files for a while and gives the name under which they are found. */
  keep(workspace: string, upload: Upload): string;
  /** `undefined` when they have waited too long, or belong to another workspace. */
  find(workspace: string, name: string): Upload | undefined;
};

const keptMilliseconds = 30 * 60_000;
const keptBytes = 128 * 1024 * 1024;

export function createUploads(): Uploads {
  const kept = new Map<string, Upload & { readonly workspace: string; readonly until: number }>();
  const forget = (): void => {
    let bytes = 0;
    // The newest first; what is too much or too old goes.
    for (const [name, { files, until }] of [...kept].toReversed()) {
      for (const file of files) bytes += file.bytes.length;
      if (bytes > keptBytes || until < now()) kept.delete(name);
    }
  };
  return {
    keep(workspace, upload) {
      const name = newId().slice(-12);
      kept.set(name, { ...upload, workspace, until: now() + keptMilliseconds });
      forget();
      return name;
    },
    find(workspace, name) {
      forget();
      const found = kept.get(name);
      return found?.workspace === workspace ? found : undefined;
    },
  };
}
