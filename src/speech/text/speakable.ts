import type { Language } from "../../core/language.ts";
import { spokenNotation } from "./spoken-notation.ts";

/**
 * A clause as it is said: without the marks of Markdown, addresses and emoji, with signs read as
 * words. Text without any of these stays as it is, blanks included.
 */
export function speakable(clause: string, language: Language): string {
  const words = spokenNotation(withoutAddresses(withoutMarkup(clause), language), language);
  return /[\p{L}\p{N}]/u.test(words) ? words : "";
}

function withoutMarkup(text: string): string {
  return text
    .replaceAll(/!?\[([^\]]*)\]\([^)\s]*(?:\s+"[^"]*")?\)/g, "$1")
    .replaceAll(/`([^`\n]+)`/g, "$1")
    .replaceAll(/(\*\*|__|~~|\|\|)(?=\S)([\s\S]*?\S)\1/g, "$2")
    .replaceAll(/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*\S)\*(?![\p{L}\p{N}*])/gu, "$1")
    .replaceAll(/(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*\S)_(?![\p{L}\p{N}_])/gu, "$1")
    .replaceAll(/^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+(?:\[[ xX]\]\s+)?)/gm, "")
    .replaceAll(/^\s*\|?(?:\s*:?-{3,}:?\s*\|?)+\s*$/gm, "")
    .replaceAll(/<[@#&!a-z/][^>\n]*>/gi, "")
    .replaceAll(/\*\*|~~/g, "")
    .replaceAll(
      /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u{1F1E6}-\u{1F1FF}])\uFE0F?\u200D?/gu,
      "",
    );
}

/** Nobody wants an address spelt out: its site is enough. */
const withoutAddresses = (text: string, language: Language): string =>
  text
    .replaceAll(
      /\bhttps?:\/\/(?:www\.)?([^\s/?#)]+)[^\s)]*?(?=[.,!?;:]?(?:\s|\)|$))/g,
      (_address, host: string) => `${linkWord[language]} ${host}`,
    )
    .replaceAll(/\b([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)\b/g, `$1 ${atWord[language]} $2`);

const linkWord: Record<Language, string> = { en: "the link to", ru: "ссылка на" };
const atWord: Record<Language, string> = { en: "at", ru: "собака" };
