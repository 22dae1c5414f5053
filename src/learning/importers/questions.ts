import { problem, type Found } from "./importer.ts";
import { paragraphOf, type Line } from "./lines.ts";

const questionWords: ReadonlySet<string> = new Set(["q", "question", "в", "вопрос"]);
const answerWords: ReadonlySet<string> = new Set(["a", "answer", "о", "ответ"]);

/** What ends a mark: `Q:` or `Q.`; `bare` when numbered questions stand without answer marks. */
type Style = ":" | "." | "bare";

/** The text behind a mark such as `Q:`, `**Question 3:**` or `2. Вопрос:`. */
function afterMark(
  text: string,
  words: ReadonlySet<string>,
  end: ":" | ".",
  isNumbered = false,
): string | undefined {
  let rest = withoutBullet(text.trimStart());
  const strong = rest.startsWith("**") ? "**" : rest.startsWith("__") ? "__" : "";
  rest = rest.slice(strong.length);
  const word = /^\p{L}{1,8}/u.exec(rest)?.[0] ?? "";
  if (!words.has(word.toLowerCase())) return undefined;
  rest = rest.slice(word.length).trimStart();
  const number = /^\d{1,6}/.exec(rest)?.[0] ?? "";
  if (isNumbered && number === "") return undefined;
  rest = rest.slice(number.length).trimStart();
  if (!rest.startsWith(end)) return undefined;
  rest = rest.slice(1);
  if (end === "." && rest !== "" && rest.trimStart() === rest && !rest.startsWith("*"))
    return undefined;
  if (strong === "") return rest.trim();
  rest = rest.trim();
  if (rest.startsWith(strong)) return rest.slice(2).trim();
  return rest.endsWith(strong) ? rest.slice(0, -2).trim() : rest;
}

function withoutBullet(text: string): string {
  const bullet = /^(?:[-*]|\d{1,6}[.)])(?=\s)|^\d{1,6}[.)]/.exec(text)?.[0] ?? "";
  return text.slice(bullet.length).trimStart();
}

function styleOf(lines: readonly Line[]): Style | undefined {
  const has = (words: ReadonlySet<string>, end: ":" | "."): boolean =>
    lines.some(({ text }) => afterMark(text, words, end) !== undefined);
  for (const end of [":", "."] as const) {
    if (has(questionWords, end) && has(answerWords, end)) return end;
  }
  const numbered = lines.filter(({ text }) => numberedQuestion(text) !== undefined);
  return numbered.length > 1 && !has(answerWords, ":") ? "bare" : undefined;
}

const numberedQuestion = (text: string): string | undefined =>
  afterMark(text, questionWords, ".", true) ?? afterMark(text, questionWords, ":", true);

/** Whether a text is written as questions and answers with their marks. */
export const hasQuestionMarks = (lines: readonly Line[]): boolean => styleOf(lines) !== undefined;

/**
 * Questions and answers, each opened by its mark and as many lines long as it takes. Several
 * questions before one answer are wordings of the same. Lines in `literal` (code) never open
 * anything; before the first question, lines starting with `#` are remarks.
 */
export function* readQuestions(
  lines: readonly Line[],
  literal: ReadonlySet<number>,
): Generator<Found> {
  const style = styleOf(lines.filter(({ number }) => !literal.has(number))) ?? ":";
  const questionIn = (text: string): string | undefined =>
    style === "bare" ? numberedQuestion(text) : afterMark(text, questionWords, style);
  const answerIn = (text: string): string | undefined =>
    style === "bare" ? undefined : afterMark(text, answerWords, style);
  let questions: { line: number; texts: string[] }[] = [];
  let answer: string[] | undefined;
  const finished = function* (): Generator<Found> {
    const [first, last] = [questions[0], questions.at(-1)];
    if (!first || !last) return;
    if (answer === undefined) yield problem(last.line, "import.question-without-answer");
    else {
      const wordings = questions.map(({ texts }) => paragraphOf(texts));
      yield { line: first.line, wordings, answer: paragraphOf(answer) };
    }
  };
  for (const { number, text } of lines) {
    const question = literal.has(number) ? undefined : questionIn(text);
    const opening = literal.has(number) || question !== undefined ? undefined : answerIn(text);
    if (question !== undefined) {
      if (answer !== undefined) {
        yield* finished();
        [questions, answer] = [[], undefined];
      }
      questions.push({ line: number, texts: [question] });
    } else if (opening !== undefined) {
      if (questions.length === 0 || answer !== undefined)
        yield problem(number, "import.answer-without-question");
      else answer = [opening];
    } else if (answer !== undefined) answer.push(text);
    else if (questions.length > 0) {
      const asked = questions.at(-1)?.texts ?? [];
      const isAsked = asked.some((each) => each !== "");
      if (style === "bare" && isAsked && text.trim() !== "") answer = [text];
      else asked.push(text);
    } else if (text.trim() !== "" && !text.trimStart().startsWith("#")) {
      yield problem(number, "import.text-outside");
    }
  }
  yield* finished();
}
