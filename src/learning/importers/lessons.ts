import type { Label } from "../../core/example.ts";
import { longestAnswer, longestPrompt } from "../lesson-rules.ts";
import { keyOf } from "../../storage/knowledge/keys.ts";
import type { Lesson } from "../teaching.ts";
import { problem, type ImportItem, type ImportProblem, type Row } from "./importer.ts";

/** A row as an item, or what is wrong with it. `fallback` is the label of rows that say none. */
export function itemOf(row: Row, fallback: Label): ImportItem | ImportProblem {
  const { line, answer, rejected, label = fallback } = row;
  const wordings = [...new Set(row.wordings)];
  if (wordings.length === 0 || wordings.some(isBlank)) return problem(line, "import.prompt-empty");
  if (answer !== null && isBlank(answer)) return problem(line, "import.answer-empty");
  if (answer === null && label === "negative") {
    return problem(line, "import.negative-without-answer");
  }
  if (rejected !== undefined && isBlank(rejected)) return problem(line, "import.rejected-empty");
  if (rejected === answer) return problem(line, "import.rejected-same");
  const longest = wordings.reduce((length, wording) => Math.max(length, wording.length), 0);
  if (longest > longestPrompt) {
    return problem(line, "import.prompt-long", { length: longest, limit: longestPrompt });
  }
  const length = Math.max(answer?.length ?? 0, rejected?.length ?? 0);
  if (length > longestAnswer) {
    return problem(line, "import.answer-long", { length, limit: longestAnswer });
  }
  if (![...wordings, answer ?? "", rejected ?? ""].every(isWhole)) {
    return problem(line, "import.broken-character");
  }
  return { ...row, wordings, label, declared: wordings.length > 1 };
}

/** An item as lessons: one per wording, and a negative one for an answer it rejects. */
export function lessonsOf(row: ImportItem): Lesson[] {
  const { id, wordings, answer, label, rejected, tags, declared } = row;
  const item = { name: id ?? keyOf(wordings[0]!), declared: declared || wordings.length === 1 };
  return wordings.flatMap((prompt): Lesson[] => {
    const common = tags ? { prompt, tags } : { prompt };
    const lesson: Lesson = { ...common, answer, label, item };
    if (rejected === undefined) return [lesson];
    return [lesson, { ...common, answer: rejected, label: "negative" }];
  });
}

const isBlank = (text: string): boolean => text.trim() === "";

/** No NUL and no half of a surrogate pair: what a database and UTF-8 can keep. */
const isWhole = (text: string): boolean => text.isWellFormed() && !text.includes("\0");
