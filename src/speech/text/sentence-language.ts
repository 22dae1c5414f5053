import type { Language } from "../../core/language.ts";

/** The language of each clause of an answer, in their order. */
export type SentenceLanguage = (clause: string) => Language;

/**
 * An answer is spoken in one language, however many names of products in other letters it holds. Only
 * a whole sentence in another script is spoken in that script's language.
 */
export function sentenceLanguage(answer: Language): SentenceLanguage {
  let current: Language | undefined;
  return (clause) => {
    const isWhole = endsSentence(clause);
    current ??= isForeign(clause, answer, isWhole) ? other[answer] : answer;
    const spoken = current;
    if (isWhole) current = undefined;
    return spoken;
  };
}

const endsSentence = (clause: string): boolean =>
  /[.!?…]["»”)\]]{0,8}$/.test(clause.trimEnd().slice(-9)) ||
  clause.slice(clause.trimEnd().length).includes("\n");

const other: Record<Language, Language> = { en: "ru", ru: "en" };

/** Latin words stand in Russian sentences as names; Cyrillic ones hardly in English ones. */
function isForeign(clause: string, answer: Language, isWhole: boolean): boolean {
  const cyrillic = clause.match(/\p{Script=Cyrillic}{2,}/gu)?.length ?? 0;
  const latin = clause.match(/\p{Script=Latin}{2,}/gu)?.length ?? 0;
  if (answer === "en") return cyrillic >= 2 && cyrillic * 3 > latin;
  return cyrillic === 0 && !/\p{Script=Cyrillic}/u.test(clause) && latin >= (isWhole ? 3 : 5);
}
