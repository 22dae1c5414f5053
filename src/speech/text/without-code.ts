import type { Language } from "../../core/language.ts";

const fence = "```";

/** What is said in the place of a block of code. */
const instead: Record<Language, string> = {
  en: "The code is in the text. ",
  ru: "Код — в тексте. ",
};

/**
 * A text in pieces without its blocks of code, which nobody can listen to. A block that is never
 * closed is one to the end.
 */
export async function* withoutCode(
  pieces: AsyncIterable<string>,
  language: Language,
): AsyncGenerator<string> {
  let waiting = "";
  let isCode = false;
  for await (const piece of pieces) {
    waiting += piece;
    for (let at = waiting.indexOf(fence); at >= 0; at = waiting.indexOf(fence)) {
      if (!isCode && at > 0) yield waiting.slice(0, at);
      if (isCode) yield instead[language];
      waiting = waiting.slice(at + fence.length);
      isCode = !isCode;
    }
    if (isCode) continue;
    // The last one or two characters may be the start of a fence.
    const held = /`{1,2}$/.exec(waiting)?.[0].length ?? 0;
    if (waiting.length > held) yield waiting.slice(0, waiting.length - held);
    waiting = waiting.slice(waiting.length - held);
  }
  if (isCode) yield instead[language];
  else if (waiting !== "") yield waiting;
}
