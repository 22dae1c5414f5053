import type { RootContent } from "mdast";
import { withoutEntities } from "./entities.ts";
import { leaveOut, problem, type Found } from "./importer.ts";
import { linesOf, paragraphOf, type Line } from "./lines.ts";
import { blocksOf, type Block } from "./md-blocks.ts";
import { isComment, readPieces, withoutRules } from "./md-pieces.ts";
import { hasQuestionMarks, readQuestions } from "./questions.ts";

/** A heading with what stands below it, up to the next heading. */
type Section = {
  readonly level: number;
  readonly line: number;
  readonly heading: string;
  readonly blocks: readonly Block[];
};

type Sections = { readonly before: readonly Block[]; readonly sections: readonly Section[] };

/**
 * Markdown: headed sections (each heading with text below it is a question, the text its answer),
 * and in each of them or without any: marked questions (`**Q:**`), tables, `<details>`, bold and
 * numbered questions. Text that belongs to no question is left out.
 */
export async function* readMd(source: string): AsyncGenerator<Found> {
  const text = withoutFrontMatter(source);
  const parsed = await blocksOf(text);
  if ("tooDense" in parsed) return yield problem(parsed.tooDense, "import.too-dense");
  const { blocks } = parsed;
  const lines = [...linesOf(text)];
  const { before, sections } = sectionsOf(blocks, text);
  const intent = sections.find(({ heading }) => /^intent: ?\S/.test(heading));
  if (intent) return yield problem(intent.line, "import.intents", { tool: "Rasa" });
  const reading = { text, lines, literal: literalLines(blocks) };
  const isLone = sections.length === 0;
  yield* (
    readBlocks(before, reading, { isQuestion: false, anyHeader: isLone }) ?? leftOf(before, text)
  );
  yield* readSections(sections, reading);
}

type Reading = {
  readonly text: string;
  readonly lines: readonly Line[];
  /** The lines of code, in which nothing opens anything. */
  readonly literal: ReadonlySet<number>;
};

/** The questions inside a run of blocks; `undefined` when the blocks are one text. */
function readBlocks(
  blocks: readonly Block[],
  { text, lines, literal }: Reading,
  options: { readonly isQuestion: boolean; readonly anyHeader: boolean },
): Found[] | undefined {
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined) return [];
  const within = lines.slice(first.line - 1, last.lastLine);
  if (hasQuestionMarks(within.filter(({ number }) => !literal.has(number)))) {
    return [...readQuestions(within, literal)].map((found) =>
      "key" in found && found.key === "import.text-outside"
        ? leaveOut(found.line, "import.left-text")
        : withoutRulesBelow(found),
    );
  }
  return readPieces(blocks, text, options);
}

const withoutRulesBelow = (found: Found): Found =>
  "wordings" in found && found.answer !== null
    ? { ...found, answer: withoutEntities(withoutRules(found.answer)) }
    : found;

/**
 * A heading directly followed by one of its own level is another wording of that question; one
 * followed by a deeper one only groups. The single top heading that titles the document is no
 * question.
 */
function* readSections(sections: readonly Section[], reading: Reading): Generator<Found> {
  const [first] = sections;
  const isTitled =
    first !== undefined &&
    !first.heading.endsWith("?") &&
    (sections.length === 1
      ? (readBlocks(first.blocks, reading, asked(first))?.length ?? 0) > 0
      : sections.slice(1).every(({ level }) => level > first.level));
  let wordings: Section[] = [];
  for (const [index, section] of sections.entries()) {
    const inside = readBlocks(section.blocks, reading, asked(section));
    if (isTitled && index === 0) {
      yield* inside ?? leftOf(section.blocks, reading.text);
      continue;
    }
    if (inside !== undefined && inside.length > 0) {
      yield* withoutAnswers(wordings);
      yield* inside;
      wordings = [];
      continue;
    }
    wordings.push(section);
    const answer = answerOf(section.blocks, reading);
    if (answer !== "") {
      yield {
        line: wordings[0]?.line ?? section.line,
        wordings: wordings.map(({ heading }) => heading),
        answer,
      };
      wordings = [];
      continue;
    }
    const next = sections[index + 1];
    if (next?.level === section.level) continue;
    if (next === undefined || next.level < section.level) yield* withoutAnswers(wordings);
    wordings = [];
  }
}

const asked = ({ heading }: Section): { isQuestion: boolean; anyHeader: boolean } => ({
  isQuestion: heading.endsWith("?"),
  anyHeader: false,
});

const withoutAnswers = (sections: readonly Section[]): Found[] =>
  sections.map(({ line }) => problem(line, "import.heading-without-answer"));

function sectionsOf(blocks: readonly Block[], text: string): Sections {
  const before: Block[] = [];
  const sections: { level: number; line: number; heading: string; blocks: Block[] }[] = [];
  for (const block of blocks) {
    const { node, line, start, end } = block;
    if (node.type === "heading") {
      const heading = plainHeading(text.slice(start, end));
      sections.push({ level: node.depth, line, heading, blocks: [] });
    } else (sections.at(-1)?.blocks ?? before).push(block);
  }
  return { before, sections };
}

/** The words of a heading, without its marks and without marks around the whole of it. */
function plainHeading(source: string): string {
  let words = source.trim();
  if (words.startsWith("#")) {
    words = words.slice(/^#{1,6}/.exec(words)?.[0].length ?? 0).trim();
    let end = words.length;
    while (words[end - 1] === "#") end -= 1;
    if (end === 0 || /\s/.test(words[end - 1] ?? "")) words = words.slice(0, end).trim();
  } else words = words.slice(0, Math.max(words.lastIndexOf("\n"), words.lastIndexOf("\r"))).trim();
  const mark = words.slice(0, 2);
  const isMarked = (mark === "**" || mark === "__") && words.endsWith(mark) && words.length > 4;
  return withoutEntities(isMarked ? words.slice(2, -2) : words);
}

/** The text of a section, without rules at its ends and without comments. */
function answerOf(blocks: readonly Block[], { text, lines }: Reading): string {
  const said = blocks.filter(({ start, end }) => !isComment(text.slice(start, end)));
  const isRule = ({ node }: Block): boolean => node.type === "thematicBreak";
  const first = said.findIndex((block) => !isRule(block));
  const last = said.findLastIndex((block) => !isRule(block));
  const parts: string[] = [];
  let lineBefore = 0;
  for (const { node, line, lastLine } of first === -1 ? [] : said.slice(first, last + 1)) {
    const own = lines.slice(line - 1, lastLine).map((each) => each.text);
    const source = own.join("\n");
    const gap = lineBefore > 0 && line - lineBefore < 2 ? "\n" : "\n\n";
    parts.push(
      parts.length === 0 ? "" : gap,
      node.type === "code" ? source : withoutEntities(source),
    );
    lineBefore = lastLine;
  }
  return paragraphOf(parts.join("").split("\n"));
}

const leftOf = (blocks: readonly Block[], text: string): Found[] =>
  blocks
    .filter(
      ({ node, start, end }) => node.type !== "thematicBreak" && !isComment(text.slice(start, end)),
    )
    .map(({ line }) => leaveOut(line, "import.left-text"));

function literalLines(blocks: readonly Block[]): Set<number> {
  const literal = new Set<number>();
  for (const { node: top, part } of blocks) {
    const open: RootContent[] = [top];
    for (let node = open.pop(); node; node = open.pop()) {
      if (node.type === "code" && node.position) {
        const { start, end } = node.position;
        for (let line = start.line; line <= end.line; line += 1) literal.add(part.line - 1 + line);
      } else if ("children" in node) for (const child of node.children) open.push(child);
    }
  }
  return literal;
}

/** The text with the YAML block between `---` lines at its top blanked, so that lines keep their numbers. */
function withoutFrontMatter(text: string): string {
  const open = /^\uFEFF?---[ \t]*(?:\r\n|\r|\n)/.exec(text);
  if (!open) return text;
  for (const line of linesOf(text).drop(1)) {
    const mark = line.text.trimEnd();
    if (mark !== "---" && mark !== "...") continue;
    return (
      "\n".repeat(line.number) + text.slice(line.start + line.text.length).replace(/^\r?\n|^\r/, "")
    );
  }
  return text;
}
