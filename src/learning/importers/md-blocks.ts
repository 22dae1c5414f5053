import { setImmediate } from "node:timers/promises";
import type { RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import { closesFence, codeFence } from "../../core/code-fence.ts";
import { linesOf, type Line } from "./lines.ts";

/** A block of a Markdown text with its place in it. */
export type Block = {
  readonly node: RootContent;
  /** Counted from 1. */
  readonly line: number;
  /** The last line of the block. */
  readonly lastLine: number;
  readonly start: number;
  readonly end: number;
  /** Where the part that was parsed with it starts: the places inside `node` count from there. */
  readonly part: { readonly start: number; readonly line: number };
};

/** A line that cannot be parsed in bounded time, or the blocks. */
export type Blocks = { readonly blocks: readonly Block[] } | { readonly tooDense: number };

/** Only the structure is parsed: inline marks stay as written. */
const inline = [
  "attention",
  "autolink",
  "characterReference",
  "codeText",
  "definition",
  "hardBreakEscape",
  "htmlText",
  "labelEnd",
  "labelStartImage",
  "labelStartLink",
];

/** More levels of quotes and lists than anybody writes: they cost the square of their depth. */
const deepest = 50;
/** The parser takes more than linear time, so a text is parsed in parts of about this length. */
const partLength = 8_000;
/** The longest stretch without a place to part it. */
const longestPart = 100_000;

/**
 * The blocks of a Markdown text (CommonMark with tables). In a text with `#` headings a line of
 * dashes is a rule, unless it underlines a question.
 */
export async function blocksOf(text: string): Promise<Blocks> {
  const blocks: Block[] = [];
  for (const part of partsOf(text)) {
    // Parsing a part takes some milliseconds; whoever else waits comes in between.
    await setImmediate();
    if (part.text.length > longestPart || linesOf(part.text).some((line) => isTooDeep(line.text)))
      return { tooDense: part.line };
    for (const block of parsed(part)) blocks.push(block);
  }
  return { blocks };
}

type Part = { readonly text: string; readonly start: number; readonly line: number };

function parsed(part: Part): Block[] {
  const root = fromMarkdown(part.text, {
    extensions: [gfmTable(), { disable: { null: inline } }],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
  return root.children.map((node) => ({
    node,
    line: part.line - 1 + (node.position?.start.line ?? 1),
    lastLine: part.line - 1 + (node.position?.end.line ?? 1),
    start: part.start + (node.position?.start.offset ?? 0),
    end: part.start + (node.position?.end.offset ?? 0),
    part,
  }));
}

/** A text cut before headings and after blank lines, with its rules made plain. */
function* partsOf(text: string): Generator<Part> {
  const lines = [...outsideCode(linesOf(text))];
  const hasHeadings = lines.some(({ line, isCode }) => !isCode && isHeading(line.text));
  let before = "";
  let [start, startLine, from] = [0, 1, 0];
  let plain = "";
  for (const { line, isCode } of lines) {
    const at = line.start;
    const isCut = isHeading(line.text) || (before.trim() === "" && opensBlock(line.text));
    if (!isCode && isCut && at - start > partLength) {
      yield { text: plain + text.slice(from, at), start, line: startLine };
      [start, startLine, from, plain] = [at, line.number, at, ""];
    }
    if (!isCode && hasHeadings && isRuleBelow(line.text, before)) {
      const length = line.text.trim().length;
      const first = at + line.text.indexOf("-");
      // Of the same length, so that every place stays what it is.
      plain += text.slice(from, first) + (length < 3 ? "x" : "*").repeat(length);
      from = first + length;
    }
    before = line.text;
  }
  yield { text: plain + text.slice(from), start, line: startLine };
}

const isHeading = (text: string): boolean => /^ {0,3}#{1,6}(?:[ \t]|$)/.test(text);
const opensBlock = (text: string): boolean => /^[^\s\d*+-]/.test(text);

/** A line of dashes below text that asks nothing. */
function isRuleBelow(text: string, before: string): boolean {
  const dashes = text.trim();
  if (!/^-+$/.test(dashes) || /^ {4}|^\t/.test(text) || before.trim() === "") return false;
  return !(before.trimEnd().endsWith("?") && dashes.length > 4);
}

/** Lines with their places, and whether each is inside (or opens) a code fence (CommonMark 4.5). */
function* outsideCode(
  lines: Iterable<Line>,
): Generator<{ readonly line: Line; readonly isCode: boolean }> {
  let fence: string | undefined;
  for (const line of lines) {
    const isCode = fence !== undefined;
    if (fence === undefined) fence = codeFence(line.text)?.marks;
    else if (closesFence(line.text, fence)) fence = undefined;
    yield { line, isCode };
  }
}

/** Whether a line opens more lists and quotes inside each other than anybody writes. */
function isTooDeep(line: string): boolean {
  const opening = /[ \t]{0,8}(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y;
  let depth = 0;
  while (opening.test(line)) depth += 1;
  return depth > deepest;
}
