import { closesFence, codeFence } from "../../core/code-fence.ts";
import { fieldsAmong, plainName } from "./fields.ts";
import { problem, type Found } from "./importer.ts";
import { linesOf, paragraphOf, type Line } from "./lines.ts";
import { hasQuestionMarks, readQuestions } from "./questions.ts";

type Section = {
  readonly level: number;
  readonly line: number;
  readonly heading: string;
  readonly body: string;
};

/**
 * Markdown: questions and answers with marks (`**Q:**`), or tables of two columns, or headed
 * sections: each heading with text below it is a prompt, the text its answer.
 */
export function* readMd(text: string): Generator<Found> {
  const lines = withoutFrontMatter([...linesOf(text)]);
  const literal = fencedLines(lines);
  const prose = lines.filter(({ number }) => !literal.has(number));
  if (hasQuestionMarks(prose)) return yield* readQuestions(lines, literal);
  const sections = sectionsOf(lines, literal);
  const tables = [...readTables(prose, sections.length === 0)];
  yield* tables.length > 0 ? tables : readSections(sections);
}

/**
 * A heading directly followed by one of its own level is another wording of that question; one
 * followed by a deeper one only groups. The single top heading that titles the document is no
 * question, and neither is what stands before the first heading.
 */
function* readSections(sections: readonly Section[]): Generator<Found> {
  const [first] = sections;
  const isTitled =
    first !== undefined &&
    sections.length > 1 &&
    sections.slice(1).every(({ level }) => level > first.level);
  let wordings: Section[] = [];
  for (const [index, section] of sections.entries()) {
    if (isTitled && index === 0) continue;
    wordings.push(section);
    if (section.body !== "") {
      for (const { line, heading } of wordings)
        yield { line, prompt: heading, answer: section.body };
      wordings = [];
      continue;
    }
    const next = sections[index + 1];
    if (next?.level === section.level) continue;
    if (next === undefined || next.level < section.level) {
      for (const { line } of wordings) yield problem(line, "import.heading-without-answer");
    }
    wordings = [];
  }
}

/** The sections of a text by its ATX (`## Heading`) and setext (underlined) headings (CommonMark 4.2, 4.3). */
function sectionsOf(lines: readonly Line[], literal: ReadonlySet<number>): Section[] {
  const sections: Section[] = [];
  // Among headings with `#` dashes under a line that asks nothing are a rule, not an underline.
  const hasHeadings = lines.some(
    ({ number, text }) => !literal.has(number) && headingMark.test(text),
  );
  let open: { level: number; line: number; heading: string; body: string[] } | undefined;
  const close = (): void => {
    if (open) sections.push({ ...open, body: paragraphOf(withoutLastRule(open.body)) });
  };
  for (const [index, { number, text }] of lines.entries()) {
    const isCode = literal.has(number);
    const opening = isCode ? null : headingMark.exec(text);
    if (opening) {
      close();
      const level = opening[1]?.length ?? 1;
      const heading = plainHeading(text.slice(opening[0].length));
      open = { level, line: number, heading, body: [] };
    } else if (
      !isCode &&
      isUnderline(text) &&
      isLoneLine(lines, index - 1, literal) &&
      !(hasHeadings && text.includes("-") && !isQuestion(lines[index - 1]!))
    ) {
      const title = lines[index - 1];
      open?.body.pop();
      close();
      open = {
        level: text.includes("=") ? 1 : 2,
        line: number - 1,
        heading: plainHeading(title?.text ?? ""),
        body: [],
      };
    } else open?.body.push(text);
  }
  close();
  return sections;
}

const headingMark = /^ {0,3}(#{1,6})(?:[ \t]|$)/;

const isUnderline = (text: string): boolean => /^ {0,3}(?:=+|-{2,})[ \t]*$/.test(text);

const isQuestion = ({ text }: Line): boolean => text.trimEnd().endsWith("?");

/** A rule at the end of an answer parts it from the next heading. */
function withoutLastRule(body: readonly string[]): string[] {
  const last = body.findLastIndex((line) => line.trim() !== "");
  const isRule = last >= 0 && /^ {0,3}-{3,100}$/.test(body[last]!.trimEnd());
  return isRule ? body.slice(0, last) : [...body];
}

/** A paragraph of one line: what an underline below turns into a heading. */
function isLoneLine(lines: readonly Line[], index: number, literal: ReadonlySet<number>): boolean {
  const line = lines[index];
  const before = lines[index - 1];
  if (!line || literal.has(line.number) || !/^ {0,3}[^\s#>|-]/.test(line.text)) return false;
  return before === undefined || before.text.trim() === "" || /^ {0,3}#{1,6}\s/.test(before.text);
}

/** The words of a heading, without closing `#` and without marks around the whole of it. */
const plainHeading = (text: string): string =>
  text
    .trim()
    .replace(/(?:^|[ \t])#+$/, "")
    .trim()
    .replace(/^(\*\*|__)(.+)\1$/, "$2");

/** Rows of the two-column tables: all of them, or only under headers that name both columns. */
function* readTables(lines: readonly Line[], anyHeader: boolean): Generator<Found> {
  let columns: { prompt: number; answer: number } | undefined;
  for (const [index, { number, text }] of lines.entries()) {
    const cells = cellsOf(text);
    const ruler = cellsOf(lines[index + 1]?.text ?? "");
    if (cells.length === 0) columns = undefined;
    else if (isRuler(ruler) && !isRuler(cells)) columns = tableColumns(cells, anyHeader);
    else if (columns && !isRuler(cells)) {
      const [prompt, answer] = [cells[columns.prompt], cells[columns.answer]];
      if (prompt === undefined || answer === undefined || cells.length > 2) {
        yield problem(number, "import.columns", {
          count: cells.length,
          expected: 2,
          delimiter: "|",
        });
      } else yield { line: number, prompt, answer };
    }
  }
}

function tableColumns(
  header: readonly string[],
  anyHeader: boolean,
): { prompt: number; answer: number } | undefined {
  if (header.length !== 2) return undefined;
  const given = header.map(plainName);
  const { prompt, answer } = fieldsAmong(given);
  if (prompt !== undefined && answer !== undefined)
    return { prompt: given.indexOf(prompt), answer: given.indexOf(answer) };
  return anyHeader ? { prompt: 0, answer: 1 } : undefined;
}

/** The cells of a table row; empty when the line is none. `\|` is a bar, `<br>` a line end. */
function cellsOf(text: string): string[] {
  const row = text.trim();
  if (!row.includes("|")) return [];
  const inner = row.replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) =>
    cell
      .trim()
      .replaceAll("\\|", "|")
      .replaceAll(/<br ?\/?>/g, "\n"),
  );
}

const isRuler = (cells: readonly string[]): boolean =>
  cells.length > 0 && cells.every((cell) => /^:?-+:?$/.test(cell));

/** The numbers of the lines inside (and around) code fences (CommonMark 4.5). */
function fencedLines(lines: readonly Line[]): Set<number> {
  const fenced = new Set<number>();
  let fence: string | undefined;
  for (const { number, text } of lines) {
    const opened = fence === undefined ? codeFence(text) : undefined;
    if (fence !== undefined || opened) fenced.add(number);
    if (opened) fence = opened.marks;
    else if (fence !== undefined && closesFence(text, fence)) fence = undefined;
  }
  return fenced;
}

/** Leaves out the YAML block between `---` lines that some tools put at the top. */
function withoutFrontMatter(lines: Line[]): Line[] {
  if (lines[0]?.text.trim() !== "---") return lines;
  const end = lines.findIndex(({ text }, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(text));
  return end === -1 ? lines : lines.slice(end + 1);
}
