import type { Language } from "../../core/language.ts";

/** What is said in the place of a block of code. */
const instead: Record<Language, string> = {
  en: "The code is in the text. ",
  ru: "Код — в тексте. ",
};

/**
 * A text in pieces without its blocks of code, which nobody can listen to. A block opens with three or
 * more backticks, wherever they stand, or with three or more tildes at the start of a line, and closes
 * with the same sign, at least as often. One that is never closed is one to the end.
 */
export async function* withoutCode(
  pieces: AsyncIterable<string>,
  language: Language,
): AsyncGenerator<string> {
  let waiting = "";
  /** Whether what waits starts at the start of a line. */
  let isLineStart = true;
  let fence: string | undefined;
  for await (const piece of pieces) {
    waiting += piece;
    for (;;) {
      const found = fence === undefined ? opening(waiting, isLineStart) : closing(waiting, fence);
      // A run of signs at the very end may go on in the next piece.
      if (!found || found.end === waiting.length) break;
      if (fence !== undefined) yield instead[language];
      else if (found.start > 0) yield waiting.slice(0, found.start);
      fence = fence === undefined ? waiting.slice(found.start, found.end) : undefined;
      waiting = waiting.slice(found.end);
      isLineStart = false;
    }
    const kept = heldBack(waiting);
    const ready = waiting.slice(0, waiting.length - kept);
    if (ready === "") continue;
    if (fence === undefined) yield ready;
    isLineStart = ready.endsWith("\n");
    waiting = waiting.slice(ready.length);
  }
  if (fence !== undefined) return yield instead[language];
  const last = opening(waiting, isLineStart);
  if (!last) {
    if (waiting !== "") yield waiting;
    return;
  }
  if (last.start > 0) yield waiting.slice(0, last.start);
  yield instead[language];
}

type Run = { readonly start: number; readonly end: number };

/** The first run of signs that opens a block. */
function opening(text: string, isLineStart: boolean): Run | undefined {
  for (const run of runs(text)) {
    if (text[run.start] === "`") return run;
    const line = text.slice(text.lastIndexOf("\n", run.start) + 1, run.start);
    const isFirst = text.lastIndexOf("\n", run.start) >= 0 || isLineStart;
    if (isFirst && line.length <= 3 && line.trim() === "") return run;
  }
  return undefined;
}

const closing = (text: string, fence: string): Run | undefined =>
  runs(text).find(({ start, end }) => text[start] === fence[0] && end - start >= fence.length);

const runs = (text: string): Run[] =>
  Array.from(text.matchAll(/`{3,}|~{3,}/g), ({ index, 0: signs }) => ({
    start: index,
    end: index + signs.length,
  }));

/** How many characters at the end may be the start of a fence. */
function heldBack(text: string): number {
  const sign = text.at(-1);
  if (sign !== "`" && sign !== "~") return 0;
  let count = 1;
  while (text.at(-1 - count) === sign) count += 1;
  // With what stands before them on the line, so that a fence is known by its line.
  const indent = /\n? {0,3}$/.exec(text.slice(-count - 4, text.length - count))![0];
  return count + (sign === "~" ? indent.length : 0);
}
