import type { Language } from "../../core/language.ts";
import { nextToken } from "./markup-token.ts";
import { spokenNotation } from "./spoken-notation.ts";
import { phoneAt, spokenPhone } from "./spoken-phone.ts";

/**
 * A clause as it is said: without the marks of Markdown, addresses and emoji, with signs read as
 * words. Text without any of these stays as it is, blanks included. Takes time in proportion to the
 * length of the clause.
 */
export function speakable(clause: string, language: Language): string {
  const words = spokenParts(clause, language);
  return /[\p{L}\p{N}]/u.test(words) ? words : "";
}

function spokenParts(text: string, language: Language): string {
  let said = "";
  let plain = "";
  const flush = (): void => {
    said += spokenNumbers(plain, language);
    plain = "";
  };
  for (let at = 0; at < text.length;) {
    const token = nextToken(text, at, language);
    if (token.kind === "plain") plain += token.text;
    else if (token.text !== "") {
      flush();
      said += token.text;
    }
    at += token.length;
  }
  flush();
  return said;
}

/** Phone numbers are read apart from all other numbers: what looks like a range in one is none. */
function spokenNumbers(text: string, language: Language): string {
  let said = "";
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const phone = phoneAt(text, at);
    if (phone === undefined) continue;
    said += spokenNotation(text.slice(from, at), language) + spokenPhone(phone, language);
    at += phone.length - 1;
    from = at + 1;
  }
  return said + spokenNotation(text.slice(from), language);
}
