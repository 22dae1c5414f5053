import { readBlock, readQuoted } from "./read-argument.ts";

/** A question and an answer as somebody typed them in one line; a question alone has no answer. */
export type TypedLesson = { readonly question: string; readonly answer?: string };

/** What stands between a question and its answer, the clearest first. */
const separators = ["=>", "→", " | "];

/**
 * Reads the natural ways to write a question with its answer: `q => a`, `q | a`, both also in quotes, and
 * a question mark followed by the answer. `"unclear"`: there are words, and nothing tells which of them
 * are the question. `undefined`: options by name, JSON, quoted texts or nothing at all, which are read as
 * in every command.
 */
export function readLesson(text: string): TypedLesson | "unclear" | undefined {
  if (text === "" || text.startsWith("-") || /^[\p{L}_]{1,32}=/u.test(text)) return undefined;
  const quoted = readQuoted(text) ?? readBlock(text);
  if (quoted) {
    const separator = separators
      .map((each) => each.trim())
      .find((each) => quoted.left.startsWith(each));
    if (separator === undefined) return isNothing(quoted.left) ? "unclear" : undefined;
    return lesson(quoted.value, quoted.left.slice(separator.length));
  }
  for (const separator of separators) {
    const at = text.indexOf(separator);
    if (at >= 0) return lesson(text.slice(0, at), text.slice(at + separator.length));
  }
  const mark = /[?？](?=\s)/.exec(text);
  const answer = mark ? text.slice(mark.index + 1).trim() : "";
  if (mark && answer !== "" && !/[?？](\s|$)/.test(answer))
    return lesson(text.slice(0, mark.index + 1), answer);
  return /[?？]$/.test(text.trim()) && !mark ? { question: text.trim() } : "unclear";
}

/** The word for nothing in programs is no answer, and hardly meant as a word. */
const isNothing = (text: string): boolean => /^(?:null|none|undefined|nil)$/i.test(text.trim());

function lesson(question: string, answer: string): TypedLesson | "unclear" {
  const [asked, said] = [unquoted(question), unquoted(answer)];
  return asked === "" || said === "" || isNothing(answer)
    ? "unclear"
    : { question: asked, answer: said };
}

/** The inside of a text that is quoted as a whole. */
function unquoted(text: string): string {
  const trimmed = text.trim();
  const quoted = /^["'«“„]/.test(trimmed) ? closedQuote(trimmed) : undefined;
  return quoted ?? trimmed;
}

function closedQuote(text: string): string | undefined {
  try {
    const quoted = readQuoted(text);
    return quoted?.left === "" ? quoted.value : undefined;
  } catch {
    return undefined;
  }
}
