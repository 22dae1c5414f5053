/** A part of a line that means nothing when it is torn apart. */
export type MarkdownSpan = { readonly start: number; readonly end: number };

const styles = ["**", "__", "~~", "||", "*", "_"];

/** The codes, links, addresses and styles of one line, in their order; none inside another. */
export function spansOf(line: string): MarkdownSpan[] {
  const spans: MarkdownSpan[] = [];
  /** Marks that are not closed any more, so that they are looked for only once. */
  const unclosed = new Set<string>();
  for (let at = 0; at < line.length;) {
    const end = codeEnd(line, at, unclosed) ?? linkEnd(line, at) ?? styleEnd(line, at, unclosed);
    if (end !== undefined) spans.push({ start: at, end });
    at = end ?? at + 1;
  }
  return spans;
}

function codeEnd(line: string, at: number, unclosed: Set<string>): number | undefined {
  if (line[at] !== "`" || line[at - 1] === "`") return undefined;
  let start = at;
  while (line[start] === "`") start += 1;
  const marks = line.slice(at, start);
  if (unclosed.has(marks)) return undefined;
  const end = line.indexOf(marks, start + 1);
  if (end < 0) unclosed.add(marks);
  return end < 0 ? undefined : end + marks.length;
}

const link = /!?\[[^\]\n[]{0,1000}\]\([^)\s([]{0,2000}\)/y;
const address = /<https?:[^>\s<]{1,2000}>/y;

function linkEnd(line: string, at: number): number | undefined {
  const shape = line[at] === "<" ? address : /[![]/.test(line[at]!) ? link : undefined;
  if (!shape) return undefined;
  shape.lastIndex = at;
  const found = shape.exec(line);
  return found ? at + found[0].length : undefined;
}

function styleEnd(line: string, at: number, unclosed: Set<string>): number | undefined {
  const mark = styles.find((each) => line.startsWith(each, at));
  if (mark === undefined || unclosed.has(mark)) return undefined;
  const start = at + mark.length;
  if (/^(\s|$)/.test(line.slice(start, start + 1))) return undefined;
  let end = line.indexOf(mark, start + 1);
  while (end >= 0 && /\s/.test(line[end - 1]!)) end = line.indexOf(mark, end + 1);
  if (end < 0) unclosed.add(mark);
  return end < 0 ? undefined : end + mark.length;
}
