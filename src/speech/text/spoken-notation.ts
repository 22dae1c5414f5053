import type { Language } from "../../core/language.ts";
import { amount, spokenDates, spokenTimes } from "./spoken-amounts.ts";

/** A number with or without decimals. */
const number = String.raw`(\d+(?:[.,]\d+)?)`;
const percent = new RegExp(`${number}\\s?%`, "g");
const dollars = new RegExp(`\\$\\s?${number}|${number}\\s?\\$`, "g");
const euros = new RegExp(`€\\s?${number}|${number}\\s?€`, "g");
const roubles = new RegExp(`${number}\\s?(?:₽|руб\\.)`, "g");
const degrees = new RegExp(`${number}\\s?°\\s?[CС]`, "g");

/**
 * Numbers, dates and signs in the notation that engines read rightly. Plain numbers are left to the
 * engine; what it stumbles over is how they are written: spaces between thousands, ranges, units that
 * have to agree, dates, times of day.
 */
export function spokenNotation(text: string, language: Language): string {
  const words = wordsOf[language];
  const counted =
    (unit: Parameters<typeof amount>[1]) =>
    (_sign: string, before: string | undefined, after: string | undefined): string =>
      amount(before ?? after!, unit, language);
  return spokenTimes(spokenDates(text, language), language)
    .replaceAll(/(?<=\d)[ \u00A0\u202F'’](?=\d{3}(?!\d))/g, "")
    .replaceAll(/(?<=\d),(?=\d{3}(?:[,.]|(?!\d)))(?!\d{3}\p{L})/gu, language === "en" ? "" : ",")
    .replaceAll(/(?<![\d.:–-])(\d{1,4})\s?[-–—]\s?(\d{1,4})(?![\d.:-])/g, words.range)
    .replaceAll(percent, (_sign, digits: string) => amount(digits, "percent", language))
    .replaceAll(dollars, counted("dollars"))
    .replaceAll(euros, counted("euros"))
    .replaceAll(roubles, (_sign, digits: string) => amount(digits, "roubles", language))
    .replaceAll(/№\s?(?=\d)/g, `${words.number} `)
    .replaceAll(degrees, (_sign, digits: string) => amount(digits, "degrees", language))
    .replaceAll(/(?<=\p{L}|\d)\s?&\s?(?=\p{L}|\d)/gu, ` ${words.and} `)
    .replaceAll(/(?<=\d)\s?×\s?(?=\d)/g, ` ${words.times} `)
    .replaceAll(/(?<=\d)\s?=\s?(?=\d)/g, ` ${words.equals} `);
}

const wordsOf: Record<
  Language,
  Readonly<Record<"range" | "number" | "and" | "times" | "equals", string>>
> = {
  en: { range: "$1 to $2", number: "number", and: "and", times: "times", equals: "equals" },
  ru: { range: "от $1 до $2", number: "номер", and: "и", times: "на", equals: "равно" },
};
