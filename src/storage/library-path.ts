import { ApprenticeError } from "../core/errors.ts";

const longestPath = 1_000;
/** In bytes of UTF-8: file systems stop at 255, and room is left for a number. */
const longestSegment = 200;
const deepest = 8;

/** Control characters, lone surrogates, direction marks that disguise a name, and what Windows forbids. */
const forbidden = /[\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069<>:"|?*\\]/u;
const deviceName = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)/iu;

/**
 * The segments of a path in the library, in Unicode NFC. Refuses with `library-path-refused`
 * everything that is not a plain relative path on every system: absolute paths, `.` and `..`, hidden
 * names, device names, alternate streams, trailing dots or blanks, over-long names.
 */
export function librarySegments(path: string): readonly string[] {
  const refused = () => new ApprenticeError("library-path-refused", { path: shortened(path) });
  if (path.length > longestPath || forbidden.test(path)) throw refused();
  const segments = path.normalize("NFC").split("/");
  if (segments.length > deepest || !segments.every(isPlainName)) throw refused();
  return segments;
}

const isPlainName = (name: string): boolean =>
  name !== "" &&
  !name.startsWith(".") &&
  !/^\s|[\s.]$/u.test(name) &&
  !deviceName.test(name) &&
  Buffer.byteLength(name) <= longestSegment;

/** A path for an error text: short and without characters that could disguise it. */
export const shortened = (path: string): string =>
  path
    .slice(0, 80)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, "\uFFFD");
