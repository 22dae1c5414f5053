import type { SourceFile } from "../learning/datasets/candidates.ts";
import { readTolerantJson } from "./tolerant-json.ts";

/**
 * Rows written in a message, as the file they would be: JSON, a table with a heading, lines of
 * `question => answer`, or questions and answers one below the other.
 */
export function rowsInText(text: string): SourceFile {
  const file = (ending: string, content: string): SourceFile => ({
    name: `message.${ending}`,
    bytes: new TextEncoder().encode(content),
  });
  const trimmed = text.trim();
  if (/^[[{]/.test(trimmed)) {
    if (isJsonLines(trimmed)) return file("jsonl", trimmed);
    const { value } = readTolerantJson(trimmed);
    return file("json", JSON.stringify(Array.isArray(value) ? value : [value]));
  }
  if (/^["']?(prompt|question|вопрос)["']?\s*[,;\t]/iu.test(trimmed)) return file("csv", trimmed);
  const lines = trimmed.split("\n").filter((line) => line.trim() !== "");
  const pairs = lines.map(pairIn);
  if (pairs.length > 0 && pairs.every((pair) => pair !== undefined))
    return file("jsonl", pairs.map((pair) => JSON.stringify(pair)).join("\n"));
  return file("txt", trimmed);
}

/** `question => answer` in one line. */
function pairIn(line: string): { readonly prompt: string; readonly answer: string } | undefined {
  const at = line.indexOf("=>");
  const prompt = line.slice(0, at).trim();
  const answer = line.slice(at + 2).trim();
  return at > 0 && prompt !== "" && answer !== "" ? { prompt, answer } : undefined;
}

/** Whether a text holds rows, rather than a name. */
export const looksLikeRows = (text: string): boolean =>
  /^\s*[[{]|=>|\n|^\s*(?:q|question|в|вопрос)\s*:/iu.test(text);

function isJsonLines(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length < 2) return false;
  return lines.every((line) => {
    try {
      return typeof JSON.parse(line) === "object";
    } catch {
      return false;
    }
  });
}
