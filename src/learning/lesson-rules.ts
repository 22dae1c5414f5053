import { ApprenticeError } from "../core/errors.ts";
import { languageOf } from "../core/language.ts";
import type { Language } from "../core/language.ts";
import { storableText } from "../storage/text.ts";
import type { Lesson } from "./teaching.ts";

/** Characters (UTF-16 code units). */
export const longestPrompt = 4_000;
export const longestAnswer = 32_000;
export const longestWords = 4_000;

/**
 * The lesson as it will be kept. Throws `teaching-empty` or `teaching-too-long`; a negative lesson
 * needs an answer to avoid.
 */
export function checkedLesson(lesson: Lesson): Lesson {
  if (lesson.answer === null && lesson.label === "negative") {
    throw new ApprenticeError("teaching-empty", { field: "answer" });
  }
  return {
    ...lesson,
    prompt: checkedText("prompt", lesson.prompt, longestPrompt),
    answer: lesson.answer === null ? null : checkedText("answer", lesson.answer, longestAnswer),
    tags: (lesson.tags ?? []).map(storableText),
  };
}

/** The text as it will be kept. Throws `teaching-empty` or `teaching-too-long`. */
export function checkedText(field: string, text: string, limit: number): string {
  if (text.trim() === "") throw new ApprenticeError("teaching-empty", { field });
  if (text.length > limit) {
    throw new ApprenticeError("teaching-too-long", { field, length: text.length, limit });
  }
  return storableText(text);
}

/** The language of a prompt; `null` when it has no Latin or Cyrillic letters. */
export const promptLanguage = (prompt: string): Language | null =>
  /\p{Script=Cyrillic}|\p{Script=Latin}/u.test(prompt) ? languageOf(prompt, "en") : null;
