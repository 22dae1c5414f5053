import { isUtf8 } from "node:buffer";
import { guessEncoding, type GuessedEncoding } from "./guess-encoding.ts";
import { problem, type ImportProblem } from "./importer.ts";

/** A text, with what it was taken to be written in when the file does not say so and is not UTF-8. */
export type Decoded = { readonly text: string; readonly encoding?: GuessedEncoding };

/** The text of a file, as `decodeWhole` finds it, for those who need not know the encoding. */
export function decodeText(bytes: Uint8Array): string | ImportProblem {
  const decoded = decodeWhole(bytes);
  return "text" in decoded ? decoded.text : decoded;
}

/**
 * The text of a file: UTF-8, UTF-16, or a Russian one-byte encoding that is plain to see. Anything else,
 * and text with NUL characters, is a problem that names the first bad byte, counted from 0.
 */
export function decodeWhole(bytes: Uint8Array): Decoded | ImportProblem {
  const guessed = guessEncoding(bytes);
  if (guessed !== undefined)
    return { text: new TextDecoder(guessed).decode(bytes), encoding: guessed };
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  if (encoding === "utf-8" ? !isUtf8(bytes) : !isUtf16(text, bytes)) {
    const position = encoding === "utf-8" ? badUtf8(text, bytes) : badUtf16(text, bytes);
    return problem(lineOf(bytes, position), "import.not-text", { position, encoding });
  }
  const nul = text.indexOf("\0");
  if (nul === -1) return { text };
  const position = encoding === "utf-8" ? bytes.indexOf(0) : 2 + 2 * nul;
  return problem(lineOf(bytes, position), "import.binary", { position });
}

function encodingOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return "utf-8";
}

/** Whether nothing was replaced: each unit of the text stands for two bytes after the mark. */
const isUtf16 = (text: string, bytes: Uint8Array): boolean =>
  text.length * 2 + 2 === bytes.length && badUtf16(text, bytes) === bytes.length;

/** Decoding replaces what is bad, so encoding again differs first where the bad bytes are. */
function badUtf8(text: string, bytes: Uint8Array): number {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const again = new TextEncoder().encode(text);
  let position = mark;
  while (position < bytes.length && bytes[position] === again[position - mark]) position += 1;
  return position;
}

/** The position of the first replaced unit; the length when there is none. */
function badUtf16(text: string, bytes: Uint8Array): number {
  for (let unit = text.indexOf("\ufffd"); unit !== -1; unit = text.indexOf("\ufffd", unit + 1)) {
    const pair = [bytes[2 + 2 * unit], bytes[3 + 2 * unit]];
    if (!pair.includes(0xff) || !pair.includes(0xfd)) return 2 + 2 * unit;
  }
  return Math.min(bytes.length, 2 + 2 * text.length);
}

function lineOf(bytes: Uint8Array, position: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at !== -1 && at < position; at = bytes.indexOf(10, at + 1)) {
    line += 1;
  }
  return line;
}
