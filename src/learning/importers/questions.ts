import { problem, type Found } from "./importer.ts";
import { paragraphOf, type Line } from "./lines.ts";

/** `Q:`, `Question 3:`, `**В:**`, `2. Вопрос:` and the like at the start of a line. */
const questionMark = markOf("Q|Question|В|Вопрос");
const answerMark = markOf("A|Answer|О|Ответ");

function markOf(words: string): RegExp {
  return new RegExp(
    `^\\s*(?:[-*]\\s+|\\d+[.)]\\s*)?(?:\\*\\*|__)?(?:${words})\\s*(?:\\d+\\s*)?:(?:\\*\\*|__)?\\s*(.*)$`,
    "iu",
  );
}

/** Whether a text is written as questions and answers with their marks. */
export const hasQuestionMarks = (lines: readonly Line[]): boolean =>
  lines.some(({ text }) => questionMark.test(text)) &&
  lines.some(({ text }) => answerMark.test(text));

/**
 * Questions and answers, each opened by its mark and as many lines long as it takes. Several
 * questions before one answer are wordings of the same. Lines in `literal` (code) never open
 * anything; before the first question, lines starting with `#` are remarks.
 */
export function* readQuestions(
  lines: readonly Line[],
  literal: ReadonlySet<number>,
): Generator<Found> {
  let questions: { line: number; texts: string[] }[] = [];
  let answer: string[] | undefined;
  const finished = function* (): Generator<Found> {
    const last = questions.at(-1);
    if (last && answer === undefined) yield problem(last.line, "import.question-without-answer");
    for (const { line, texts } of answer === undefined ? [] : questions) {
      yield { line, prompt: paragraphOf(texts), answer: paragraphOf(answer ?? []) };
    }
  };
  for (const { number, text } of lines) {
    const question = literal.has(number) ? null : questionMark.exec(text);
    const opening = literal.has(number) || question ? null : answerMark.exec(text);
    if (question) {
      if (answer !== undefined) {
        yield* finished();
        [questions, answer] = [[], undefined];
      }
      questions.push({ line: number, texts: [question[1] ?? ""] });
    } else if (opening) {
      if (questions.length === 0 || answer !== undefined)
        yield problem(number, "import.answer-without-question");
      else answer = [opening[1] ?? ""];
    } else if (answer !== undefined) answer.push(text);
    else if (questions.length > 0) questions.at(-1)?.texts.push(text);
    else if (text.trim() !== "" && !text.trimStart().startsWith("#")) {
      yield problem(number, "import.text-outside");
    }
  }
  yield* finished();
}
