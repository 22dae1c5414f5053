import { isUtf8 } from "node:buffer";
import { getFileNameLowLevel } from "yauzl";
import type { Entry } from "yauzl";

const utf8Flag = 0x800;
const unicodePath = 0x7075;

/**
 * The path of an entry as the program meant it that packed it: old ones write names in the encoding of
 * their system without saying so, and backslashes between folders. Signs that our paths may not have
 * become `_`; a path that leaves its folder stays one that does.
 */
export function foreignPath(entry: Entry): string {
  return decodedName(entry)
    .replaceAll("\\", "/")
    .replaceAll(/[\p{Cc}<>:"|?*]/gu, "_")
    .split("/")
    .map((segment) => (/^\.{1,2}$/.test(segment) ? segment : segment.trim()))
    .join("/");
}

function decodedName(entry: Entry): string {
  const { fileNameRaw: raw, generalPurposeBitFlag: flags, extraFields } = entry;
  const isNamed = (flags & utf8Flag) !== 0 || extraFields.some(({ id }) => id === unicodePath);
  if (!isNamed && isUtf8(raw)) return raw.toString();
  if (!isNamed) {
    const russian = new TextDecoder("ibm866").decode(raw);
    const outside = russian.replaceAll(/[\u{0}-\u{7f}]/gu, "");
    const letters = outside.replaceAll(/[^А-Яа-яЁё№]/g, "");
    if (letters.length > outside.length * 0.7) return russian;
  }
  return getFileNameLowLevel(flags, raw, extraFields, false);
}
