import type { MessageEntity } from "grammy/types";

type Rendered = { readonly text: string; readonly entities: readonly MessageEntity[] };
type Style = "bold" | "italic" | "strikethrough" | "spoiler";

/** Marks around a text, longest first. Underscores count only at the edges of words. */
const styles: readonly (readonly [mark: string, style: Style])[] = [
  ["**", "bold"],
  ["__", "bold"],
  ["~~", "strikethrough"],
  ["||", "spoiler"],
  ["*", "italic"],
  ["_", "italic"],
];

/** How deep marks may lie in marks; deeper ones stay as they are written. */
const deepest = 8;

/** One line of Markdown: styles, code, links and escapes. */
export function renderInline(source: string, depth = 0): Rendered {
  let text = "";
  const entities: MessageEntity[] = [];
  const take = (part: Rendered): void => {
    const start = text.length;
    entities.push(...part.entities.map((entity) => ({ ...entity, offset: entity.offset + start })));
    text += part.text;
  };
  let at = 0;
  while (at < source.length) {
    const found = depth < deepest ? readSpan(source, at, depth) : undefined;
    if (found) {
      take(found.part);
      at = found.next;
      continue;
    }
    const isEscape = source[at] === "\\" && /[\\`*_{}[\]()#+\-.!|~>]/.test(source[at + 1] ?? "");
    if (isEscape) at += 1;
    text += source[at];
    at += 1;
  }
  return { text, entities };
}

type Found = { readonly part: Rendered; readonly next: number };

function readSpan(source: string, at: number, depth: number): Found | undefined {
  const character = source[at];
  if (character === "`") return readCode(source, at);
  if (character === "[" || (character === "!" && source[at + 1] === "["))
    return readLink(source, at, depth);
  if (character === "<") return readAddress(source, at);
  for (const [mark, style] of styles) {
    if (!source.startsWith(mark, at)) continue;
    const found = readStyle(source, at, mark, style, depth);
    if (found) return found;
  }
  return undefined;
}

function readCode(source: string, at: number): Found | undefined {
  const marks = /^`+/.exec(source.slice(at))![0];
  const closing = new RegExp(`(?<!\`)${marks}(?!\`)`, "g");
  closing.lastIndex = at + marks.length;
  const end = closing.exec(source);
  if (!end) return { part: { text: marks, entities: [] }, next: at + marks.length };
  const inner = source.slice(at + marks.length, end.index);
  const code = /^ .*[^ ].* $/.test(inner) ? inner.slice(1, -1) : inner;
  return {
    part: styled({ text: code, entities: [] }, { type: "code" }),
    next: end.index + marks.length,
  };
}

/** `[words](address)`; of a picture, its words. Only addresses that lead somewhere safe. */
function readLink(source: string, at: number, depth: number): Found | undefined {
  const match =
    /^!?\[((?:\\.|[^\]\\])*)\]\(\s*<?([^\s<>()]+(?:\([^\s()]*\)[^\s<>()]*)?)>?(?:\s+"[^"]*")?\s*\)/.exec(
      source.slice(at),
    );
  if (!match) return undefined;
  const [all, words = "", address = ""] = match;
  if (!/^(https?|tg|mailto|tel):/i.test(address) || !URL.canParse(address)) return undefined;
  const inner = renderInline(words, depth + 1);
  const shown = inner.text.trim() === "" ? { text: address, entities: [] } : inner;
  return { part: styled(shown, { type: "text_link", url: address }), next: at + all.length };
}

function readAddress(source: string, at: number): Found | undefined {
  const match = /^<((?:https?|mailto):[^\s<>]+)>/i.exec(source.slice(at));
  return match
    ? { part: { text: match[1]!, entities: [] }, next: at + match[0].length }
    : undefined;
}

function readStyle(
  source: string,
  at: number,
  mark: string,
  style: Style,
  depth: number,
): Found | undefined {
  const isWordMark = mark.startsWith("_");
  const start = at + mark.length;
  if (/^(\s|$)/.test(source.slice(start))) return undefined;
  if (isWordMark && isWordCharacter(source[at - 1])) return undefined;
  let end = source.indexOf(mark, start + 1);
  for (; end >= 0; end = source.indexOf(mark, end + 1)) {
    const before = source[end - 1]!;
    if (/[\s\\]/.test(before)) continue;
    if (isWordMark && isWordCharacter(source[end + mark.length])) continue;
    // Of three stars at the end, the last one or two are this mark's.
    while (source.startsWith(mark[0]!, end + mark.length) && mark.length === 2) end += 1;
    if (mark.length === 1 && source[end + 1] === mark) {
      end += 1;
      continue;
    }
    break;
  }
  if (end < 0) return undefined;
  const inner = renderInline(source.slice(start, end), depth + 1);
  return { part: styled(inner, { type: style }), next: end + mark.length };
}

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}_]/u.test(character);

type Span =
  | { readonly type: Style | "code" }
  | { readonly type: "text_link"; readonly url: string };

/** The part with one more entity. Code holds no other style, so the style goes around it. */
function styled({ text, entities }: Rendered, span: Span): Rendered {
  const pieces: MessageEntity[] = [];
  let from = 0;
  const add = (to: number): void => {
    if (to > from) pieces.push({ ...span, offset: from, length: to - from });
  };
  for (const { type, offset, length } of entities) {
    if (type !== "code") continue;
    add(offset);
    from = offset + length;
  }
  add(text.length);
  return { text, entities: [...pieces, ...entities] };
}
