import type { Language } from "../../core/language.ts";

/**
 * The shapes in which people write phone numbers: international with a plus, Russian with an 8, North
 * American, and local ones of three digits and four, or three, two and two. All of bounded length.
 */
const shapes: readonly RegExp[] = [
  /\+\d{1,3}(?:[ \u00A0-]?\(?\d{2,5}\)?){2,5}(?![\d-])/y,
  /8[ \u00A0-]?\(?\d{3}\)?[ \u00A0-]?\d{3}[ \u00A0-]?\d{2}[ \u00A0-]?\d{2}(?![\d-])/y,
  /\(\d{3}\) ?\d{3}-\d{4}(?![\d-])/y,
  /\d{3}-\d{3}-\d{4}(?![\d-])/y,
  /\d{3}-\d{4}(?![\d-])/y,
  /\d{3}-\d{2}-\d{2}(?![\d-])/y,
];

/** The phone number that starts at a place of a text. */
export function phoneAt(text: string, at: number): string | undefined {
  const first = text[at]!;
  if (!/[\d+(]/.test(first) || /[\d.,:+\-/]/.test(text[at - 1] ?? "")) return undefined;
  for (const shape of shapes) {
    shape.lastIndex = at;
    const found = shape.exec(text)?.[0];
    if (found !== undefined && digitsOf(found).length >= 7) return found;
  }
  return undefined;
}

/** In English digit by digit, in Russian group by group, with a pause between groups. */
export function spokenPhone(phone: string, language: Language): string {
  const groups = phone.match(/\d+/g)!.map((group) => {
    const isRead = language === "ru" && group.length <= 3 && !group.startsWith("0");
    return isRead ? group : group.split("").join(" ");
  });
  return `${phone.startsWith("+") ? `${plus[language]} ` : ""}${groups.join(", ")}`;
}

const plus: Record<Language, string> = { en: "plus", ru: "плюс" };

const digitsOf = (text: string): string => text.replaceAll(/\D/g, "");
