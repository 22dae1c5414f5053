import type { List, ListItem } from "mdast";
import { withoutEntities } from "./entities.ts";
import { leaveOut, type Found } from "./importer.ts";
import type { Block } from "./md-blocks.ts";
import { readTable, taughtColumns } from "./md-tables.ts";

/** A question inside a section: its answer goes on until the next one. */
type Piece = {
  readonly line: number;
  readonly start: number;
  /** Where the piece is over, when it says so itself. */
  readonly end?: number;
  readonly question: string;
  readonly answerStart: number;
  readonly answerEnd?: number;
};

/**
 * The questions below one heading: rows of tables with named columns and, unless the heading asks
 * something itself, `<details>`, bold questions and numbered questions. `undefined` when there are
 * none and the text is one answer. Text around them is left out.
 */
export function readPieces(
  blocks: readonly Block[],
  text: string,
  { isQuestion, anyHeader }: { readonly isQuestion: boolean; readonly anyHeader: boolean },
): Found[] | undefined {
  const tables = blocks.flatMap(({ node, start, end, part }) => {
    if (node.type !== "table") return [];
    const place = { ...part, text: text.slice(part.start, end) };
    const columns = taughtColumns(node, place, anyHeader);
    return columns ? [{ node, columns, start, end, place }] : [];
  });
  const pieces = isQuestion ? [] : piecesOf(blocks, text);
  const first = pieces[0];
  const opens = first !== undefined && first.start === blocks[0]?.start;
  const taken = pieces.length > 1 || opens || first?.end !== undefined ? pieces : [];
  if (taken.length === 0 && tables.length === 0) return undefined;

  const found: Found[] = tables.flatMap(({ node, columns, place }) => [
    ...readTable(node, place, columns),
  ]);
  const stops = [...taken, ...tables].map(({ start }) => start).toSorted((a, b) => a - b);
  const covered: { start: number; end: number }[] = tables.map(({ start, end }) => ({
    start,
    end,
  }));
  for (const piece of taken) {
    const next = stops[placeAfter(stops, piece.start)] ?? blocks.at(-1)?.end ?? 0;
    const end = piece.end ?? next;
    const answer = answerIn(text, piece.answerStart, piece.answerEnd ?? end);
    found.push({ line: piece.line, wordings: [withoutEntities(piece.question)], answer });
    covered.push({ start: piece.start, end });
  }
  const parts = covered.toSorted((a, b) => a.start - b.start);
  const starts = parts.map(({ start }) => start);
  for (const { node, line, start, end } of blocks) {
    const before = parts[placeAfter(starts, start) - 1];
    const after = parts[placeAfter(starts, start)];
    const isCovered = (before?.end ?? 0) > start || (after?.start ?? end) < end;
    if (!isCovered && node.type !== "thematicBreak" && !isComment(text.slice(start, end)))
      found.push(leaveOut(line, "import.left-text"));
  }
  return found.toSorted((a, b) => a.line - b.line);
}

/** The index of the first of the sorted numbers above a given one. */
function placeAfter(sorted: readonly number[], number: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > number) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether a block is an HTML comment, which no reader of the page sees. */
export const isComment = (source: string): boolean =>
  source.startsWith("<!--") && source.trimEnd().endsWith("-->");

function piecesOf(blocks: readonly Block[], text: string): Piece[] {
  const pieces: Piece[] = [];
  let [after, close] = [0, -1];
  for (const block of blocks) {
    if (block.start < after) continue;
    const { node, line, start, end } = block;
    if (node.type === "html") {
      if (text.slice(start, start + 8).toLowerCase() !== "<details") continue;
      if (close < start) close = closeOfDetails(text, start);
      const details = detailsAt(text, start, close, line);
      if (details === undefined) continue;
      pieces.push(details);
      after = details.end ?? end;
    } else if (node.type === "paragraph") {
      const asked = strongQuestion(firstLine(text, start, end));
      if (asked !== undefined)
        pieces.push({ line, start, question: asked, answerStart: lineEnd(text, start, end) });
    } else if (node.type === "list")
      for (const piece of listPieces(node, text, block)) pieces.push(piece);
  }
  return pieces;
}

/** The questions of a numbered list in which every item starts with one. */
function listPieces(list: List, text: string, { part }: Block): Piece[] {
  if (!list.ordered) return [];
  const pieces = list.children.map((item) => itemPiece(item, text, part));
  return pieces.every((piece) => piece !== undefined) ? pieces : [];
}

function itemPiece(item: ListItem, text: string, part: Block["part"]): Piece | undefined {
  const paragraph = item.children[0];
  if (!item.position || !paragraph?.position) return undefined;
  const from = part.start + (item.position.start.offset ?? 0);
  const to = part.start + (item.position.end.offset ?? 0);
  const start = part.start + (paragraph.position.start.offset ?? 0);
  const line = firstLine(text, start, to);
  const question = strongQuestion(line) ?? (line.endsWith("?") ? line : undefined);
  if (question === undefined) return undefined;
  return {
    line: part.line - 1 + item.position.start.line,
    start: from,
    question,
    answerStart: lineEnd(text, start, to),
  };
}

/** The question of a line that is bold as a whole. */
function strongQuestion(line: string): string | undefined {
  const mark = line.startsWith("**") ? "**" : line.startsWith("__") ? "__" : undefined;
  if (mark === undefined || !line.endsWith(mark) || line.length < 6) return undefined;
  const question = line.slice(2, -2).trim();
  return question.endsWith("?") && !question.includes(mark) ? question : undefined;
}

/** Longer than any answer that can be taught. */
const longestDetails = 40_000;

function detailsAt(text: string, start: number, close: number, line: number): Piece | undefined {
  if (close - start > longestDetails) return undefined;
  const source = text.slice(start, close);
  const plain = source.toLowerCase();
  const [from, to] = [plain.indexOf("<summary>"), plain.indexOf("</summary>")];
  if (from === -1 || to < from || plain.length !== source.length) return undefined;
  return {
    line,
    start,
    end: close + "</details>".length,
    question: withoutTags(source.slice(from + "<summary>".length, to)),
    answerStart: start + to + "</summary>".length,
    answerEnd: close,
  };
}

/** The place of `</details>` at or after `from`, or the length of the text. */
function closeOfDetails(text: string, from: number): number {
  const places = ["</details>", "</DETAILS>"].map((tag) => text.indexOf(tag, from));
  return Math.min(...places.map((place) => (place === -1 ? text.length : place)));
}

/** The words of a heading or a summary without the tags around them. */
const withoutTags = (text: string): string =>
  text
    .replaceAll(/<\/?[a-zA-Z][^<>]{0,200}>/g, "")
    .replaceAll("**", "")
    .trim();

function answerIn(text: string, start: number, end: number): string {
  const lines = text.slice(start, end).split(/\r\n|\r|\n/);
  const indents = lines.slice(1).flatMap((line) => {
    const indent = line.length - line.trimStart().length;
    return line.trim() === "" ? [] : [indent];
  });
  const shared = indents.reduce((least, indent) => Math.min(least, indent), 80);
  const joined = lines
    .map((line, index) => (index === 0 ? line : line.slice(shared)))
    .join("\n")
    .trim();
  return withoutEntities(withoutRules(joined));
}

/** A text without the rules (`---`) that part it from what follows. */
export function withoutRules(text: string): string {
  const lines = text.split("\n");
  const isRule = (line: string | undefined): boolean =>
    line !== undefined &&
    (line.trim() === "" || /^ {0,3}(?:-{3,}|\*{3,}|_{3,})$/.test(line.trimEnd()));
  while (lines.length > 0 && isRule(lines.at(-1))) lines.pop();
  return lines.join("\n");
}

const lineEnd = (text: string, start: number, end: number): number => {
  const newline = text.indexOf("\n", start);
  return newline === -1 || newline > end ? end : newline;
};
const firstLine = (text: string, start: number, end: number): string =>
  text.slice(start, lineEnd(text, start, end)).trim();
