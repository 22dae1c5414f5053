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
    let done = 0;
    for (const run of runs(waiting)) {
      // A run of signs at the very end may go on in the next piece.
      if (run.end === waiting.length) break;
      const isFence =
        fence === undefined ? opens(waiting, run, isLineStart) : closes(waiting, run, fence);
      if (!isFence) continue;
      if (fence !== undefined) yield instead[language];
      else if (run.start > done) yield waiting.slice(done, run.start);
      fence = fence === undefined ? waiting.slice(run.start, run.end) : undefined;
      done = run.end;
    }
    if (done > 0) isLineStart = false;
    waiting = waiting.slice(done);
    const ready = waiting.slice(0, waiting.length - heldBack(waiting));
    if (ready === "") continue;
    if (fence === undefined) yield ready;
    isLineStart = ready.endsWith("\n");
    waiting = waiting.slice(ready.length);
  }
  if (fence !== undefined) return yield instead[language];
  const last = runs(waiting).find((run) => opens(waiting, run, isLineStart));
  const said = last ? waiting.slice(0, last.start) : waiting;
  if (said !== "") yield said;
  if (last) yield instead[language];
}

type Run = { readonly start: number; readonly end: number };

/** Backticks open a block wherever they stand, tildes at the start of a line. */
function opens(text: string, { start }: Run, isLineStart: boolean): boolean {
  if (text[start] === "`") return true;
  let at = start;
  while (at > 0 && start - at < 3 && text[at - 1] === " ") at -= 1;
  return at === 0 ? isLineStart : text[at - 1] === "\n";
}

const closes = (text: string, { start, end }: Run, fence: string): boolean =>
  text[start] === fence[0] && end - start >= fence.length;

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
