/** A language the bot speaks; each has a file in `texts/`. */
export const languages = ["en", "ru"] as const;
export type Language = (typeof languages)[number];

/**
 * The language a text is written in, by its script: Cyrillic letters in the majority mean Russian.
 * `fallback` answers for a text without letters (numbers, emoji) or in another script.
 */
export function languageOf(text: string, fallback: Language): Language {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (cyrillic === 0 && latin === 0) return fallback;
  return cyrillic >= latin ? "ru" : "en";
}
