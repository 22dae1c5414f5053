import type { ZipParts } from "../../../storage/zip-parts.ts";
import { officeLimits, type Budget } from "./limits.ts";
import { numberText, patternOf } from "./number-text.ts";
import { relationsOf } from "./relations.ts";
import type { Merge, Sheet, SheetRow } from "./sheet.ts";
import { readXml } from "./xml.ts";

type Named = { readonly name: string; readonly part: string; readonly isHidden: boolean };

/** What the cells of all sheets lean on. */
type Workbook = {
  readonly sheets: readonly Named[];
  readonly strings: readonly string[];
  /** The pattern of each style, by its place. */
  readonly patterns: readonly (string | undefined)[];
  readonly is1904: boolean;
};

/** The sheets of an XLSX workbook, one after another. `part` is the workbook's own. */
export async function* xlsxSheets(
  zip: ZipParts,
  part: string,
  budget: Budget,
): AsyncGenerator<Sheet> {
  const workbook = await readWorkbook(zip, part);
  for (const { name, part: own, isHidden } of workbook.sheets) {
    if (isHidden) yield { name, isHidden, rows: [], merges: [] };
    else yield { name, isHidden, ...(await readSheet(zip, own, workbook, budget)) };
  }
}

async function readWorkbook(zip: ZipParts, part: string): Promise<Workbook> {
  const relations = await relationsOf(zip, part);
  const targetOf = (type: string): string =>
    [...relations.values()].find((relation) => relation.type === type)?.target ?? "";
  const sheets: Named[] = [];
  let is1904 = false;
  await readXml(zip.read(part), {
    open(name, attributes) {
      if (name === "workbookPr") is1904 = isOn(attributes["date1904"]);
      if (name !== "sheet") return;
      const relation = relations.get(attributes["id"] ?? "");
      if (relation?.type !== "worksheet") return;
      const isHidden = (attributes["state"] ?? "visible") !== "visible";
      sheets.push({ name: attributes["name"] ?? "", part: relation.target, isHidden });
    },
  });
  return {
    sheets,
    is1904,
    strings: await readStrings(zip, targetOf("sharedStrings")),
    patterns: await readPatterns(zip, targetOf("styles")),
  };
}

const isOn = (value: string | undefined): boolean => value === "1" || value === "true";

/** Texts that cells share. How a word is read aloud (`rPh`) is none of it. */
async function readStrings(zip: ZipParts, part: string): Promise<string[]> {
  const strings: string[] = [];
  let words: string[] = [];
  let [isText, spoken] = [false, 0];
  await readXml(zip.read(part), {
    open(name) {
      if (name === "si") words = [];
      else if (name === "rPh") spoken += 1;
      else if (name === "t") isText = spoken === 0;
    },
    text(text) {
      if (isText) words.push(text);
    },
    close(name) {
      if (name === "si") strings.push(withoutEscapes(words.join("")));
      else if (name === "rPh") spoken -= 1;
      else if (name === "t") isText = false;
    },
  });
  return strings;
}

async function readPatterns(zip: ZipParts, part: string): Promise<(string | undefined)[]> {
  const own = new Map<number, string>();
  const ids: number[] = [];
  let isCell = false;
  await readXml(zip.read(part), {
    open(name, { numFmtId: id, formatCode: code }) {
      if (name === "numFmt") own.set(Number(id), code ?? "");
      else if (name === "cellXfs") isCell = true;
      else if (name === "xf" && isCell) ids.push(Number(id ?? 0));
    },
    close(name) {
      if (name === "cellXfs") isCell = false;
    },
  });
  return ids.map((id) => patternOf(id, own));
}

async function readSheet(
  zip: ZipParts,
  part: string,
  workbook: Workbook,
  budget: Budget,
): Promise<Pick<Sheet, "rows" | "merges">> {
  const rows: SheetRow[] = [];
  const merges: Merge[] = [];
  let [rowNumber, column, type, style] = [0, -1, "n", 0];
  let cells: string[] = [];
  let value: string[] = [];
  let [isValue, spoken] = [false, 0];
  await readXml(zip.read(part), {
    open(name, attributes) {
      if (name === "row") {
        rowNumber = Number(attributes["r"] ?? rowNumber + 1);
        [cells, column] = [[], -1];
      } else if (name === "c") {
        column = columnIn(attributes["r"] ?? "") ?? column + 1;
        [type, style, value] = [attributes["t"] ?? "n", Number(attributes["s"] ?? -1), []];
      } else if (name === "rPh") spoken += 1;
      else if (name === "v" || name === "t") isValue = spoken === 0;
      else if (name === "mergeCell") {
        const merge = mergeIn(attributes["ref"] ?? "");
        if (merge) merges.push(merge);
      }
    },
    text(text) {
      if (isValue) value.push(text);
    },
    close(name) {
      if (name === "v" || name === "t") isValue = false;
      else if (name === "rPh") spoken -= 1;
      else if (name === "c") {
        const text = textOf(value.join(""), type, style, workbook);
        if (text === "" || column >= officeLimits.columns) return;
        budget.spend(text);
        while (cells.length < column) cells.push("");
        cells[column] = text;
      } else if (name === "row" && cells.some((cell) => cell.trim() !== ""))
        rows.push({ number: rowNumber, cells });
    },
  });
  return { rows, merges };
}

/** What a cell shows. */
function textOf(value: string, type: string, style: number, workbook: Workbook): string {
  switch (type) {
    case "s":
      return workbook.strings[Number(value)] ?? "";
    case "b":
      return value === "1" ? "TRUE" : value === "0" ? "FALSE" : value;
    case "n":
      return value === "" ? "" : numberText(value, workbook.patterns[style], workbook.is1904);
    default:
      return withoutEscapes(value);
  }
}

/** `_x000D_` stands for a character that XML cannot hold; a carriage return adds nothing to a line end. */
const withoutEscapes = (text: string): string =>
  text.includes("_x")
    ? text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_, code: string) => {
        const character = String.fromCharCode(Number.parseInt(code, 16));
        return character === "\r" ? "" : character;
      })
    : text;

/** The column of a cell such as `AB12`, from 0. */
function columnIn(place: string): number | undefined {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(place)?.[0] ?? "")
    column = column * 26 + (letter.charCodeAt(0) - 64);
  return column === 0 ? undefined : column - 1;
}

function mergeIn(places: string): Merge | undefined {
  const [first = "", last = first] = places.replaceAll("$", "").split(":");
  const [left, right] = [columnIn(first), columnIn(last)];
  const [top, bottom] = [first, last].map((place) => Number(/\d{1,7}$/.exec(place)?.[0]));
  if (left === undefined || right === undefined || !top || !bottom) return undefined;
  return { top, bottom, left, right };
}
