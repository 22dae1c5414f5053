import { asApprenticeError, type ApprenticeError } from "../core/errors.ts";
import { builtInEncoder } from "./built-in/built-in-encoder.ts";
import { readChoice, usualEncoder } from "./choice.ts";
import type { InstantEncoder } from "./encoder.ts";
import { openEncoder, type EncoderPlace } from "./open-encoder.ts";
import { installedRecords } from "./record.ts";

/** The encoders of one data folder. */
export type Encoders = {
  /** What new memories are made with; `undefined`: words alone. The built-in one where it cannot be had. */
  wanted(): InstantEncoder | undefined;
  /** The name of what is wanted, and of what takes its place where it cannot be had. */
  wantedName(): string;
  usedName(): string;
  readonly place: EncoderPlace;
  /** Why what is wanted cannot be had, or does not answer; `undefined`: all is well. */
  problem(): ApprenticeError | undefined;
  /** The encoder with an id, for memories that it made. */
  withId(id: string): InstantEncoder | undefined;
  /** Notes why what is wanted could not be made ready. */
  failed(error: unknown): void;
  /** Opens anew what may have been chosen or installed since. */
  reopen(): void;
  /** Gives all memory back. */
  release(): void;
};

/** `setting`: `recall.encoder`. */
export function createEncoders(setting: string, place: EncoderPlace): Encoders {
  const opened = new Map<string, InstantEncoder | undefined>();
  let missing: ApprenticeError | undefined;
  let failure: ApprenticeError | undefined;
  let name = nameOf();

  function nameOf(): string {
    return setting === "chosen" ? readChoice(place.folder) : setting;
  }

  const open = (which: string): InstantEncoder | undefined => {
    if (!opened.has(which)) opened.set(which, openEncoder(which, place));
    return opened.get(which);
  };

  const idNow = (which: string): string | undefined => {
    try {
      return openEncoder(which, place)?.id;
    } catch {
      return undefined;
    }
  };

  const wanted = (): InstantEncoder | undefined => {
    try {
      const encoder = open(name);
      missing = undefined;
      return encoder;
    } catch (thrown) {
      missing = asApprenticeError(thrown);
      return open(usualEncoder);
    }
  };

  return {
    wanted,
    wantedName: () => name,
    usedName() {
      wanted();
      return missing ? usualEncoder : name;
    },
    place,
    problem() {
      const encoder = wanted();
      return missing ? (failure ?? missing) : encoder?.problem();
    },
    failed(error) {
      failure = asApprenticeError(error);
    },
    withId(id) {
      if (builtInEncoder().id === id) return builtInEncoder();
      for (const record of installedRecords(place.folder)) {
        if (!id.startsWith(`${record.name}-${record.checksum.slice(0, 8)}-`)) continue;
        const encoder = open(record.name);
        if (encoder?.id === id) return encoder;
      }
      return undefined;
    },
    reopen() {
      name = nameOf();
      failure = undefined;
      for (const [which, encoder] of opened) {
        if (!encoder?.isCostly) continue;
        // What was installed anew under its name has another id.
        if (idNow(which) !== encoder.id) opened.delete(which);
        if (which !== name) encoder.release();
      }
    },
    release() {
      for (const encoder of opened.values()) encoder?.release();
    },
  };
}
