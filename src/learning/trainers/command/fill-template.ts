import type { Json } from "../../../core/reply.ts";
import { blanks, type BlankValues, type Template } from "./preset.ts";

const blank = /\{([a-zA-Z]+)\}/g;

/** The template with its blanks filled; `undefined`: nothing of it is left. */
export function fillTemplate(template: Template, values: BlankValues): Json | undefined {
  if (typeof template === "string") return fillText(template, values);
  if (typeof template !== "object" || template === null) return template;
  if (isList(template)) {
    return template.flatMap((item) => {
      const filled = fillTemplate(item, values);
      return filled === undefined ? [] : [filled];
    });
  }
  const entries = Object.entries(template).flatMap(([key, value]): [string, Json][] => {
    const filled = fillTemplate(value, values);
    return filled === undefined ? [] : [[key, filled]];
  });
  return Object.fromEntries(entries);
}

/** The arguments of a program; one whose blank has no value is left out. */
export const fillArguments = (command: readonly string[], values: BlankValues): string[] =>
  command.flatMap((part) => {
    const filled = fillText(part, values);
    return filled === undefined ? [] : [String(filled)];
  });

function fillText(text: string, values: BlankValues): string | number | undefined {
  const names = [...text.matchAll(blank)].map((match) => match[1]!).filter(isBlank);
  if (names.some((name) => values[name] === undefined)) return undefined;
  const [only] = names;
  if (only && text === `{${only}}`) return values[only];
  return text.replaceAll(blank, (whole, name: string) =>
    isBlank(name) ? String(values[name]) : whole,
  );
}

const isBlank = (name: string): name is (typeof blanks)[number] =>
  (blanks as readonly string[]).includes(name);

const isList = (template: Template): template is readonly Template[] => Array.isArray(template);

/**
 * JSON is YAML, but for one thing: readers of YAML 1.1 (PyYAML) take `1e-7` for a text, and `1.0e-7` for
 * the number it is.
 */
export const asYaml = (value: Json): string =>
  `${JSON.stringify(
    value,
    (_, item: unknown) => {
      if (typeof item !== "number") return item;
      const text = String(item);
      return /^-?\d+e/.test(text) ? rawJson(text.replace("e", ".0e")) : item;
    },
    2,
  )}\n`;

/** TypeScript does not describe it yet: https://github.com/tc39/proposal-json-parse-with-source */
const { rawJSON: rawJson } = JSON as unknown as { rawJSON(text: string): object };
