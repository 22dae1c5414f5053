/** The line that opens or closes a block of code in Markdown. */
export type CodeFence = { readonly marks: string; readonly info: string };

const maxMarks = 64;

/** Reads a line as a code fence (CommonMark 4.5); one with more than 64 marks is none. */
export function codeFence(line: string): CodeFence | undefined {
  let start = 0;
  while (start < 3 && line[start] === " ") start += 1;
  const sign = line[start];
  if (sign !== "`" && sign !== "~") return undefined;
  let end = start;
  while (line[end] === sign) end += 1;
  const count = end - start;
  const info = line.slice(end);
  if (count < 3 || count > maxMarks || (sign === "`" && info.includes("`"))) return undefined;
  return { marks: line.slice(start, end), info: info.trim() };
}

/** Whether a line closes the block that a fence with these marks opened. */
export function closesFence(line: string, marks: string): boolean {
  const fence = codeFence(line);
  return fence !== undefined && fence.info === "" && fence.marks.startsWith(marks);
}
