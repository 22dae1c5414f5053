/** Room for closing a code block at the end of a part. */
const fenceReserve = 8;

/**
 * Cuts Markdown into parts of at most `limit` UTF-16 code units, at paragraphs if possible, else at
 * lines, else at words. A code block that is cut is closed in one part and opened again, with its
 * language, in the next; a link, a code or a style within a line is not cut unless it fills more than
 * half a part. No part is empty; surrogate pairs stay whole.
 */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = [];
  let left = text;
  let openFence: string | undefined;
  while (left !== "") {
    const head = openFence === undefined ? "" : `${openFence}\n`;
    if (head.length + left.length <= limit) {
      parts.push(head + left);
      break;
    }
    const room = Math.max(1, limit - head.length - fenceReserve);
    const at = beforeSpan(left, cutPosition(left, room, head.length === 0), openFence);
    const body = left.slice(0, at);
    openFence = fenceAfter(body, openFence);
    const closed =
      openFence === undefined ? body.trimEnd() : `${body.trimEnd()}\n${marksOf(openFence)}`;
    if (closed !== "") parts.push(head + closed);
    left = left.slice(at);
    left = openFence === undefined ? left.trimStart() : left.replace(/^\n/, "");
  }
  return parts.filter((part) => part.trim() !== "");
}

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

/** Marks within a line that mean nothing when they are torn apart. */
const spans =
  /(`+)[^`\n]+\1|!?\[[^\]\n]*\]\([^)\s]*\)|<https?:[^>\s]+>|(\*\*|__|~~|\|\||\*|_)(?=\S)[^\n]*?\S\2/g;

/** The cut, or the start of the span that it would tear, if that leaves at least half of the part. */
function beforeSpan(text: string, at: number, openFence: string | undefined): number {
  if (fenceAfter(text.slice(0, at), openFence) !== undefined) return at;
  const from = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  const line = text.slice(from, Math.min(end < 0 ? text.length : end, 2 * at));
  for (const match of line.matchAll(spans)) {
    const start = from + match.index;
    if (start < at && at < start + match[0].length) return start > at / 2 ? start : at;
  }
  return at;
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** The opening line of the code block that is still open at the end of `body`. */
function fenceAfter(body: string, before: string | undefined): string | undefined {
  let open = before;
  for (const line of body.split("\n")) {
    const fence = /^\s{0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (!fence) continue;
    if (open === undefined) open = fence[0].trim().slice(0, 40);
    else if (fence[1]!.startsWith(marksOf(open)) && fence[2]!.trim() === "") open = undefined;
  }
  return open;
}

const marksOf = (fence: string): string => /^[`~]+/.exec(fence)![0];
