import type { ZipParts } from "../../../storage/zip-parts.ts";
import { isOn, readDocxStyles, type DocxStyles } from "./docx-styles.ts";
import type { Budget } from "./limits.ts";
import { createNumbers } from "./list-numbers.ts";
import type { Piece } from "./pieces.ts";
import { readXml } from "./xml.ts";

/** What is not part of the text: what was deleted, field codes, and a second version of a drawing. */
const aside = new Set(["del", "moveFrom", "instrText", "Fallback", "delText", "pict"]);

type Paragraph = {
  text: string;
  /** How many of its characters stand out. */
  strong: number;
  style: string;
  outline?: number;
  list?: string;
  depth: number;
};

/** The pieces of a DOCX document. `part` is the main one. */
export async function docxPieces(
  zip: ZipParts,
  part: string,
  budget: Budget,
): Promise<readonly Piece[]> {
  const styles = await readDocxStyles(zip, part);
  const numbers = createNumbers();
  const pieces: Piece[] = [];
  let at = 0;
  /** Paragraphs may lie inside each other, in text boxes. */
  const open: Paragraph[] = [];
  const tables: string[][][] = [];
  let [skipped, run] = [0, { isStrong: false, isHidden: false }];
  let [isText, inRun] = [false, false];
  let link: { target: string; start: number } | undefined;
  let [span, continues] = [1, false];

  const say = (text: string): void => {
    const paragraph = open.at(-1);
    if (paragraph === undefined || skipped > 0 || run.isHidden) return;
    budget.spend(text);
    paragraph.text += text;
    if (run.isStrong || text.trim() === "") paragraph.strong += text.length;
  };
  const finish = (paragraph: Paragraph): void => {
    at += 1;
    const text = paragraph.text.trim();
    const row = tables[0]?.at(-1);
    if (row !== undefined && row.length > 0) {
      if (text !== "") row[row.length - 1] = [row.at(-1), text].filter(Boolean).join("\n");
      return;
    }
    if (text === "") return;
    const strong = paragraph.strong >= paragraph.text.length || styles.isStrong(paragraph.style);
    pieces.push(pieceOf(paragraph, { at, text, isStrong: strong }, styles, numbers));
  };

  await readXml(zip.read(part), {
    open(name, attributes) {
      const { val } = attributes;
      if (aside.has(name)) skipped += 1;
      if (skipped > 0) return;
      const paragraph = open.at(-1);
      switch (name) {
        case "p":
          open.push({ text: "", strong: 0, style: "", depth: 0 });
          run = { isStrong: false, isHidden: false };
          break;
        case "pStyle":
          if (paragraph) paragraph.style = val ?? "";
          break;
        case "outlineLvl":
          if (paragraph && Number(val) < 9) paragraph.outline = Number(val) + 1;
          break;
        case "numId":
          if (paragraph && !inRun) paragraph.list = val ?? "";
          break;
        case "ilvl":
          if (paragraph) paragraph.depth = Number(val ?? 0);
          break;
        case "r":
          run = { isStrong: styles.isStrong(paragraph?.style ?? ""), isHidden: false };
          inRun = true;
          break;
        case "b":
          if (inRun) run.isStrong = isOn(val);
          break;
        case "vanish":
          if (inRun) run.isHidden = isOn(val);
          break;
        case "t":
          isText = true;
          break;
        case "tab":
          if (inRun) say("\t");
          break;
        case "br":
        case "cr":
          if (inRun) say("\n");
          break;
        case "noBreakHyphen":
          say("-");
          break;
        case "hyperlink": {
          const target = styles.linkOf(attributes["id"] ?? "");
          link = target && paragraph ? { target, start: paragraph.text.length } : undefined;
          break;
        }
        case "tbl":
          tables.push([]);
          break;
        case "tr":
          if (tables.length === 1) tables[0]?.push([]);
          break;
        case "tc":
          if (tables.length === 1) {
            tables[0]?.at(-1)?.push("");
            [span, continues] = [1, false];
          }
          break;
        case "gridSpan":
          if (tables.length === 1) span = Math.min(Number(val ?? 1) || 1, 100);
          break;
        case "vMerge":
          if (tables.length === 1) continues = val !== "restart";
          break;
      }
    },
    text(text) {
      if (isText) say(text);
    },
    close(name) {
      if (aside.has(name)) skipped -= 1;
      if (skipped > 0) return;
      switch (name) {
        case "p": {
          const paragraph = open.pop();
          if (paragraph) finish(paragraph);
          break;
        }
        case "r":
          inRun = false;
          run = { isStrong: false, isHidden: false };
          break;
        case "t":
          isText = false;
          break;
        case "hyperlink":
          if (link !== undefined) addLink(open.at(-1), link);
          link = undefined;
          break;
        case "tc":
          if (tables.length === 1) endCell(tables[0] ?? [], span, continues);
          break;
        case "tbl": {
          const rows = tables.pop() ?? [];
          if (tables.length === 0 && rows.length > 0) pieces.push({ kind: "table", at, rows });
          break;
        }
      }
    },
  });
  return pieces;
}

/** Cells that a cell spreads over are empty; one that goes on says what the one above it says. */
function endCell(rows: string[][], span: number, continues: boolean): void {
  const row = rows.at(-1);
  if (row === undefined) return;
  const above = rows.at(-2)?.[row.length - 1];
  if (continues && row.at(-1) === "" && above !== undefined) row[row.length - 1] = above;
  for (let extra = 1; extra < span; extra += 1) row.push("");
}

/** The words of a link are followed by where it goes, as Markdown writes it. */
function addLink(
  paragraph: Paragraph | undefined,
  { target, start }: { readonly target: string; readonly start: number },
): void {
  if (paragraph === undefined || !/^(?:https?|mailto):/i.test(target)) return;
  const words = paragraph.text.slice(start);
  if (words.trim() === "" || words.trim() === target) return;
  const isStrong = paragraph.strong >= paragraph.text.length;
  paragraph.text = `${paragraph.text.slice(0, start)}[${words}](${target})`;
  if (isStrong) paragraph.strong = paragraph.text.length;
}

function pieceOf(
  paragraph: Paragraph,
  {
    at,
    text,
    isStrong,
  }: { readonly at: number; readonly text: string; readonly isStrong: boolean },
  styles: DocxStyles,
  numbers: ReturnType<typeof createNumbers>,
): Piece {
  const { style, depth } = paragraph;
  const level = paragraph.outline ?? styles.levelOf(style);
  // Below a title every heading is one deeper.
  if (level !== undefined) return { kind: "heading", at, level: level + 1, text };
  const list = paragraph.list ?? styles.listOf(style);
  const isNumbered = list === undefined ? undefined : styles.isNumbered(list, depth);
  if (list === undefined || isNumbered === undefined)
    return { kind: "paragraph", at, text, isStrong };
  const mark = isNumbered ? `${numbers.next(list, depth)}.` : "-";
  return { kind: "item", at, text, isStrong, mark, depth };
}
