import type { Language } from "../../core/language.ts";
import { amount, spokenDates, spokenTimes } from "./spoken-amounts.ts";

const percent = /(\d{1,15}(?:[.,]\d{1,9})?)\s?%/g;
const dollars = /\$\s?(\d{1,15}(?:[.,]\d{1,9})?)|(\d{1,15}(?:[.,]\d{1,9})?)\s?\$/g;
const euros = /€\s?(\d{1,15}(?:[.,]\d{1,9})?)|(\d{1,15}(?:[.,]\d{1,9})?)\s?€/g;
const roubles = /(\d{1,15}(?:[.,]\d{1,9})?)\s?(?:₽|руб\.)/g;
const degrees = /(\d{1,15}(?:[.,]\d{1,9})?)\s?°\s?[CС]/g;
const range = /(?<![\d.:–-])(\d{1,4})\s?[-–—]\s?(\d{1,4})(?![\d:-]|\.\d)/g;
const timeRange = /(?<![\d:.,-])(\d{1,2}:\d{2})\s?[-–—]\s?(\d{1,2}:\d{2})(?![\d:-])/g;
/** A sum, a difference, a product or a quotient that is said to equal something. */
const equation =
  /(?<![\d.,])\d{1,12}(?:[.,]\d{1,6})?(?:\s?[-−–+*×·:÷/]\s?\d{1,12}(?:[.,]\d{1,6})?){1,8}\s?=\s?[-−]?\d{1,12}(?:[.,]\d{1,6})?(?!\d)/g;

/**
 * Numbers, dates and signs in the notation that engines read rightly. Plain numbers are left to the
 * engine; what it stumbles over is how they are written: spaces between thousands, ranges, sums, units
 * that have to agree, dates, times of day.
 */
export function spokenNotation(text: string, language: Language): string {
  if (text === "") return "";
  const words = wordsOf[language];
  const counted =
    (unit: Parameters<typeof amount>[1]) =>
    (_sign: string, before: string | undefined, after: string | undefined): string =>
      amount(before ?? after!, unit, language);
  const summed = text.replaceAll(equation, (whole) => spokenEquation(whole, language));
  return spokenTimes(spokenDates(summed.replaceAll(timeRange, words.range), language), language)
    .replaceAll(/(?<=\d)[ \u00A0\u202F'’](?=\d{3}(?!\d))/g, "")
    .replaceAll(/(?<=\d),(?=\d{3}(?:[,.]|(?!\d)))(?!\d{3}\p{L})/gu, language === "en" ? "" : ",")
    .replaceAll(range, words.range)
    .replaceAll(percent, (_sign, digits: string) => amount(digits, "percent", language))
    .replaceAll(dollars, counted("dollars"))
    .replaceAll(euros, counted("euros"))
    .replaceAll(roubles, (_sign, digits: string) => amount(digits, "roubles", language))
    .replaceAll(/№\s?(?=\d)/g, `${words.number} `)
    .replaceAll(degrees, (_sign, digits: string) => amount(digits, "degrees", language))
    .replaceAll(/(?<=\p{L}|\d)\s?&\s?(?=\p{L}|\d)/gu, ` ${words.and} `)
    .replaceAll(/(?<=\d)\s?×\s?(?=\d)/g, ` ${words["×"]} `)
    .replaceAll(/(?<=\d)\s?=\s?(?=\d)/g, ` ${words["="]} `);
}

const spokenEquation = (equation: string, language: Language): string =>
  equation.replaceAll(/\s?([-−–+*×·:÷/=])\s?/g, (_sign, sign: string) => {
    const word = wordsOf[language][signs[sign] ?? "="];
    return ` ${word} `;
  });

const signs: Readonly<Record<string, "+" | "-" | "×" | "÷" | "=">> = {
  "+": "+",
  "-": "-",
  "−": "-",
  "–": "-",
  "*": "×",
  "×": "×",
  "·": "×",
  ":": "÷",
  "÷": "÷",
  "/": "÷",
  "=": "=",
};

type Words = Readonly<Record<"range" | "number" | "and" | "+" | "-" | "×" | "÷" | "=", string>>;

const wordsOf: Record<Language, Words> = {
  en: {
    range: "$1 to $2",
    number: "number",
    and: "and",
    "+": "plus",
    "-": "minus",
    "×": "times",
    "÷": "divided by",
    "=": "equals",
  },
  ru: {
    range: "от $1 до $2",
    number: "номер",
    and: "и",
    "+": "плюс",
    "-": "минус",
    "×": "на",
    "÷": "делить на",
    "=": "равно",
  },
};
