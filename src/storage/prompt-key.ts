import { normalizeText, tokensOf, wordsOf } from "./words.ts";

/**
 * What makes two prompts "the very same": their normalised words. A prompt without words (signs,
 * emoji) is its signs.
 */
export function promptKey(prompt: string): string {
  const words = wordsOf(prompt);
  return words.length > 0 ? words.join(" ") : tokensOf(normalizeText(prompt)).join(" ");
}
