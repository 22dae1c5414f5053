/** So many different questions with one of seven answers each, as the lines of a JSONL file. */
export const madeUpLines = (count: number): string =>
  Array.from({ length: count }, (_, row) =>
    JSON.stringify({
      prompt: `${(row * 7_919).toString(36)} ${row.toString(36)} open?`,
      answer: `Answer ${row % 7}`,
    }),
  ).join("\n");
