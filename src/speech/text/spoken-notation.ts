import type { Language } from "../../core/language.ts";

/**
 * Numbers and signs in the notation that engines read rightly. The numbers themselves are left to the
 * engine, which knows how its language declines them; what it stumbles over is how they are written:
 * spaces between thousands, ranges, units, currencies.
 */
export function spokenNotation(text: string, language: Language): string {
  const words = wordsOf[language];
  return text
    .replaceAll(/(?<=\d)[ \u00A0\u202F'’](?=\d{3}(?!\d))/g, "")
    .replaceAll(/(?<=\d),(?=\d{3}(?:[,.]|(?!\d)))(?!\d{3}\p{L})/gu, language === "en" ? "" : ",")
    .replaceAll(/(?<![\d.:–-])(\d{1,4})\s?[-–—]\s?(\d{1,4})(?![\d.:-])/g, words.range)
    .replaceAll(/(\d)\s?%/g, (_sign, digit: string) => `${digit} ${words.percent}`)
    .replaceAll(/\$\s?(\d+(?:[.,]\d+)?)/g, `$1 ${words.dollars}`)
    .replaceAll(/€\s?(\d+(?:[.,]\d+)?)|(\d+(?:[.,]\d+)?)\s?€/g, `$1$2 ${words.euros}`)
    .replaceAll(/(\d)\s?₽/g, `$1 ${words.roubles}`)
    .replaceAll(/№\s?(?=\d)/g, `${words.number} `)
    .replaceAll(/(\d)\s?°\s?[CС]/g, `$1 ${words.celsius}`)
    .replaceAll(/(?<=\p{L}|\d)\s?&\s?(?=\p{L}|\d)/gu, ` ${words.and} `)
    .replaceAll(/(?<=\d)\s?×\s?(?=\d)/g, ` ${words.times} `)
    .replaceAll(/(?<=\d)\s?=\s?(?=\d)/g, ` ${words.equals} `);
}

const wordsOf: Record<
  Language,
  Readonly<
    Record<
      | "range"
      | "percent"
      | "dollars"
      | "euros"
      | "roubles"
      | "number"
      | "celsius"
      | "and"
      | "times"
      | "equals",
      string
    >
  >
> = {
  en: {
    range: "$1 to $2",
    percent: "percent",
    dollars: "dollars",
    euros: "euros",
    roubles: "roubles",
    number: "number",
    celsius: "degrees",
    and: "and",
    times: "times",
    equals: "equals",
  },
  ru: {
    range: "от $1 до $2",
    percent: "процентов",
    dollars: "долларов",
    euros: "евро",
    roubles: "рублей",
    number: "номер",
    celsius: "градусов",
    and: "и",
    times: "на",
    equals: "равно",
  },
};
