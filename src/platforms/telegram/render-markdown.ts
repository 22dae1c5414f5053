import type { MessageEntity } from "grammy/types";
import type { Link, ListItem, Nodes, Parents, PhrasingContent, Root } from "mdast";
import type { Rendered } from "./rendered.ts";

type Style = "bold" | "italic" | "strikethrough" | "spoiler" | "blockquote";
type Span =
  | { readonly type: Style | "code" }
  | { readonly type: "pre"; readonly language?: string }
  | { readonly type: "text_link"; readonly url: string };
type Placed = Span & { readonly from: number; readonly to: number };

/** Deeper marks stay as they are written. */
const maxDepth = 40;

/** A handle as Telegram would make a mention of it: 4 to 32 word characters. */
const handle = /@[A-Za-z0-9_]{4,32}(?![A-Za-z0-9_])/g;

/** Renders one Markdown tree; offsets of its nodes are those of `source`. */
export function createRenderer(source: string, pingsNobody: boolean) {
  let text = "";
  const spans: Placed[] = [];

  const raw = (node: Nodes): string => source.slice(startOf(node), endOf(node));
  const within = (span: Span, write: () => void): void => {
    const from = text.length;
    write();
    spans.push({ ...span, from, to: text.length });
  };

  function blocks({ children }: Parents, depth: number): void {
    let before: Nodes | undefined;
    for (const node of children) {
      if (before) text += "\n".repeat(Math.max(1, newlines(endOf(before), startOf(node))));
      block(node, depth);
      before = node;
    }
  }

  function block(node: Nodes, depth: number): void {
    if (depth > maxDepth) {
      text += raw(node);
      return;
    }
    switch (node.type) {
      case "paragraph":
        return phrasing(node.children, depth);
      case "heading":
        return within({ type: "bold" }, () => phrasing(node.children, depth));
      case "thematicBreak":
        text += "———";
        return;
      case "blockquote":
        return within({ type: "blockquote" }, () => blocks(node, depth + 1));
      case "code":
        return within({ type: "pre", ...(node.lang && { language: node.lang }) }, () => {
          text += node.value;
        });
      case "table":
        return within({ type: "pre" }, () => {
          text += raw(node);
        });
      case "list":
        return blocks(node, depth + 1);
      case "listItem":
        return item(node, depth);
      default:
        text += raw(node);
    }
  }

  function item(node: ListItem, depth: number): void {
    const before = source.slice(source.lastIndexOf("\n", startOf(node) - 1) + 1, startOf(node));
    const levels = before.trim() === "" ? Math.max(0, Math.floor((depth - 1) / 2)) : 0;
    const indent = "  ".repeat(levels).slice(0, before.length);
    const number = /^\d{1,9}[.)]/.exec(raw(node))?.[0];
    const box = node.checked === true ? "☑" : node.checked === false ? "☐" : undefined;
    text += `${indent}${box ?? number ?? "•"}${node.children.length > 0 ? " " : ""}`;
    blocks(node, depth + 1);
  }

  function phrasing(children: readonly PhrasingContent[], depth: number): void {
    const pieces = children.flatMap(splitSpoilers);
    let opened: number | undefined;
    for (const [index, piece] of pieces.entries()) {
      if (piece !== spoilerMark) inline(piece, depth);
      else if (opened !== undefined) {
        if (text.length > opened) spans.push({ type: "spoiler", from: opened, to: text.length });
        opened = undefined;
      } else if (pieces.indexOf(spoilerMark, index + 2) >= 0) opened = text.length;
      else text += spoilerMark;
    }
  }

  function inline(node: PhrasingContent | string, depth: number): void {
    if (typeof node === "string") {
      words(node);
      return;
    }
    if (depth > maxDepth) {
      text += raw(node);
      return;
    }
    switch (node.type) {
      case "text":
        return words(node.value);
      case "strong":
        return within({ type: "bold" }, () => phrasing(node.children, depth + 1));
      case "emphasis":
        return within({ type: "italic" }, () => phrasing(node.children, depth + 1));
      case "delete":
        return within({ type: "strikethrough" }, () => phrasing(node.children, depth + 1));
      case "inlineCode":
        return within({ type: "code" }, () => {
          text += node.value;
        });
      case "break":
        text += "\n";
        return;
      case "link":
        return link(node, depth);
      case "image":
        return address(node.alt?.trim() || node.url, node.url, raw(node));
      default:
        text += raw(node);
    }
  }

  function words(value: string): void {
    const from = text.length;
    text += value;
    if (!pingsNobody) return;
    for (const { index, 0: name } of value.matchAll(handle)) {
      if (/[\w/]/.test(value[index - 1] ?? "")) continue;
      spans.push({ type: "code", from: from + index, to: from + index + name.length });
    }
  }

  function link(node: Link, depth: number): void {
    // Addresses that were found in plain text have no place of their own.
    if (!node.position) return phrasing(node.children, depth);
    if (!raw(node).startsWith("[")) {
      text += raw(node).startsWith("<") ? raw(node).slice(1, -1) : raw(node);
      return;
    }
    if (canLink(node.url) && node.children.length > 0)
      return within({ type: "text_link", url: node.url }, () => phrasing(node.children, depth + 1));
    const from = text.length;
    const spansBefore = spans.length;
    phrasing(node.children, depth + 1);
    const label = text.slice(from);
    text = text.slice(0, from);
    if (/^(https?|tg|mailto|tel):/i.test(node.url) && label.trim() !== "") {
      text += label === node.url ? label : `${label} (${node.url})`;
      return;
    }
    spans.length = spansBefore;
    address(label, node.url, raw(node));
  }

  /** Words that lead somewhere, or what was written where that leads nowhere safe. */
  function address(label: string, url: string, written: string): void {
    if (!canLink(url)) {
      text += written;
      return;
    }
    within({ type: "text_link", url }, () => {
      text += label.trim() === "" ? url : label;
    });
  }

  const newlines = (from: number, to: number): number =>
    source.slice(from, to).split("\n").length - 1;

  return {
    render(tree: Root): Rendered {
      blocks(tree, 0);
      return { text, entities: entitiesOf(spans) };
    },
  };
}

const startOf = (node: Nodes): number => node.position!.start.offset!;
const endOf = (node: Nodes): number => node.position!.end.offset!;

const spoilerMark = "||";

/** A text node in pieces between the marks of spoilers, which Markdown does not know. */
function splitSpoilers(node: PhrasingContent): (PhrasingContent | string)[] {
  if (node.type !== "text" || !node.value.includes(spoilerMark)) return [node];
  return node.value
    .split(spoilerMark)
    .flatMap((piece, index) => (index === 0 ? [piece] : [spoilerMark, piece]));
}

/** Telegram refuses the whole message for a link whose host has no dot, or to most other schemes. */
function canLink(url: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null &&
    /^https?:$/.test(parsed.protocol) &&
    /\.(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/i.test(parsed.hostname)
  );
}

/** Code and `pre` stand alone: other styles go around them. Equal styles in each other are one. */
function entitiesOf(spans: readonly Placed[]): MessageEntity[] {
  const alone = spans
    .filter(({ type }) => type === "code" || type === "pre")
    .toSorted((left, right) => left.from - right.from);
  const entities: MessageEntity[] = [];
  const add = ({ from, to, ...span }: Placed): void => {
    if (to > from) entities.push({ ...span, offset: from, length: to - from });
  };
  for (const span of spans.toSorted(
    (left, right) => left.from - right.from || right.to - left.to,
  )) {
    const isStyle = span.type !== "code" && span.type !== "pre";
    if (!isStyle || span.type === "blockquote") {
      add(span);
      continue;
    }
    const isCovered = spans.some(
      (other) =>
        other !== span &&
        other.type === span.type &&
        other.from <= span.from &&
        other.to >= span.to &&
        (other.from < span.from ||
          other.to > span.to ||
          spans.indexOf(other) < spans.indexOf(span)),
    );
    if (isCovered) continue;
    let from = span.from;
    for (const hole of alone) {
      if (hole.to <= from || hole.from >= span.to) continue;
      add({ ...span, from, to: Math.min(hole.from, span.to) });
      from = Math.max(from, hole.to);
    }
    add({ ...span, from, to: span.to });
  }
  return entities;
}
