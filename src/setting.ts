import { z } from "zod";
import type { TextKey } from "./texts/en.ts";

/** One setting: what it may be, what it is when nobody says, and what it is for. */
export type Setting<Value> = {
  readonly schema: z.ZodType<Value>;
  /** What `schema` takes: the text that finishes "cannot be ...: ", and its blanks. */
  readonly allowed: Allowed;
  readonly choices?: readonly string[];
  readonly fallback: Value;
  readonly about: string;
  readonly secret?: true;
  /** A second name of its environment variable, the one that everybody knows. */
  readonly alias?: string;
};

/** A text by its key, and its blanks. */
type Allowed = { readonly allowed: TextKey; readonly [blank: string]: string };

/** Any text. */
export const text = (fallback: string, about: string): Setting<string> => ({
  schema: z.string().max(10_000),
  allowed: { allowed: "setting.text" },
  fallback,
  about,
});

/** A text that is never shown, and that may come from a file. */
export const secret = (about: string): Setting<string> => ({ ...text("", about), secret: true });

/** One of a few words. */
export const choice = <const Choice extends string>(
  choices: readonly Choice[],
  fallback: Choice,
  about: string,
): Setting<Choice> => ({
  schema: z.enum(choices),
  allowed: { allowed: "setting.choice", choices: choices.join(", ") },
  choices,
  fallback,
  about,
});

/** A whole number between two, both included. */
export const whole = (
  least: number,
  most: number,
  fallback: number,
  about: string,
): Setting<number> => ({
  schema: z.coerce.number<string | number>().int().min(least).max(most),
  allowed: { allowed: "setting.whole", least: String(least), most: String(most) },
  fallback,
  about,
});

/** Yes or no. */
export const toggle = (fallback: boolean, about: string): Setting<boolean> => ({
  schema: z.union([z.boolean(), z.stringbool()]),
  allowed: { allowed: "setting.toggle" },
  fallback,
  about,
});

/** In the environment a list is texts between commas, or a list in JSON. */
export const list = (
  about: string,
  item: z.ZodType<string> = z.string().min(1).max(10_000),
  allowed: Allowed = { allowed: "setting.list" },
): Setting<readonly string[]> => ({
  schema: z.preprocess(asList, z.array(item).max(1_000)),
  allowed,
  fallback: [],
  about,
});

function asList(value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (!value.trim().startsWith("[")) {
    return value
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "");
  }
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
