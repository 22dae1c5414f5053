import type { Language } from "../../core/language.ts";

type Unit = "percent" | "degrees" | "dollars" | "euros" | "roubles" | "hours" | "minutes";

/** The forms of each unit by the plural categories of its language; `few` is also said after fractions. */
const forms: Record<Language, Record<Unit, Partial<Record<Intl.LDMLPluralRule, string>>>> = {
  en: {
    percent: { other: "percent" },
    degrees: { one: "degree", other: "degrees" },
    dollars: { one: "dollar", other: "dollars" },
    euros: { one: "euro", other: "euros" },
    roubles: { one: "rouble", other: "roubles" },
    hours: { one: "hour", other: "hours" },
    minutes: { one: "minute", other: "minutes" },
  },
  ru: {
    percent: { one: "процент", few: "процента", other: "процентов" },
    degrees: { one: "градус", few: "градуса", other: "градусов" },
    dollars: { one: "доллар", few: "доллара", other: "долларов" },
    euros: { other: "евро" },
    roubles: { one: "рубль", few: "рубля", other: "рублей" },
    hours: { one: "час", few: "часа", other: "часов" },
    minutes: { one: "минута", few: "минуты", other: "минут" },
  },
};

const rules: Record<Language, Intl.PluralRules> = {
  en: new Intl.PluralRules("en"),
  ru: new Intl.PluralRules("ru"),
};

/** A number as it is written, with its unit in the form that agrees: "21 процент", "2,5 процента". */
export function amount(digits: string, unit: Unit, language: Language): string {
  const value = Number(digits.replace(",", "."));
  const words = forms[language][unit];
  const isFraction = !Number.isInteger(value);
  const category = isFraction && language === "ru" ? "few" : rules[language].select(value);
  return `${digits} ${words[category] ?? words.other!}`;
}

const monthsOf: Record<Language, readonly string[]> = {
  en: months("en"),
  ru: months("ru"),
};

/** The names of the months as they stand beside a day. */
function months(language: Language): string[] {
  const format = new Intl.DateTimeFormat(language, {
    month: "long",
    day: "numeric",
    timeZone: "UTC",
  });
  return Array.from({ length: 12 }, (_, month) => {
    const parts = format.formatToParts(Date.UTC(2000, month, 1));
    return parts.find(({ type }) => type === "month")!.value;
  });
}

/** A day of the calendar in words; `undefined` for what is none. */
function dateWords(
  year: number | undefined,
  month: number,
  day: number,
  language: Language,
): string | undefined {
  const name = monthsOf[language][month - 1];
  const days = new Date(Date.UTC(year ?? 2000, month, 0)).getUTCDate();
  if (name === undefined || day < 1 || day > days) return undefined;
  if (language === "en") return `${name} ${day}${year === undefined ? "" : `, ${year}`}`;
  return `${day} ${name}${year === undefined ? "" : ` ${year} года`}`;
}

/** Dates as people say them: 2026-11-25 and 25.11.2026. */
export function spokenDates(text: string, language: Language): string {
  const inWords = (whole: string, year: string | undefined, month: string, day: string): string =>
    dateWords(
      year === undefined ? undefined : Number(year),
      Number(month),
      Number(day),
      language,
    ) ?? whole;
  return text
    .replaceAll(
      /(?<![\d.\-/:])(\d{4})-(\d{2})-(\d{2})(?![\d\-/:]|\.\d)/g,
      (whole, year: string, month: string, day: string) => inWords(whole, year, month, day),
    )
    .replaceAll(
      /(?<![\d.\-/:])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\d\-/:]|\.\d)(?:\s?г(?:ода|\.)?(?!\p{L}))?/gu,
      (whole, day: string, month: string, year: string) => inWords(whole, year, month, day),
    );
}

/** Times of day in Russian, where engines read the colon aloud: 12:30, 9:00. */
export function spokenTimes(text: string, language: Language): string {
  if (language !== "ru") return text;
  return text.replaceAll(
    /(?<![\d:.,])([01]?\d|2[0-3]):([0-5]\d)(?![\d:]|[.,]\d)/g,
    (_time, hours: string, minutes: string) => {
      const hour = amount(String(Number(hours)), "hours", language);
      return Number(minutes) === 0
        ? hour
        : `${hour} ${amount(String(Number(minutes)), "minutes", language)}`;
    },
  );
}
