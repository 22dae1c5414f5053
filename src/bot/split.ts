import { fenceAfter, fenceClose, fenceOpen, type OpenFence } from "./open-fence.ts";
import { spansOf } from "./markdown-spans.ts";

/**
 * Cuts Markdown into parts of at most `limit` UTF-16 code units, at paragraphs if possible, else at
 * lines, else at words. A code block that is cut is closed in one part and opened again, with its
 * language, in the next; a link, a code or a style within a line is not cut unless it fills more than
 * half a part. No part is empty; surrogate pairs stay whole.
 */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = [];
  let left = text;
  let open: OpenFence | undefined;
  while (left !== "") {
    const head = open === undefined ? "" : `${fenceOpen(open)}\n`;
    if (head.length + left.length <= limit) {
      parts.push(head + left);
      break;
    }
    const room = Math.max(1, limit - head.length - fenceReserve);
    const at = beforeSpan(left, cutPosition(left, room, head.length === 0), open);
    const body = left.slice(0, at);
    open = fenceAfter(body, open);
    const closed = open === undefined ? body.trimEnd() : `${body.trimEnd()}\n${fenceClose(open)}`;
    if (closed !== "") parts.push(head + closed);
    left = left.slice(at);
    left = open === undefined ? left.trimStart() : left.replace(/^\n/, "");
  }
  return parts.filter((part) => part.trim() !== "");
}

/** Room for closing a code block at the end of a part. */
const fenceReserve = 16;

/** Where to cut so that at most `room` code units stay before it; always at least one character. */
function cutPosition(text: string, room: number, atParagraphs: boolean): number {
  const window = text.slice(0, room + 1);
  const breaks = atParagraphs ? ["\n\n", "\n", " "] : ["\n", " "];
  for (const mark of breaks) {
    const at = window.lastIndexOf(mark);
    if (at > room / 2) return at;
  }
  const splitsPair = isHighSurrogate(text.charCodeAt(room - 1));
  return splitsPair && room > 1 ? room - 1 : splitsPair ? 2 : room;
}

/** The cut, or the start of the span that it would tear, if that leaves at least half of the part. */
function beforeSpan(text: string, at: number, open: OpenFence | undefined): number {
  if (fenceAfter(text.slice(0, at), open) !== undefined) return at;
  const from = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  const line = text.slice(from, Math.min(end < 0 ? text.length : end, 2 * at));
  for (const span of spansOf(line)) {
    const start = from + span.start;
    if (start < at && at < from + span.end) return start > at / 2 ? start : at;
  }
  return at;
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
