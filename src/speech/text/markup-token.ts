import type { Language } from "../../core/language.ts";

/**
 * One piece of a text: `plain` words whose numbers are still to be read, or what is `said` in the place
 * of something nobody reads aloud. `length` is what it took of the text.
 */
export type Token = {
  readonly kind: "plain" | "said";
  readonly text: string;
  readonly length: number;
};

/** Longer links, codes and addresses than this are read as plain text. */
const maxMark = 2_000;

/** The piece of a text that starts at a place. Each looks at a bounded part of the text. */
export function nextToken(text: string, at: number, language: Language): Token {
  const character = text[at]!;
  const isLineStart = at === 0 || text[at - 1] === "\n";
  if (isLineStart) {
    const opening = lineOpening(text, at);
    if (opening) return opening;
  }
  switch (character) {
    case "[":
    case "!":
      return linkAt(text, at) ?? plain(character);
    case "`":
      return codeAt(text, at);
    case "<":
      return bracketAt(text, at, language) ?? plain(character);
    case "|":
      return isTableLine(text, at) ? said(cellPause(text, at), 1) : barAt(text, at);
    case "*":
    case "_":
    case "~":
      return styleAt(text, at);
    case "@":
      return emailSign(text, at, language) ?? plain(character);
    case "h":
      return addressAt(text, at, language) ?? plain(character);
  }
  const emoji = matchAt(emojiShape, text, at);
  if (emoji !== undefined) return said("", emoji.length);
  if (/[\u2500-\u259F]/.test(character)) return said("", 1);
  return plain(String.fromCodePoint(text.codePointAt(at)!));
}

const plain = (text: string): Token => ({ kind: "plain", text, length: text.length });
const said = (text: string, length: number): Token => ({ kind: "said", text, length });

function matchAt(shape: RegExp, text: string, at: number): string | undefined {
  shape.lastIndex = at;
  return shape.exec(text)?.[0];
}

const emojiShape =
  /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u{1F1E6}-\u{1F1FF}])\uFE0F?\u200D?/uy;
const openingShape = /[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)/y;
const ruleShape = /[ \t]{0,3}[|:+\-=*_\u2500-\u259F][|:+\-=*_ \t\u2500-\u259F]{2,300}(?:\n|$)/y;

/** The marks that open a line, and lines that hold nothing but marks. */
function lineOpening(text: string, at: number): Token | undefined {
  const rule = matchAt(ruleShape, text, at);
  if (rule !== undefined) return said("", rule.length);
  const opening = matchAt(openingShape, text, at);
  return opening === undefined ? undefined : said("", opening.length);
}

/** A link or a picture: its words, without where it leads. */
function linkAt(text: string, at: number): Token | undefined {
  const open = text[at] === "!" ? at + 1 : at;
  if (text[open] !== "[") return undefined;
  const middle = text.indexOf("](", open);
  if (middle < 0 || middle - open > maxMark) return undefined;
  const end = text.indexOf(")", middle);
  if (end < 0 || end - middle > maxMark) return undefined;
  const words = text.slice(open + 1, middle);
  const target = text.slice(middle + 2, end);
  if (words.includes("[") || words.includes("]") || /\n/.test(words + target)) return undefined;
  return { kind: "plain", text: words, length: end + 1 - at };
}

/** Words in backticks are read as they are. */
function codeAt(text: string, at: number): Token {
  const end = text.indexOf("`", at + 1);
  const inner = text.slice(at + 1, Math.max(at + 1, end));
  if (end <= at + 1 || inner.length > maxMark || inner.includes("\n")) return said("", 1);
  return said(inner, end + 1 - at);
}

const mentionShape = /<(?:@[!&]?|#|a?:\w{1,64}:)\d{1,20}>/y;
const timeShape = /<t:(-?\d{1,12})(?::[a-zA-Z])?>/y;
const tagShape = /<\/?[a-zA-Z][^<>\n]{0,300}>/y;
const linkShape = /<(https?:\/\/[^\s<>]{1,2000})>/y;

/** Mentions, custom emoji and tags are left out; addresses in brackets are named by their site. */
function bracketAt(text: string, at: number, language: Language): Token | undefined {
  const link = matchAt(linkShape, text, at);
  if (link !== undefined) return said(siteWords(link.slice(1, -1), language), link.length);
  const time = matchAt(timeShape, text, at);
  if (time !== undefined) {
    const seconds = Number(/-?\d+/.exec(time)![0]);
    const moment = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
    return said(moment.format(new Date(Math.min(seconds, 8e12) * 1_000)), time.length);
  }
  const left = matchAt(mentionShape, text, at) ?? matchAt(tagShape, text, at);
  return left === undefined ? undefined : said("", left.length);
}

/** A table's line starts with a bar, spaces apart. */
function isTableLine(text: string, at: number): boolean {
  const from = text.lastIndexOf("\n", at) + 1;
  return /^[ \t]{0,100}\|(?!\|)/.test(text.slice(from, from + 102));
}

/** Between two cells there is a pause; at the ends of a line there is nothing. */
function cellPause(text: string, at: number): string {
  const before = text.slice(text.lastIndexOf("\n", at) + 1, at).slice(-200);
  const after = text.slice(at + 1, at + 200);
  const isEdge = before.trim() === "" || after.trim() === "" || /^[ \t]*\n/.test(after);
  return isEdge ? "" : ",";
}

/** Two bars are the mark of a spoiler; a single one stays. */
const barAt = (text: string, at: number): Token =>
  text[at + 1] === "|" ? said("", 2) : plain(text[at]!);

/** Marks of style touch a word; between blanks, and inside words, the sign itself is meant. */
function styleAt(text: string, at: number): Token {
  const sign = text[at]!;
  let end = at + 1;
  while (text[end] === sign && end - at < maxMark) end += 1;
  const count = end - at;
  const [before = " ", after = " "] = [text[at - 1], text[end]];
  const touches = !/\s/.test(before) || !/\s/.test(after);
  const isInside = isWordPart(before) && isWordPart(after);
  const isMark =
    sign === "~"
      ? count >= 2
      : sign === "*"
        ? count >= 2 || (touches && !isInside)
        : !isInside && touches;
  return isMark ? said("", count) : plain(text.slice(at, end));
}

const isWordPart = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

const addressShape = /https?:\/\/[^\s<>"]{1,2000}/y;

/** Nobody wants an address spelt out: its site is enough. */
function addressAt(text: string, at: number, language: Language): Token | undefined {
  if (isWordPart(text[at - 1] ?? " ")) return undefined;
  const found = matchAt(addressShape, text, at);
  if (found === undefined) return undefined;
  const address = found.slice(0, addressEnd(found));
  return said(siteWords(address, language), address.length);
}

/** Where an address ends: marks of punctuation behind it belong to the sentence. */
function addressEnd(found: string): number {
  let end = found.length;
  while (end > 8 && /[.,!?;:)\]}'*_~|]/.test(found[end - 1]!)) end -= 1;
  return end;
}

const siteWords = (address: string, language: Language): string => {
  const host = /^https?:\/\/(?:www\.)?([^/?#:\s]+)/.exec(address)?.[1] ?? "";
  return `${linkWords[language]} ${host}`;
};

/** The sign between the two halves of a mail address. */
function emailSign(text: string, at: number, language: Language): Token | undefined {
  if (!/[\w+-]/.test(text[at - 1] ?? "")) return undefined;
  const host = /^[\w-]{1,63}\.[\w-]/.test(text.slice(at + 1, at + 70));
  return host ? said(` ${atWords[language]} `, 1) : undefined;
}

const linkWords: Record<Language, string> = { en: "the link to", ru: "ссылка на" };
const atWords: Record<Language, string> = { en: "at", ru: "собака" };
