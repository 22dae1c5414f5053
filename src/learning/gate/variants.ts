import { languageOf, type Language } from "../../core/language.ts";

/** What people put around a question without changing what they ask. */
const courtesies: Readonly<Record<Language, readonly ((prompt: string) => string)[]>> = {
  en: [(prompt) => `please tell me: ${prompt}`, (prompt) => `${prompt} thanks`],
  ru: [(prompt) => `подскажите, пожалуйста: ${prompt}`, (prompt) => `${prompt} спасибо`],
};

/** The same question with courtesies around it. */
export const politely = (prompt: string): readonly string[] =>
  courtesies[languageOf(prompt, "en")].map((around) => around(prompt));

/** Shorter words have no letters to spare. */
const shortestMistyped = 4;

/** The same question with the two middle letters of its longest word swapped, if it has a long one. */
export function mistyped(prompt: string): readonly string[] {
  const longest = [...prompt.matchAll(/\p{L}+/gu)].reduce<RegExpExecArray | undefined>(
    (best, word) => (best && best[0].length >= word[0].length ? best : word),
    undefined,
  );
  if (!longest || longest[0].length < shortestMistyped) return [];
  const letters = Array.from(longest[0]);
  const middle = Math.floor(letters.length / 2);
  [letters[middle - 1], letters[middle]] = [letters[middle]!, letters[middle - 1]!];
  const word = letters.join("");
  if (word === longest[0]) return [];
  return [prompt.slice(0, longest.index) + word + prompt.slice(longest.index + longest[0].length)];
}
