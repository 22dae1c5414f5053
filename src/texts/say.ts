import type { ApprenticeError } from "../core/errors.ts";
import type { Language } from "../core/language.ts";
import { classic } from "./classic.ts";
import { en, type TextKey } from "./en.ts";
import { ru } from "./ru.ts";

/**
 * One thing the bot says. `{name}` is a blank. A plural text has a form for each category that
 * `Intl.PluralRules` knows in its language, chosen by the blank `{count}`.
 */
export type Text = string | PluralText;
export type PluralText = { readonly [category in Intl.LDMLPluralRule]?: string } & {
  readonly other: string;
};

/** The ways of speaking. `classic` is the original bot's replies, in English. */
export const voices = ["en", "ru", "classic"] as const;
export type Voice = (typeof voices)[number];

export type TextValues = Readonly<Record<string, string | number>>;

const textsOf: Record<Voice, Partial<Record<TextKey, Text>>> = { en, ru, classic };
const languageOfVoice = (voice: Voice): Language => (voice === "classic" ? "en" : voice);

/**
 * The text for `key` in a voice, with its blanks filled. A voice without the key falls back to
 * English. Numbers are written as the language writes them. A blank without a value stays visible.
 */
export function say(voice: Voice, key: TextKey, values: TextValues = {}): string {
  const language = languageOfVoice(voice);
  const text = textsOf[voice][key] ?? en[key];
  const form = typeof text === "string" ? text : pluralForm(text, language, values["count"]);
  return form.replaceAll(/\{(\w+)\}/g, (blank, name: string) => {
    const value = values[name];
    if (value === undefined) return blank;
    return typeof value === "number" ? numberFormat(language).format(value) : value;
  });
}

/** What happened, why, and what to do, with the id that finds the log line. */
export const sayError = (voice: Voice, error: ApprenticeError): string =>
  `${say(voice, `error.${error.code}`, error.values)} ${say(voice, "error-id", { id: error.id })}`;

function pluralForm(text: PluralText, language: Language, count: string | number | undefined) {
  return text[pluralRules(language).select(Number(count))] ?? text.other;
}

const pluralRules = once((language) => new Intl.PluralRules(language));
const numberFormat = once((language) => new Intl.NumberFormat(language));

function once<Value>(make: (language: Language) => Value): (language: Language) => Value {
  const made = new Map<Language, Value>();
  return (language) => {
    const value = made.get(language) ?? make(language);
    made.set(language, value);
    return value;
  };
}
