import type { Piece } from "./pieces.ts";

/** A line of a page. Places grow to the right and upwards. */
export type PdfLine = {
  readonly page: number;
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  /** In the margin at the top or the bottom of its page. */
  readonly isMargin: boolean;
  readonly isStrong: boolean;
};

/** How much larger than the text a heading is at least. */
const larger = 1.15;

/** Lines put together as the paragraphs, headings and lists that they look like. */
export function paragraphsOf(lines: readonly PdfLine[], pages: number): readonly Piece[] {
  const told = withoutMargins(lines, pages).filter(({ text }) => !isContents(text));
  const body = usualSize(told);
  const sizes = [...new Set(told.map(({ size }) => half(size)))]
    .filter((size) => size > body * larger)
    .toSorted((a, b) => b - a);
  const widest = told.reduce((most, { right }) => Math.max(most, right), 0);
  const pieces: Piece[] = [];
  let open: PdfLine[] = [];
  const close = (): void => {
    const [first] = open;
    if (first === undefined) return;
    const text = joined(open);
    const at = first.page;
    const rank = sizes.indexOf(half(first.size));
    const isStrong = open.every((line) => line.isStrong);
    const bullet = bulletOf(text);
    if (rank !== -1) pieces.push({ kind: "heading", at, level: Math.min(rank + 1, 6), text });
    else if (bullet !== undefined) {
      const words = text.slice(bullet.length).trim();
      const mark = /\d/.test(bullet) ? `${Number.parseInt(bullet, 10)}.` : "-";
      pieces.push({ kind: "item", at, text: words, isStrong, mark, depth: 0 });
    } else pieces.push({ kind: "paragraph", at, text, isStrong });
    open = [];
  };
  for (const line of told) {
    const before = open.at(-1);
    if (before !== undefined && !goesOn(before, line, widest)) close();
    open.push(line);
  }
  close();
  return pieces;
}

const half = (size: number): number => Math.round(size * 2) / 2;

/** Whether a line belongs to the paragraph of the line before it. */
function goesOn(before: PdfLine, line: PdfLine, widest: number): boolean {
  if (half(before.size) !== half(line.size) || before.isStrong !== line.isStrong) return false;
  if (bulletOf(line.text) !== undefined || opensMark(line.text)) return false;
  const ends = /[.?!:…]$/.test(before.text.trimEnd());
  const isShort = before.right < widest * 0.8;
  if (before.page !== line.page) return !ends;
  const gap = before.y - line.y;
  return gap > 0 && gap < 1.7 * line.size && !(ends && isShort);
}

/** `Q:`, `A:` and their like begin a paragraph wherever they stand. */
const opensMark = (text: string): boolean =>
  /^\s{0,9}(?:Q|A|Question|Answer|В|О|Вопрос|Ответ) ?\d{0,4} ?[:.]/i.test(text);

const bulletOf = (text: string): string | undefined =>
  /^\s{0,9}(?:[•◦▪‣●○–—-]|\d{1,3}[.)])(?= )/.exec(text)?.[0];

/** Lines of one paragraph as one; a word parted at a line's end keeps its hyphen. */
function joined(lines: readonly PdfLine[]): string {
  let text = "";
  for (const line of lines) {
    const words = line.text.trim();
    const isParted = /\p{L}-$/u.test(text) && /^\p{Ll}/u.test(words);
    text += text === "" || isParted ? words : ` ${words}`;
  }
  return text.replaceAll("\u00ad ", "").replaceAll(/ {2,1000}/g, " ");
}

/** A line of a table of contents: dots that lead to the number of a page. */
const isContents = (text: string): boolean => /(?:\. ?){4}\s?\d{1,4}\s?$/.test(text);

/** The size that most letters have. */
function usualSize(lines: readonly PdfLine[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of lines)
    letters.set(half(size), (letters.get(half(size)) ?? 0) + text.length);
  return [...letters].reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0])[0];
}

/** Without what stands in the margin of most pages, such as the club's name and page numbers. */
function withoutMargins(lines: readonly PdfLine[], pages: number): readonly PdfLine[] {
  if (pages < 3) return lines;
  const seen = new Map<string, Set<number>>();
  const keyOf = ({ y, text }: PdfLine): string =>
    `${Math.round(y)} ${text.trim().replaceAll(/\d{1,9}/g, "0")}`;
  for (const line of lines.filter(({ isMargin }) => isMargin)) {
    const key = keyOf(line);
    seen.set(key, (seen.get(key) ?? new Set()).add(line.page));
  }
  return lines.filter((line) => (seen.get(keyOf(line))?.size ?? 0) <= pages / 2);
}
