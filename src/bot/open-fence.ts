/** A code block that is still open: what stands before its marks (of quotes), its marks, its language. */
export type OpenFence = {
  readonly quote: string;
  readonly marks: string;
  readonly language: string;
};

const maxMarks = 12;
const maxLanguage = 40;

/** The line that opens a block again, and the one that closes it. */
export const fenceOpen = ({ quote, marks, language }: OpenFence): string =>
  `${quote}${marks}${language}`;
export const fenceClose = ({ quote, marks }: OpenFence): string => `${quote}${marks}`;

/**
 * The block that is still open at the end of a text. In chats blocks are also opened behind words,
 * in quotes, and with any indentation; all of these count.
 */
export function fenceAfter(text: string, before: OpenFence | undefined): OpenFence | undefined {
  let open = before;
  for (const line of text.split("\n")) open = open ? stillOpen(line, open) : openedIn(line);
  return open;
}

function openedIn(line: string): OpenFence | undefined {
  const runs = [...line.matchAll(/`{3,}|~{3,}/g)];
  let opened: (typeof runs)[number] | undefined;
  for (const run of runs) {
    if (opened) {
      if (run[0] === opened[0]) opened = undefined;
    } else if (run[0].startsWith("`") || isLineStart(line, run.index)) opened = run;
  }
  if (!opened) return undefined;
  return {
    quote: quoteOf(line),
    marks: opened[0].slice(0, maxMarks),
    language: line
      .slice(opened.index + opened[0].length)
      .trim()
      .slice(0, maxLanguage),
  };
}

function stillOpen(line: string, open: OpenFence): OpenFence | undefined {
  const closing = [...line.matchAll(/`{3,}|~{3,}/g)].find(({ 0: run }) =>
    run.startsWith(open.marks),
  );
  if (!closing) return open;
  // A closing mark stands alone, or ends a line of a block that was opened behind words.
  const isLast = line.slice(closing.index + closing[0].length).trim() === "";
  return isLast || isLineStart(line, closing.index) ? undefined : open;
}

const isLineStart = (line: string, at: number): boolean => /^[\s>]*$/.test(line.slice(0, at));

/** The marks of quotes before a block, to be repeated before what opens and closes it. */
function quoteOf(line: string): string {
  const depth = /^[\s>]*/.exec(line)![0].replaceAll(/\s/g, "").length;
  return "> ".repeat(Math.min(depth, 2));
}
