import type { ZipParts } from "../../../storage/zip-parts.ts";
import type { Budget } from "./limits.ts";
import { createNumbers } from "./list-numbers.ts";
import type { Piece } from "./pieces.ts";
import { readXml } from "./xml.ts";

/** What is not part of the text. */
const aside = new Set(["annotation", "tracked-changes", "note", "sequence-decls"]);

/** What a style says about its words. */
type Style = { isStrong?: boolean; parent?: string; title?: boolean };

/** The pieces of an ODT document. */
export async function odtPieces(zip: ZipParts, budget: Budget): Promise<readonly Piece[]> {
  const styles = new Map<string, Style>();
  const numbered = new Map<string, Set<number>>();
  for (const part of ["styles.xml", "content.xml"]) await readStyles(zip, part, styles, numbered);
  const isStrong = (name: string): boolean => {
    let style = styles.get(name);
    for (let steps = 0; style !== undefined && steps < 20; steps += 1) {
      if (style.isStrong !== undefined) return style.isStrong;
      style = styles.get(style.parent ?? "");
    }
    return false;
  };
  const numbers = createNumbers();
  const pieces: Piece[] = [];
  let [at, skipped, isBody] = [0, 0, false];
  let text = "";
  let [strong, level, isOpen] = [0, 0, false];
  const spans: boolean[] = [];
  const lists: string[] = [];
  let isFirst = false;
  let table: string[][] | undefined;
  let depth = 0;
  const say = (words: string): void => {
    if (!isOpen || skipped > 0) return;
    budget.spend(words);
    text += words;
    if (spans.at(-1) || words.trim() === "") strong += words.length;
  };
  const finish = (): void => {
    at += 1;
    const words = text.trim();
    const row = table?.at(-1);
    if (row !== undefined && row.length > 0) {
      if (words !== "") row[row.length - 1] = [row.at(-1), words].filter(Boolean).join("\n");
    } else if (words === "") return;
    else if (level > 0) pieces.push({ kind: "heading", at, level, text: words });
    else if (lists.length > 0 && isFirst) {
      isFirst = false;
      const [list, place] = [lists[0] ?? "", lists.length - 1];
      const mark = numbered.get(list)?.has(place + 1) ? `${numbers.next(list, place)}.` : "-";
      const all = strong >= text.length;
      pieces.push({ kind: "item", at, text: words, isStrong: all, mark, depth: place });
    } else pieces.push({ kind: "paragraph", at, text: words, isStrong: strong >= text.length });
  };
  await readXml(zip.read("content.xml"), {
    open(name, attributes) {
      if (name === "body") isBody = true;
      if (aside.has(name)) skipped += 1;
      if (skipped > 0 || !isBody) return;
      const style = attributes["style-name"] ?? "";
      switch (name) {
        case "h":
        case "p":
          // Below a title every heading is one deeper.
          level = name === "h" ? Number(attributes["outline-level"] ?? 1) + 1 : 0;
          if (styles.get(style)?.title || style === "Title") level = 1;
          [text, strong, isOpen] = ["", 0, true];
          spans.push(isStrong(style));
          break;
        case "span":
          spans.push(isStrong(style) || (spans.at(-1) ?? false));
          break;
        case "list":
          lists.push(style || (lists[0] ?? ""));
          break;
        case "list-item":
          isFirst = true;
          break;
        case "s":
          say(" ".repeat(Math.min(Number(attributes["c"] ?? 1) || 1, 100)));
          break;
        case "tab":
          say("\t");
          break;
        case "line-break":
          say("\n");
          break;
        case "table":
          depth += 1;
          if (depth === 1) table = [];
          break;
        case "table-row":
          if (depth === 1) table?.push([]);
          break;
        case "table-cell":
        case "covered-table-cell":
          if (depth === 1) table?.at(-1)?.push("");
          break;
      }
    },
    text: say,
    close(name) {
      if (aside.has(name)) skipped -= 1;
      if (skipped > 0 || !isBody) return;
      if (name === "p" || name === "h") {
        finish();
        spans.pop();
        isOpen = false;
      } else if (name === "span") spans.pop();
      else if (name === "list") lists.pop();
      else if (name === "table") {
        depth -= 1;
        if (depth === 0 && table !== undefined) {
          pieces.push({ kind: "table", at, rows: table });
          table = undefined;
        }
      }
    },
  });
  return pieces;
}

async function readStyles(
  zip: ZipParts,
  part: string,
  styles: Map<string, Style>,
  numbered: Map<string, Set<number>>,
): Promise<void> {
  let style: Style = {};
  let levels = new Set<number>();
  await readXml(zip.read(part), {
    open(name, attributes) {
      const own = attributes["name"];
      if (name === "style" && own !== undefined) {
        const parent = attributes["parent-style-name"];
        style = { ...(parent && { parent }), title: parent === "Title" };
        styles.set(own, style);
      } else if (name === "text-properties" && attributes["font-weight"] !== undefined) {
        style.isStrong = /^(?:bold|[6-9]00)$/.test(attributes["font-weight"]);
      } else if (name === "list-style" && own !== undefined) {
        levels = new Set();
        numbered.set(own, levels);
      } else if (name === "list-level-style-number") levels.add(Number(attributes["level"] ?? 1));
    },
  });
}
