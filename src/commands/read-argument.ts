import { codeFence } from "../core/code-fence.ts";
import { ApprenticeError } from "../core/errors.ts";

/** One argument and the text after it, without the white space between. */
export type Argument = { readonly value: string; readonly left: string };

const closing: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "«": "»",
  "“": "”",
  "„": "“",
};

/** The next word: everything up to white space. */
export function readWord(text: string): Argument {
  const value = /^\S*/.exec(text)![0];
  return { value, left: text.slice(value.length).trimStart() };
}

/**
 * A text in quotation marks, when `text` starts with one. A backslash keeps a quotation mark. A mark
 * that is closed inside a word ("it's") does not count. Throws `command-quote-open` for an opening
 * double quotation mark without an end.
 */
export function readQuoted(text: string): Argument | undefined {
  const open = text[0] ?? "";
  const close = closing[open];
  if (!close) return undefined;
  let value = "";
  for (let at = 1; at < text.length; at++) {
    const character = text[at]!;
    if (character === "\\" && (text[at + 1] === close || text[at + 1] === "\\")) {
      value += text[++at];
    } else if (character === close && /^(\s|$)/.test(text.slice(at + 1, at + 2))) {
      return { value, left: text.slice(at + 1).trimStart() };
    } else value += character;
  }
  if (open === "'") return undefined;
  throw new ApprenticeError("command-quote-open", { near: text.slice(0, 40) });
}

/**
 * A fenced code block (its inside), inline code, or a JSON object or list (as it stands), when
 * `text` starts with one.
 */
export function readBlock(text: string): Argument | undefined {
  const fenced = readFenced(text);
  if (fenced) return fenced;
  const tight = /^```([^\n]*?)```(?=\s|$)/.exec(text) ?? /^`([^`\n]+)`(?=\s|$)/.exec(text);
  if (tight) return { value: tight[1]!, left: text.slice(tight[0].length).trimStart() };
  return readJson(text);
}

/** The inside of a code block whose closing marks are followed by white space or the end. */
function readFenced(text: string): Argument | undefined {
  const lineEnd = text.indexOf("\n");
  const fence = lineEnd < 0 || text[0] === " " ? undefined : codeFence(text.slice(0, lineEnd));
  if (!fence) return undefined;
  const { marks } = fence;
  for (let at = text.indexOf(marks, lineEnd + 1); at >= 0; at = text.indexOf(marks, at + 1)) {
    const after = text[at + marks.length];
    if (after !== undefined && !/\s/.test(after)) continue;
    const inner = text.slice(lineEnd + 1, at);
    const value = inner.endsWith("\n") ? inner.slice(0, -1) : inner;
    return { value, left: text.slice(at + marks.length).trimStart() };
  }
  return undefined;
}

/** A balanced `{...}` or `[...]`; brackets inside strings do not count. */
function readJson(text: string): Argument | undefined {
  if (text[0] !== "{" && text[0] !== "[") return undefined;
  let depth = 0;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quote) {
      if (character === "\\") at++;
      else if (character === quote) quote = undefined;
    } else if (character === '"') quote = character;
    else if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") {
      depth--;
      if (depth === 0)
        return { value: text.slice(0, at + 1), left: text.slice(at + 1).trimStart() };
    }
  }
  // An unbalanced one goes on to the end: the reader of JSON says what is missing, and where.
  return { value: text, left: "" };
}
