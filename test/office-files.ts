import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

/** A zip of texts. */
export async function packed(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  const mtime = new Date(Date.UTC(2026, 0, 1));
  for (const [name, content] of Object.entries(parts))
    zip.addBuffer(Buffer.from(content), name, { mtime });
  zip.end();
  return buffer(zip.outputStream);
}

export const xmlText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const relations = (
  list: readonly (readonly [id: string, type: string, target: string])[],
): string =>
  `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list
    .map(
      ([id, type, target]) =>
        `<Relationship Id="${id}" Type="${relationship}/${type}" Target="${target}"/>`,
    )
    .join("")}</Relationships>`;

/** A text, or a number with the place of its style. */
export type MadeCell = string | null | { readonly value: number; readonly style: number };
export type MadeSheet = {
  readonly name: string;
  /** Above the rows there may be further XML of the sheet, e.g. merged cells below it. */
  readonly rows: readonly (readonly MadeCell[])[];
  readonly merges?: readonly string[];
  readonly state?: "hidden";
};

const columnName = (column: number): string =>
  (column > 25 ? String.fromCharCode(64 + Math.floor(column / 26)) : "") +
  String.fromCharCode(65 + (column % 26));

/** A workbook as office programs write it; `formats` are the patterns of the styles 1, 2, ... */
export function xlsxOf(
  sheets: readonly MadeSheet[],
  formats: readonly string[] = [],
): Promise<Buffer> {
  const shared: string[] = [];
  const placeOf = (text: string): number =>
    shared.includes(text) ? shared.indexOf(text) : shared.push(text) - 1;
  const cell = (made: MadeCell, row: number, column: number): string => {
    const place = `${columnName(column)}${row}`;
    if (made === null) return "";
    if (typeof made === "string") return `<c r="${place}" t="s"><v>${placeOf(made)}</v></c>`;
    return `<c r="${place}" s="${made.style}"><v>${made.value}</v></c>`;
  };
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const sheetXml = ({ rows, merges = [] }: MadeSheet): string =>
    `${declaration}<worksheet xmlns="${main}"><sheetData>${rows
      .map(
        (row, at) =>
          `<row r="${at + 1}">${row.map((made, column) => cell(made, at + 1, column)).join("")}</row>`,
      )
      .join("")}</sheetData>${
      merges.length > 0
        ? `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>`
        : ""
    }</worksheet>`;
  const parts: Record<string, string> = {
    "[Content_Types].xml": `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    "_rels/.rels": relations([["rId1", "officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `${declaration}<workbook xmlns="${main}" xmlns:r="${relationship}"><sheets>${sheets
      .map(
        ({ name, state }, at) =>
          `<sheet name="${xmlText(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"${state ? ` state="${state}"` : ""}/>`,
      )
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([
      ...sheets.map(
        (_, at) => [`rId${at + 1}`, "worksheet", `worksheets/sheet${at + 1}.xml`] as const,
      ),
      ["rIdS", "sharedStrings", "sharedStrings.xml"],
      ["rIdT", "styles", "styles.xml"],
    ]),
    "xl/styles.xml": `${declaration}<styleSheet xmlns="${main}"><numFmts>${formats
      .map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${xmlText(code)}"/>`)
      .join("")}</numFmts><cellXfs><xf numFmtId="0"/>${formats
      .map((_, at) => `<xf numFmtId="${164 + at}"/>`)
      .join("")}</cellXfs></styleSheet>`,
  };
  for (const [at, sheet] of sheets.entries())
    parts[`xl/worksheets/sheet${at + 1}.xml`] = sheetXml(sheet);
  parts["xl/sharedStrings.xml"] = `${declaration}<sst xmlns="${main}">${shared
    .map((text) => `<si><t xml:space="preserve">${xmlText(text)}</t></si>`)
    .join("")}</sst>`;
  return packed(parts);
}

/** A paragraph of a document: `style` is a heading or a title, `list` a list (1 bullets, 2 numbers). */
export type MadeParagraph = {
  readonly text: string;
  readonly style?: "Heading1" | "Heading2" | "Heading3" | "Title";
  readonly isStrong?: boolean;
  readonly list?: 1 | 2;
};

const paragraphXml = ({ text, style, isStrong, list }: MadeParagraph): string =>
  `<w:p><w:pPr>${style ? `<w:pStyle w:val="${style}"/>` : ""}${
    list ? `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${list}"/></w:numPr>` : ""
  }</w:pPr><w:r>${isStrong ? "<w:rPr><w:b/></w:rPr>" : ""}<w:t xml:space="preserve">${xmlText(text)}</w:t></w:r></w:p>`;

/** A document of paragraphs and tables, or of the XML inside its body. */
export function docxOf(
  content: string | readonly (MadeParagraph | readonly (readonly string[])[])[],
): Promise<Buffer> {
  const main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const body =
    typeof content === "string"
      ? content
      : content
          .map((each) =>
            "text" in each
              ? paragraphXml(each)
              : `<w:tbl>${each
                  .map(
                    (row) =>
                      `<w:tr>${row.map((text) => `<w:tc>${paragraphXml({ text })}</w:tc>`).join("")}</w:tr>`,
                  )
                  .join("")}</w:tbl>`,
          )
          .join("");
  const level = (format: string): string =>
    `<w:lvl w:ilvl="0"><w:numFmt w:val="${format}"/></w:lvl>`;
  return packed({
    "[Content_Types].xml": `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    "_rels/.rels": relations([["rId1", "officeDocument", "word/document.xml"]]),
    "word/_rels/document.xml.rels": relations([
      ["rId1", "styles", "styles.xml"],
      ["rId2", "numbering", "numbering.xml"],
    ]),
    "word/document.xml": `${declaration}<w:document xmlns:w="${main}"><w:body>${body}</w:body></w:document>`,
    "word/styles.xml": `${declaration}<w:styles xmlns:w="${main}">${[
      "heading 1",
      "heading 2",
      "heading 3",
      "Title",
    ]
      .map(
        (name) =>
          `<w:style w:type="paragraph" w:styleId="${name.replace("heading ", "Heading")}"><w:name w:val="${name}"/></w:style>`,
      )
      .join("")}</w:styles>`,
    "word/numbering.xml": `${declaration}<w:numbering xmlns:w="${main}"><w:abstractNum w:abstractNumId="1">${level("bullet")}</w:abstractNum><w:abstractNum w:abstractNumId="2">${level("decimal")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>`,
  });
}

/** An OpenDocument file with the XML inside its body. */
export const openDocument = (
  type: "spreadsheet" | "text",
  body: string,
  styles = "",
): Promise<Buffer> => {
  const space = "urn:oasis:names:tc:opendocument:xmlns:";
  return packed({
    mimetype: `application/vnd.oasis.opendocument.${type}`,
    "content.xml": `${declaration}<office:document-content xmlns:office="${space}office:1.0" xmlns:table="${space}table:1.0" xmlns:text="${space}text:1.0" xmlns:style="${space}style:1.0" xmlns:fo="${space}xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:${type}>${body}</office:${type}></office:body></office:document-content>`,
  });
};

/** A line of a page, in its size and weight, so far above the page's lower edge. */
export type MadeLine = {
  readonly text: string;
  readonly y: number;
  readonly size?: number;
  readonly isStrong?: boolean;
};

/** A PDF with lines of Latin text on its pages. */
export function pdfOf(pages: readonly (readonly MadeLine[])[]): Buffer {
  const objects: string[] = [];
  const add = (object: string): number => objects.push(object);
  add("<< /Type /Catalog /Pages 2 0 R >>");
  add("");
  add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>");
  const kids = pages.map((lines) => {
    const stream = lines
      .map(
        ({ text, y, size = 11, isStrong = false }) =>
          `BT /F${isStrong ? 2 : 1} ${size} Tf 72 ${y} Td (${text.replaceAll(/[\\()]/g, String.raw`\$&`)}) Tj ET`,
      )
      .join("\n");
    const content = add(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${content} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>`,
    );
  });
  objects[1] = `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(" ")}] /Count ${kids.length} >>`;
  let file = "%PDF-1.4\n";
  const places = objects.map((object, at) => {
    const place = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return String(place).padStart(10, "0");
  });
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${place} 00000 n \n`).join("")}`;
  file += `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}
