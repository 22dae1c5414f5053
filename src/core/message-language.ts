import { languageOf, type Language } from "./language.ts";
import type { Message } from "./message.ts";

/**
 * The one language in which a message is dealt with: its answer, the buttons and notes around it, and
 * what its author is told apart. That of the words; a command's own name counts only when it is
 * Russian, since the English names are everybody's.
 */
export function messageLanguage({
  text,
  call,
  language = "en",
}: Pick<Message, "text" | "call" | "language">): Language {
  const words = text.trimStart();
  // A letter or a digit first: talk. Anything else opens a command.
  if (call === undefined && /^[\p{L}\p{N}]/u.test(words)) return languageOf(text, language);
  const name = /^\S{0,64}/.exec(words)![0];
  if (/\p{Script=Cyrillic}/u.test(name)) return "ru";
  return languageOf(words.slice(name.length), language) === "ru" ? "ru" : language;
}
