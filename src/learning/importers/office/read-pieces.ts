import type { Cell } from "../cell.ts";
import { headerOf } from "../headers.ts";
import { leaveOut, type Found } from "../importer.ts";
import { readMd } from "../md.ts";
import { hasQuestionMarks } from "../questions.ts";
import type { Piece } from "./pieces.ts";

/**
 * The questions of a document: it is written down as Markdown, so that headings, marks, lists and
 * tables mean in a document what they mean in a text.
 */
export async function* readPieces(
  pieces: readonly Piece[],
  unit: "paragraph" | "page",
): AsyncGenerator<Found> {
  const { lines, places } = written(withHeadings(pieces.map(cleaned)));
  for await (const found of readMd(lines.join("\n"))) {
    const at = { line: places[found.line - 1] ?? 1, place: { unit } };
    // Documents have headings that only look so; nobody is asked to mend those.
    if ("key" in found && found.key === "import.heading-without-answer")
      yield { ...leaveOut(at.line, "import.left-heading"), ...at };
    else yield { ...withoutGuards(found), ...at };
  }
}

/** Stands before what would mean something in Markdown, and is taken out again at the end. */
const guard = "\u{e000}";

/** Characters that show nothing, in which other words can hide; and a blank for each wide space. */
const plain = (text: string): string =>
  text
    .replaceAll(/[\u00ad\u200b\u2060\ufeff\u{e000}\u{e001}\u{e0000}-\u{e007f}]/gu, "")
    .replaceAll(/[\u00a0\u2007\u202f]/g, " ")
    .replaceAll(/\r\n?|[\u000b\u000c\u2028\u2029\u0085]/g, "\n");

function cleaned(piece: Piece): Piece {
  if (piece.kind === "close") return piece;
  if (piece.kind !== "table") return { ...piece, text: plain(piece.text) };
  const rows = piece.rows.map((row) => row.map((cell) => (cell === null ? null : plain(cell))));
  return { ...piece, rows };
}

/** Longer paragraphs are no headings, however strong. */
const longestHeading = 200;

/** In a document without headings, short paragraphs that stand out among others are headings. */
function withHeadings(pieces: readonly Piece[]): readonly Piece[] {
  if (pieces.some(({ kind }) => kind === "heading" || kind === "open")) return pieces;
  const isTitle = (piece: Piece | undefined): boolean =>
    piece?.kind === "paragraph" && piece.isStrong && piece.text.length <= longestHeading;
  const followed = pieces.filter(
    (piece, at) => isTitle(piece) && at + 1 < pieces.length && !isTitle(pieces[at + 1]),
  );
  const lines = pieces.flatMap(({ at, ...piece }) =>
    "text" in piece ? [{ number: at, text: piece.text, start: 0 }] : [],
  );
  if (followed.length < 2 || hasQuestionMarks(lines)) return pieces;
  return pieces.map((piece) =>
    piece.kind === "paragraph" && isTitle(piece)
      ? { kind: "heading", at: piece.at, level: 2, text: piece.text }
      : piece,
  );
}

type Written = { readonly lines: string[]; readonly places: number[] };

/** The pieces as lines of Markdown, with the place of each. */
function written(pieces: readonly Piece[]): Written {
  const lines: string[] = [];
  const places: number[] = [];
  const write = (at: number, ...texts: readonly string[]): void => {
    for (const text of texts) {
      lines.push(text);
      places.push(at);
    }
  };
  const hasHeadings = pieces.some(({ kind }) => kind === "heading");
  for (const [index, piece] of pieces.entries()) {
    const { at } = piece;
    const isListed = piece.kind === "item" && pieces[index - 1]?.kind === "item";
    if (lines.length > 0 && !isListed) write(at, "");
    switch (piece.kind) {
      case "heading":
        write(at, `${"#".repeat(Math.min(6, Math.max(1, piece.level)))} ${oneLine(piece.text)}`);
        break;
      case "paragraph":
        write(at, ...marked(piece.text, piece.isStrong));
        break;
      case "item": {
        const indent = "   ".repeat(Math.min(piece.depth, 8));
        const [first = "", ...others] = marked(piece.text, piece.isStrong);
        const under = indent + " ".repeat(piece.mark.length + 1);
        write(at, `${indent}${piece.mark} ${first}`, ...others.map((line) => under + line));
        break;
      }
      case "table":
        for (const part of tableParts(piece.rows, !hasHeadings)) write(at, ...part);
        break;
      case "code":
        write(at, "```", ...piece.text.split("\n").map(guarded), "```");
        break;
      case "open":
        write(at, "<details>", `<summary>${oneLine(piece.text)}</summary>`);
        break;
      case "close":
        write(at, "</details>");
        break;
    }
  }
  return { lines, places };
}

const oneLine = (text: string): string => escaped(text.replaceAll("\n", " ").trim());

/** Signs that open something wherever they stand. */
const escaped = (text: string): string => text.replaceAll(/[&<]/g, (sign) => sign + guard);

/** Signs that open something at the start of a line. Bullets and numbers do so in documents too. */
const guarded = (line: string): string =>
  /^\s{0,20}(?:#|>|\||`{3}|~{3}|=+\s{0,9}$|-+\s{0,9}$|\*{2,3}\s{0,9}$|_{2,3})/.test(line)
    ? guard + line.trimStart()
    : line;

/** The lines of a paragraph; blank ones would end it. */
function marked(text: string, isStrong: boolean): string[] {
  const lines = escaped(text)
    .split("\n")
    .map((line) => guarded(line.trim()))
    .filter((line) => line !== "");
  const [first = ""] = lines;
  const isQuestion = isStrong && lines.length === 1 && first.endsWith("?");
  return isQuestion ? [`**${first}**`] : lines.length === 0 ? [""] : lines;
}

/** So many rows of a table are parsed at once. */
const rowsAtOnce = 50;

/** A table; a long one in parts under the same header. A table of pairs without names gets them. */
function tableParts(rows: readonly (readonly Cell[])[], isAlone: boolean): string[][] {
  const filled = rows.filter((row) => row.some((cell) => (cell ?? "").trim() !== ""));
  const width = filled.reduce((most, row) => Math.max(most, row.length), 0);
  if (width === 0) return [];
  const isBare = isAlone && width === 2 && headerOf(filled, undefined).kind === "none";
  const [header = [], ...below] = isBare ? [["question", "answer"], ...filled] : filled;
  const line = (row: readonly Cell[]): string =>
    `| ${Array.from({ length: width }, (_, at) => cellText(row[at] ?? "")).join(" | ")} |`;
  const top = [line(header), `|${" --- |".repeat(width)}`];
  const parts: string[][] = [];
  for (let start = 0; start < Math.max(below.length, 1); start += rowsAtOnce)
    parts.push([
      ...(start > 0 ? [""] : []),
      ...top,
      ...below.slice(start, start + rowsAtOnce).map(line),
    ]);
  return parts;
}

const cellText = (text: string): string =>
  escaped(text.trim()).replaceAll("|", `${guard}\\|`).replaceAll(/\n+/g, "<br>");

const withoutGuards = (found: Found): Found => {
  if (!("wordings" in found)) return found;
  const { wordings, answer, ...others } = found;
  return { ...others, wordings: wordings.map(bare), answer: answer === null ? null : bare(answer) };
};
const bare = (text: string): string => text.replaceAll(guard, "");
