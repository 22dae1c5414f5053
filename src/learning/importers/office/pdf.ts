import { getDocumentProxy } from "unpdf";
import { ApprenticeError } from "../../../core/errors.ts";
import { officeLimits, type Budget } from "./limits.ts";
import { paragraphsOf, type PdfLine } from "./pdf-paragraphs.ts";
import type { Piece } from "./pieces.ts";

/** What the parser tells of a run of text. */
type Run = {
  readonly str: string;
  readonly width: number;
  readonly height: number;
  readonly transform: readonly number[];
  readonly fontName: string;
};

/**
 * The pieces of a PDF with text in it, each at its page. Throws `import-damaged` for what is none or has
 * a password, `import-pages` past the limit and `import-scan` when its pages are pictures.
 */
export async function pdfPieces(
  name: string,
  bytes: Uint8Array,
  budget: Budget,
): Promise<readonly Piece[]> {
  const document = await getDocumentProxy(bytes, {
    verbosity: 0,
    disableFontFace: true,
    useSystemFonts: false,
    // Pictures are not looked at.
    maxImageSize: 1,
    stopAtErrors: false,
  }).catch((cause: unknown) => {
    throw new ApprenticeError("import-damaged", { file: name }, { cause });
  });
  if (document.numPages > officeLimits.pages)
    throw new ApprenticeError("import-pages", {
      file: name,
      count: document.numPages,
      limit: officeLimits.pages,
    });
  const lines: PdfLine[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const content = await page.getTextContent();
    const runs = content.items.flatMap((item) => ("str" in item ? [item as Run] : []));
    for (const { str } of runs) budget.spend(str);
    // The names of fonts are known once the page was gone through.
    await page.getOperatorList();
    const bold = new Map<string, boolean>();
    const isBold = (font: string): boolean => {
      const known = bold.get(font) ?? isBoldFont(fontAt(page.commonObjs, font));
      bold.set(font, known);
      return known;
    };
    const [, bottom = 0, , top = 0] = page.view;
    const isMargin = (y: number): boolean => Math.abs((y - bottom) / (top - bottom) - 0.5) > 0.42;
    for (const line of linesOf(runs, number, { isBold, isMargin })) lines.push(line);
    page.cleanup();
  }
  if (lines.length === 0) throw new ApprenticeError("import-scan", { file: name });
  return paragraphsOf(lines, document.numPages);
}

type Fonts = { has(name: string): boolean; get(name: string): unknown };

function fontAt(fonts: Fonts, name: string): unknown {
  return fonts.has(name) ? fonts.get(name) : undefined;
}

function isBoldFont(font: unknown): boolean {
  if (typeof font !== "object" || font === null) return false;
  const { name, bold, black } = font as { name?: unknown; bold?: unknown; black?: unknown };
  return bold === true || black === true || /bold|black|heavy/i.test(String(name ?? ""));
}

/** Runs of text on one height, from left to right, as lines. */
function linesOf(
  runs: readonly Run[],
  page: number,
  {
    isBold,
    isMargin,
  }: { readonly isBold: (font: string) => boolean; readonly isMargin: (y: number) => boolean },
): PdfLine[] {
  const lines: { -readonly [Key in keyof PdfLine]: PdfLine[Key] }[] = [];
  let strong = 0;
  for (const { str, width, height, transform, fontName } of runs) {
    if (str === "") continue;
    const [, , , , x = 0, y = 0] = transform;
    const size = height || Math.abs(transform[3] ?? 0) || 1;
    const last = lines.at(-1);
    const isSameLine =
      last !== undefined && Math.abs(last.y - y) < 0.5 * Math.min(last.size, size) && x > last.left;
    if (isSameLine) {
      const gap = x - last.right;
      const needsBlank = gap > 0.2 * size && !last.text.endsWith(" ") && !str.startsWith(" ");
      if (needsBlank) last.text += " ";
      if (isBold(fontName) || str.trim() === "") strong += str.trim().length;
      last.text += str;
      last.right = Math.max(last.right, x + width);
      last.size = Math.max(last.size, str.trim() === "" ? 0 : size);
    } else {
      if (str.trim() === "") continue;
      strong = isBold(fontName) ? str.trim().length : 0;
      const place = { page, left: x, right: x + width, y, isMargin: isMargin(y) };
      lines.push({ ...place, text: str, size, isStrong: false });
    }
    const current = lines.at(-1);
    if (current) current.isStrong = strong >= current.text.replaceAll(" ", "").length * 0.95;
  }
  return lines;
}
