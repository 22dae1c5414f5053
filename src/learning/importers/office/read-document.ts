import { ApprenticeError } from "../../../core/errors.ts";
import { openParts, type ZipParts } from "../../../storage/zip-parts.ts";
import { readExport } from "../exports.ts";
import { unknownFormat } from "../format.ts";
import type { Found, ImportColumns } from "../importer.ts";
import { parseJson } from "../jsonl.ts";
import { docxPieces } from "./docx.ts";
import { decodePage } from "./decode-page.ts";
import { htmlPieces } from "./html.ts";
import { createBudget, officeLimits } from "./limits.ts";
import { odsSheets } from "./ods.ts";
import { odtPieces } from "./odt.ts";
import { pdfPieces } from "./pdf.ts";
import { readPieces } from "./read-pieces.ts";
import { readSheets } from "./read-sheets.ts";
import { mainPart } from "./relations.ts";
import { BadXml } from "./xml.ts";
import { xlsxSheets } from "./xlsx.ts";

/** How the bytes of a document are packed: what is in a package is seen when it is opened. */
export type DocumentKind = "package" | "html" | "pdf";

export type DocumentFile = {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly columns?: ImportColumns;
};

/**
 * What a document holds, in its order. Throws `import-damaged`, `import-format`,
 * `archive-too-large`, and of PDF what `pdfPieces` throws.
 */
export async function* readDocument(file: DocumentFile): AsyncGenerator<Found> {
  try {
    if (file.kind === "package") yield* readPackage(file);
    else if (file.kind === "pdf") {
      const pieces = await pdfPieces(file.name, file.bytes, createBudget(file.name));
      yield* readPieces(pieces, "page");
    } else yield* readPage(file);
  } catch (error) {
    const isBroken =
      error instanceof BadXml ||
      (error instanceof ApprenticeError && error.code === "archive-damaged");
    throw isBroken
      ? new ApprenticeError("import-damaged", { file: file.name }, { cause: error })
      : error;
  }
}

async function* readPackage({ name, bytes, columns }: DocumentFile): AsyncGenerator<Found> {
  const zip = await openParts(name, bytes, officeLimits.parts);
  const budget = createBudget(name);
  try {
    const main = await mainPart(zip);
    const type = await openDocumentType(zip);
    if (main?.startsWith("xl/")) yield* readSheets(xlsxSheets(zip, main, budget), columns);
    else if (main?.startsWith("word/"))
      yield* readPieces(await docxPieces(zip, main, budget), "paragraph");
    else if (type === "spreadsheet") yield* readSheets(await odsSheets(zip, budget), columns);
    else if (type === "text") yield* readPieces(await odtPieces(zip, budget), "paragraph");
    else throw unknownFormat(name);
  } finally {
    zip.close();
  }
}

/** `spreadsheet` or `text` of an OpenDocument file. */
async function openDocumentType(zip: ZipParts): Promise<string | undefined> {
  let type = "";
  for await (const chunk of zip.read("mimetype")) type += chunk.toString("latin1").slice(0, 100);
  return /^application\/vnd\.oasis\.opendocument\.([a-z]{1,20})/.exec(type)?.[1];
}

/** A page: what it shows, and the questions that it tells search engines only. */
async function* readPage({ name, bytes }: DocumentFile): AsyncGenerator<Found> {
  const { pieces, data } = htmlPieces(decodePage(bytes), createBudget(name));
  const shown = new Set<string>();
  for await (const found of readPieces(pieces, "paragraph")) {
    if ("wordings" in found) for (const wording of found.wordings) shown.add(wording);
    yield found;
  }
  for (const source of data)
    for (const found of readExport(parseJson(source)) ?? [])
      if (!("wordings" in found && found.wordings.some((wording) => shown.has(wording))))
        yield found;
}
