/** One line of a text without its end. */
export type Line = {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  /** Where it starts in its text. */
  readonly start: number;
};

/** The lines of a text, ended by CRLF, CR or LF. */
export function* linesOf(text: string): Generator<Line> {
  const ends = /\r\n|\r|\n/g;
  let start = 0;
  let number = 1;
  for (let end = ends.exec(text); end; end = ends.exec(text)) {
    yield { number, text: text.slice(start, end.index), start };
    start = ends.lastIndex;
    number += 1;
  }
  yield { number, text: text.slice(start), start };
}

/** How many line ends a text holds. */
export const countLineEnds = (text: string): number =>
  text.includes("\n") || text.includes("\r") ? (text.match(/\r\n|\r|\n/g)?.length ?? 0) : 0;

/** Lines as one text, without the blank ones at both ends. */
export function paragraphOf(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line.trim() !== "");
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return first === -1 ? "" : lines.slice(first, last + 1).join("\n");
}
