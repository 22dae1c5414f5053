import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import type { MessageEntity } from "grammy/types";
import { createRenderer } from "./render-markdown.ts";
import type { Rendered } from "./rendered.ts";

/** Longer texts, which fit no message, and lines with more marks of quotes and lists in a row, are shown as they are. */
const maxLength = 4_096;
const maxContainers = 12;

/** What people do not mean in a chat: indented code, underlined headings, HTML, link definitions. */
const chatMarkdown = {
  disable: { null: ["codeIndented", "setextUnderline", "htmlFlow", "htmlText", "definition"] },
};

/**
 * Markdown as a text with Telegram's entities, never with a parse mode: what is not understood, also
 * half of a mark while an answer is streamed, stays as it was written and cannot break the message.
 * The text is never longer than the Markdown. `pingsNobody`: handles of people are shown as code, which
 * Telegram never makes a mention of, and which copies as it was written.
 */
export function renderMarkdown(
  markdown: string,
  { pingsNobody = false }: { readonly pingsNobody?: boolean } = {},
): Rendered {
  if (markdown.length > maxLength || hasDeepContainers(markdown))
    return { text: markdown.trim(), entities: [] };
  const parts = quotesApart(markdown).map((part) => {
    const tree = fromMarkdown(part, {
      extensions: [gfm(), chatMarkdown],
      mdastExtensions: [gfmFromMarkdown()],
    });
    return createRenderer(part, pingsNobody).render(tree);
  });
  return trimmed(joined(parts));
}

/** The text in parts that end with their quotes: in a chat the line behind a quote is no part of it. */
function quotesApart(markdown: string): string[] {
  const parts: string[][] = [[]];
  let fence = "";
  let wasQuote = false;
  for (const line of markdown.split("\n")) {
    const start = line.trimStart();
    const marks = /^(?:`{3,64}|~{3,64})/.exec(start)?.[0];
    const isQuote = fence === "" && start.startsWith(">");
    if (wasQuote && !isQuote) parts.push([]);
    wasQuote = isQuote;
    parts.at(-1)!.push(line);
    if (marks && fence === "") fence = marks;
    else if (marks?.startsWith(fence)) fence = "";
  }
  return parts.map((lines) => lines.join("\n"));
}

function joined(parts: readonly Rendered[]): Rendered {
  let text = "";
  const entities: MessageEntity[] = [];
  for (const [index, part] of parts.entries()) {
    if (index > 0) text += "\n";
    const start = text.length;
    for (const entity of part.entities) entities.push({ ...entity, offset: entity.offset + start });
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
      const isBlank = kept.slice(from, to).trim() === "";
      return to > from && !isBlank ? [{ ...entity, offset: from, length: to - from }] : [];
    }),
  };
}

/** Whether a line opens so many quotes and lists in each other that reading it would take long. */
const hasDeepContainers = (markdown: string): boolean =>
  markdown.split("\n").some((line) => {
    let left = line;
    for (let marks = 0; marks <= maxContainers; marks += 1) {
      const mark = /^[ \t]{0,64}(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])/.exec(left)?.[0];
      if (mark === undefined) return false;
      left = left.slice(mark.length);
    }
    return true;
  });
