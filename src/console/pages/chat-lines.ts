const listItem = /^\s*(?:[-*+]|\d{1,9}[.)])\s/;
const fence = /^\s*(?:```|~~~)/;

/**
 * Markdown as chats read it: a line below a list that is not indented ends the list, where Markdown
 * would take it for more of the last item.
 */
export function chatLines(text: string): string {
  const lines: string[] = [];
  let isCode = false;
  let isList = false;
  for (const line of text.split("\n")) {
    const isFence = fence.test(line);
    const isItem = !isCode && listItem.test(line);
    const isPlain = !isCode && !isItem && /^\S/.test(line);
    if (isList && isPlain) lines.push("");
    if (isPlain || line.trim() === "") isList = false;
    if (isItem) isList = true;
    if (isFence) isCode = !isCode;
    lines.push(line);
  }
  return lines.join("\n");
}
