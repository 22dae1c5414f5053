import { readRecord } from "./fields.ts";
import { problem, type Found } from "./importer.ts";
import { countLineEnds, linesOf } from "./lines.ts";
import { isObject } from "./values.ts";

/** How a row looks, for people who wrote something else. */
export const exampleRow = '{"prompt": "...", "answer": "..."}';

/** JSON Lines: one JSON object per line; blank lines are skipped. */
export function* readJsonl(text: string): Generator<Found> {
  for (const line of linesOf(text)) {
    if (line.text.trim() === "") continue;
    const value = parseJson(line.text);
    if (value === undefined) yield brokenJson(line.number, line.text);
    else if (isObject(value)) yield* readRecord(value, line.number);
    else yield problem(line.number, "import.json-not-object", { example: exampleRow });
  }
}

/** The value, or `undefined` (which JSON cannot say) when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Names the line and the place in a text that is not JSON. */
export function brokenJson(line: number, text: string): Found {
  const position = breakOf(text);
  const near = text.slice(Math.max(0, position - 20), position + 20).trim();
  const values = { near: near.replaceAll(/\s+/g, " ") };
  return problem(line + countLineEnds(text.slice(0, position)), "import.json-broken", values);
}

/** Where a text stops being JSON: as the engine tells, else at the first thing that is no token. */
function breakOf(text: string): number {
  try {
    JSON.parse(text);
  } catch (error) {
    const told = / at position (\d+)/.exec(String(error))?.[1];
    if (told !== undefined) return Number(told);
  }
  const token = /\s+|[[\]{},:]|"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|true|false|null/y;
  let position = 0;
  while (token.test(text)) position = token.lastIndex;
  return position;
}
