import { createHmac } from "node:crypto";
import { ApprenticeError } from "../../core/errors.ts";
import type { Lesson } from "../teaching.ts";

/** What stands in every test part that leaves a dataset; no training may ever contain it. */
const words = "TEST DATA OF APPRENTICE, NEVER TO BE TRAINED ON. canary GUID ";
const pattern = /TEST DATA OF APPRENTICE, NEVER TO BE TRAINED ON\. canary GUID [0-9a-f-]{36}/;

/**
 * The mark of a dataset's test rows: always the same for one dataset, and nothing anybody would write.
 * Whoever finds it in a corpus, or hears a model say it, knows that the test was trained on.
 */
export function canaryOf(salt: string, dataset: string): string {
  const hash = createHmac("sha256", salt).update(`canary ${dataset}`).digest("hex");
  const parts = [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20)];
  return `${words}${parts.join("-")}-${hash.slice(20, 32)}`;
}

/** Whether a text holds the mark of any dataset's test rows. */
export const holdsCanary = (text: string): boolean => text.includes(words) && pattern.test(text);

/** Keeps the test part of a dataset from being taught. Throws `import-test-rows`. */
export function refuseTestRows(file: string, lessons: readonly Lesson[]): void {
  const isMarked = lessons.some(({ prompt, answer }) => holdsCanary(`${prompt}\n${answer ?? ""}`));
  if (isMarked) throw new ApprenticeError("import-test-rows", { file });
}
