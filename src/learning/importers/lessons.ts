import type { Label } from "../../core/example.ts";
import { longestAnswer, longestPrompt } from "../lesson-rules.ts";
import type { Lesson } from "../teaching.ts";
import { problem, type ImportProblem, type Row } from "./importer.ts";

/**
 * The lessons in one row: itself, and a negative one for an answer it rejects. Or what is wrong with
 * it. `fallback` is the label of rows that say none.
 */
export function lessonsOf(row: Row, fallback: Label): readonly Lesson[] | ImportProblem {
  const { line, prompt, answer, rejected, label = fallback, tags } = row;
  if (isBlank(prompt)) return problem(line, "import.prompt-empty");
  if (answer !== null && isBlank(answer)) return problem(line, "import.answer-empty");
  if (answer === null && label === "negative") {
    return problem(line, "import.negative-without-answer");
  }
  if (rejected !== undefined && isBlank(rejected)) return problem(line, "import.rejected-empty");
  if (rejected === answer) return problem(line, "import.rejected-same");
  if (prompt.length > longestPrompt) {
    const values = { length: prompt.length, limit: longestPrompt };
    return problem(line, "import.prompt-long", values);
  }
  const length = Math.max(answer?.length ?? 0, rejected?.length ?? 0);
  if (length > longestAnswer) {
    return problem(line, "import.answer-long", { length, limit: longestAnswer });
  }
  if (![prompt, answer ?? "", rejected ?? ""].every(isWhole)) {
    return problem(line, "import.broken-character");
  }
  const common = tags ? { prompt, tags } : { prompt };
  const lesson: Lesson = { ...common, answer, label };
  if (rejected === undefined) return [lesson];
  return [lesson, { ...common, answer: rejected, label: "negative" }];
}

const isBlank = (text: string): boolean => text.trim() === "";

/** No NUL and no half of a surrogate pair: what a database and UTF-8 can keep. */
const isWhole = (text: string): boolean => text.isWellFormed() && !text.includes("\0");
