import { trimEnd } from "../../core/trim-end.ts";
import { ApprenticeError } from "../../core/errors.ts";
import { librarySegments } from "../../storage/library-path.ts";

/**
 * A text as a dataset's name, which is also its folder's: Unicode NFC, lower case, blanks as `-`.
 * Throws `dataset-name-invalid`.
 */
export function datasetName(text: string): string {
  const name = text.normalize("NFC").trim().toLowerCase().replaceAll(/\s+/gu, "-");
  const invalid = () => new ApprenticeError("dataset-name-invalid", { name: text.slice(0, 80) });
  if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,63}$/u.test(name)) throw invalid();
  try {
    librarySegments(name);
  } catch {
    throw invalid();
  }
  return name;
}

/** A dataset's name made from a path: its last part without an ending. Throws `dataset-name-invalid`. */
export const nameFromPath = (path: string): string =>
  datasetName(
    trimEnd(
      trimEnd(path, "/")
        .split("/")
        .at(-1)!
        .replace(/\.[a-z0-9]{1,8}$/i, "")
        .replaceAll(/[^\p{L}\p{M}\p{N}_-]+/gu, "-")
        .replace(/^[-_]+/, ""),
      "-",
    ).slice(0, 64),
  );
