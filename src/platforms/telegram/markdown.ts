import type { MessageEntity } from "grammy/types";
import { renderInline } from "./markdown-inline.ts";

/** A text as Telegram shows it. Offsets count UTF-16 code units. */
export type Rendered = { readonly text: string; readonly entities: readonly MessageEntity[] };

/**
 * Markdown as a text with Telegram's entities, never with a parse mode: what is not understood, also
 * half of a mark while an answer is streamed, stays as it was written and cannot break the message.
 * The text is never longer than the Markdown.
 */
export function renderMarkdown(markdown: string): Rendered {
  const lines = markdown.split("\n");
  const blocks: Rendered[] = [];
  let at = 0;
  while (at < lines.length) {
    const { block, next } = readBlock(lines, at);
    blocks.push(block);
    at = next;
  }
  return trimmed(joined(blocks));
}

type Read = { readonly block: Rendered; readonly next: number };

function readBlock(lines: readonly string[], at: number): Read {
  const line = lines[at]!;
  const fence = /^\s{0,3}(`{3,}|~{3,})\s*([\w+#.-]*)[^`]*$/.exec(line);
  if (fence) return readFence(lines, at, fence[1]!, fence[2]!);
  if (isTableAt(lines, at)) return readWhile(lines, at, /^\s*\|/, asPre);
  if (/^\s{0,3}>/.test(line)) return readWhile(lines, at, /^\s{0,3}>/, asQuote);
  return { block: renderLine(line), next: at + 1 };
}

function readFence(lines: readonly string[], at: number, marks: string, language: string): Read {
  const closing = new RegExp(`^\\s{0,3}${marks[0]}{${marks.length},}\\s*$`);
  const end = lines.findIndex((line, index) => index > at && closing.test(line));
  const inner = lines.slice(at + 1, end < 0 ? undefined : end).join("\n");
  const next = end < 0 ? lines.length : end + 1;
  return { block: whole(inner, { type: "pre", ...(language && { language }) }), next };
}

function readWhile(
  lines: readonly string[],
  at: number,
  pattern: RegExp,
  render: (lines: readonly string[]) => Rendered,
): Read {
  let next = at;
  while (next < lines.length && pattern.test(lines[next]!)) next += 1;
  return { block: render(lines.slice(at, next)), next };
}

/** A row, and below it the line of dashes that makes it a table. */
const isTableAt = (lines: readonly string[], at: number): boolean =>
  /^\s*\|/.test(lines[at]!) && /^\s*\|?[\s:|-]*-[\s:|-]*$/.test(lines[at + 1] ?? "");

const asPre = (rows: readonly string[]): Rendered => whole(rows.join("\n"), { type: "pre" });

function asQuote(lines: readonly string[]): Rendered {
  const inner = joined(lines.map((line) => renderLine(line.replace(/^\s{0,3}>\s?/, ""))));
  const quote = whole(inner.text, { type: "blockquote" });
  return { text: inner.text, entities: [...quote.entities, ...inner.entities] };
}

function renderLine(line: string): Rendered {
  if (/^\s{0,3}([-*_])(?:\s*\1){2,}\s*$/.test(line)) return { text: "———", entities: [] };
  const heading = /^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$/.exec(line);
  if (heading) return renderInline(`**${heading[1]}**`.replace(/^\*{4,}$/, ""));
  const item = /^(\s*)[-*+]\s+(.*)$/.exec(line);
  if (!item) return renderInline(line);
  return joined([{ text: `${item[1]}• `, entities: [] }, renderInline(item[2]!)], "");
}

type Span = { readonly type: "pre"; readonly language?: string } | { readonly type: "blockquote" };

const whole = (text: string, span: Span): Rendered => ({
  text,
  entities: text.trim() === "" ? [] : [{ ...span, offset: 0, length: text.length }],
});

function joined(parts: readonly Rendered[], between = "\n"): Rendered {
  let text = "";
  const entities: MessageEntity[] = [];
  for (const [index, part] of parts.entries()) {
    if (index > 0) text += between;
    const start = text.length;
    entities.push(...part.entities.map((entity) => ({ ...entity, offset: entity.offset + start })));
    text += part.text;
  }
  return { text, entities };
}

/** Telegram cuts white space at both ends of a message, so the entities must not lie there. */
function trimmed({ text, entities }: Rendered): Rendered {
  const start = text.length - text.trimStart().length;
  const kept = text.trim();
  return {
    text: kept,
    entities: entities.flatMap((entity) => {
      const from = Math.max(0, entity.offset - start);
      const to = Math.min(kept.length, entity.offset + entity.length - start);
      return to > from ? [{ ...entity, offset: from, length: to - from }] : [];
    }),
  };
}
