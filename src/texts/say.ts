import { type ApprenticeError } from "../core/errors.ts";
import { isFault } from "../core/faults.ts";
import type { Language } from "../core/language.ts";
import { classic } from "./classic.ts";
import { en, type TextKey } from "./en.ts";
import { reasonKey } from "./reason-codes.ts";
import { rowReasons } from "./row-reasons.ts";
import { ru } from "./ru.ts";
import type { PluralText, Text } from "./text.ts";

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

/**
 * What happened, why, and what to do; where a fault is behind it, with the id that finds the log line. A value `nearest` (the
 * name that was perhaps meant, or an empty text) becomes a question of its own. A `reason`, `field` or
 * `permissions` made of codes gets its words, and so do counted `reasons`, and `allowed` when it is the
 * key of a text. A value `told` is the whole text, already said by the server that met the error, and
 * `usageExample` a line that would work. `prefix` is what commands start with where it is read.
 */
export function sayError(voice: Voice, error: ApprenticeError, prefix = ""): string {
  const { nearest, told, usageExample, ...values } = error.values;
  if (told) return String(told);
  const question = nearest ? say(voice, "nearest", { name: nearest }) : "";
  const text = say(voice, `error.${error.code}`, {
    prefix,
    ...values,
    ...inWords(voice, values),
    nearest: question,
  });
  const hint = usageExample ? say(voice, "usage-example", { line: usageExample }) : "";
  const id = isFault(error) ? say(voice, "error-id", { id: error.id }) : "";
  const whole = id === "" ? text : `${text} ${id}`;
  return hint === "" ? whole : `${whole}\n${hint}`;
}

/** What the system's codes, and the names of fields, mean to a person. */
const wordsOf: Readonly<Record<string, TextKey>> = {
  member: "role.one.member",
  trainer: "role.one.trainer",
  admin: "role.one.admin",
  prompt: "field.prompt",
  answer: "field.answer",
  view: "permission.view",
  connect: "permission.connect",
  speak: "permission.speak",
};

/** Each may be one code, or several with commas between them. */
const codedValues = ["reason", "field", "permissions", "needed", "role", "ex"];

const keyOf = (code: string): TextKey | undefined =>
  Object.hasOwn(wordsOf, code) ? wordsOf[code] : reasonKey(code);

function inWords(voice: Voice, values: TextValues): TextValues {
  const words: Record<string, string> = {};
  for (const name of codedValues) {
    const codes = String(values[name] ?? "").split(", ");
    const keys = codes.map(keyOf);
    if (keys.every((key) => key !== undefined))
      words[name] = keys.map((key) => say(voice, key)).join(", ");
  }
  const { allowed, reasons } = values;
  if (typeof reasons === "string") {
    words["reasons"] = rowReasons(reasons, (key) => say(voice, key));
  }
  if (typeof allowed === "string" && /^settings?\./.test(allowed))
    words["allowed"] = say(voice, allowed as TextKey, values);
  return words;
}

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
