import type { ZipParts } from "../../../storage/zip-parts.ts";
import { officeLimits, type Budget } from "./limits.ts";
import type { Merge, Sheet, SheetRow } from "./sheet.ts";
import { readXml } from "./xml.ts";

/** What stands in a cell beside what it shows. */
const aside = new Set(["annotation", "tracked-changes", "shapes"]);

/** The sheets of an ODS workbook. What a cell shows stands in it as text. */
export async function odsSheets(zip: ZipParts, budget: Budget): Promise<Sheet[]> {
  const sheets: Sheet[] = [];
  const hidden = new Set<string>();
  let style = "";
  let sheet: { name: string; isHidden: boolean; rows: SheetRow[]; merges: Merge[] } | undefined;
  let [rowNumber, rowTimes, column, cellTimes, skipped, depth] = [0, 1, 0, 1, 0, 0];
  let cells: string[] = [];
  let paragraphs: string[] = [];
  let [isCell, isParagraph] = [false, false];
  const say = (text: string): void => {
    if (isParagraph) paragraphs[paragraphs.length - 1] += text;
  };
  await readXml(zip.read("content.xml"), {
    open(name, attributes) {
      if (aside.has(name)) skipped += 1;
      if (skipped > 0) return;
      if (name === "style") style = attributes["name"] ?? "";
      else if (name === "table-properties" && attributes["display"] === "false") hidden.add(style);
      else if (name === "table") {
        depth += 1;
        if (depth > 1) return;
        const isHidden = hidden.has(attributes["style-name"] ?? "");
        sheet = { name: attributes["name"] ?? "", isHidden, rows: [], merges: [] };
        rowNumber = 0;
      } else if (depth !== 1) return;
      else if (name === "table-row") {
        rowTimes = times(attributes["number-rows-repeated"]);
        [rowNumber, column, cells] = [rowNumber + 1, 0, []];
      } else if (name === "table-cell" || name === "covered-table-cell") {
        cellTimes = times(attributes["number-columns-repeated"]);
        [paragraphs, isCell] = [[], true];
        const width = times(attributes["number-columns-spanned"]);
        const height = times(attributes["number-rows-spanned"]);
        if (width > 1 || height > 1)
          sheet?.merges.push({
            top: rowNumber,
            bottom: rowNumber + height - 1,
            left: column,
            right: column + width - 1,
          });
      } else if (name === "p" && isCell) {
        paragraphs.push("");
        isParagraph = true;
      } else if (name === "s") say(" ".repeat(Math.min(times(attributes["c"]), 100)));
      else if (name === "tab") say("\t");
      else if (name === "line-break") say("\n");
    },
    text(text) {
      if (skipped === 0) say(text);
    },
    close(name) {
      if (aside.has(name)) skipped -= 1;
      if (skipped > 0 || sheet === undefined) return;
      if (name === "table") {
        depth -= 1;
        if (depth === 0) sheets.push(sheet);
      } else if (depth !== 1) return;
      else if (name === "p") isParagraph = false;
      else if (name === "table-cell" || name === "covered-table-cell") {
        const text = paragraphs.join("\n");
        const end = Math.min(column + cellTimes, officeLimits.columns);
        for (let at = column; text !== "" && at < end; at += 1) {
          budget.spend(text);
          while (cells.length < at) cells.push("");
          cells[at] = text;
        }
        column += cellTimes;
        isCell = false;
      } else if (name === "table-row") {
        // A row repeated is the same lesson again.
        if (cells.some((cell) => cell.trim() !== "")) sheet.rows.push({ number: rowNumber, cells });
        rowNumber += rowTimes - 1;
      }
    },
  });
  return sheets;
}

/** How often something stands there; 1 when nothing sensible is said. */
function times(count: string | undefined): number {
  const number = Number(count ?? 1);
  return Number.isSafeInteger(number) && number > 0 ? number : 1;
}
