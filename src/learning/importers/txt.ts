import { problem, type Found } from "./importer.ts";
import { linesOf, type Line } from "./lines.ts";
import { hasQuestionMarks, readQuestions } from "./questions.ts";

const separators = ["\t", "=>", "|"] as const;

/**
 * Plain text: questions and answers with marks (`Q:` / `A:`), or one pair per line, parted by a tab,
 * `=>` or `|` (the one that most lines hold). Blank lines and remarks (`#`) are skipped.
 */
export function* readTxt(text: string): Generator<Found> {
  const lines = [...linesOf(text)];
  if (hasQuestionMarks(lines)) return yield* readQuestions(lines, new Set());
  const pairs = lines.filter((line) => line.text.trim() !== "" && !line.text.startsWith("#"));
  const separator = separatorOf(pairs);
  for (const line of pairs) {
    const at = line.text.indexOf(separator);
    if (at === -1) {
      yield problem(line.number, "import.line-without-separator");
    } else {
      const answer = line.text.slice(at + separator.length).trim();
      yield { line: line.number, wordings: [line.text.slice(0, at).trim()], answer };
    }
  }
}

/** The separator that most of the lines hold. */
function separatorOf(lines: readonly Line[]): (typeof separators)[number] {
  const counts = separators.map(
    (separator) => lines.filter(({ text }) => text.includes(separator)).length,
  );
  return separators[counts.indexOf(Math.max(...counts))] ?? "\t";
}
