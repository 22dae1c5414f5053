import { ApprenticeError } from "../../core/errors.ts";
import type { ImportFormat } from "./importer.ts";
import type { DocumentKind } from "./office/read-document.ts";

const packages = /\.(?:xlsx|xlsm|xltx|docx|docm|ods|odt)$/i;
const pages = /\.(?:html?|xhtml)$/i;

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/**
 * What kind of document a file is, by its first bytes, then by its name; `undefined` for a text. Throws
 * `import-old` for formats of old Office programs, and files with a password, which look the same;
 * `import-damaged` for a file whose bytes are not what its name says.
 */
export function documentKindOf(
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  format: ImportFormat | undefined,
): DocumentKind | undefined {
  const head = Buffer.from(bytes.subarray(0, 1_024)).toString("latin1");
  if (head.includes("%PDF-")) return "pdf";
  if (startsWith(bytes, [0x50, 0x4b, 3, 4])) return "package";
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]) || head.startsWith("{\\rtf"))
    throw new ApprenticeError("import-old", { file: name });
  if (format === "html" || (format === undefined && isPage(name, head))) return "html";
  const named = format ?? (packages.test(name) ? "xlsx" : /\.pdf$/i.test(name) ? "pdf" : undefined);
  if (named === "pdf" || named === "xlsx" || named === "docx" || named === "ods" || named === "odt")
    throw new ApprenticeError("import-damaged", { file: name });
  return undefined;
}

/** Programs of other makers save web pages under the names of old workbooks. */
function isPage(name: string, head: string): boolean {
  const start = head.replace(/^(?:\u00ef\u00bb\u00bf)?\s{0,200}/, "").toLowerCase();
  return pages.test(name) || start.startsWith("<!doctype html") || start.startsWith("<html");
}
