import { ApprenticeError } from "../../core/errors.ts";
import { fieldsAmong, plainName } from "./fields.ts";
import { importFormats, type TextFormat } from "./importer.ts";
import { linesOf } from "./lines.ts";
import { parseJson } from "./jsonl.ts";
import { hasQuestionMarks } from "./questions.ts";

const endings: Readonly<Record<string, TextFormat>> = {
  csv: "csv",
  tsv: "csv",
  jsonl: "jsonl",
  ndjson: "jsonl",
  json: "json",
  txt: "txt",
  text: "txt",
  md: "md",
  markdown: "md",
  yml: "yaml",
  yaml: "yaml",
};

/**
 * The format of a file: by the ending of its name, then by what is in it; `undefined` when neither
 * tells. A file of JSON lines is known as such whatever the ending says.
 */
export function formatOf(name: string, text: string): TextFormat | undefined {
  const named = formatOfName(name);
  if (named === undefined) return formatOfContent(text);
  return named === "json" || named === "jsonl" ? jsonFormatOf(text, named) : named;
}

/** The format that the ending of a name tells; `undefined` when it is none of ours. */
export const formatOfName = (name: string): TextFormat | undefined =>
  endings[/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ""];

/** JSON lines are told by a first line that is a whole value, with more lines below it. */
function jsonFormatOf(text: string, named: "json" | "jsonl" = "json"): "json" | "jsonl" {
  const filled = linesOf(text)
    .filter((line) => line.text.trim() !== "")
    .take(2)
    .toArray();
  const first = filled[0]?.text ?? "";
  if (named === "jsonl" && !first.trimStart().startsWith("[")) return "jsonl";
  return filled.length < 2 || parseJson(first) === undefined ? "json" : "jsonl";
}

function formatOfContent(text: string): TextFormat | undefined {
  const start = text.trimStart();
  if (start.startsWith("[") || start.startsWith("{")) return jsonFormatOf(text);
  const lines = [...linesOf(text.slice(0, 65_536))].filter((line) => line.text.trim() !== "");
  if (lines.length === 0) return "txt";
  if (hasQuestionMarks(lines)) return "txt";
  if (lines.some((line) => /^ {0,3}#{1,6}\s+\S/.test(line.text))) return "md";
  const share = (sign: RegExp): number =>
    lines.filter((line) => sign.test(line.text)).length / lines.length;
  if (share(/^\s*\|.*\|\s*$/) > 0.9) return "md";
  if (share(/=>|\t|\s\|\s/) > 0.9) return "txt";
  return namesColumns(lines[0]!.text) || share(/[,;]/) > 0.9 ? "csv" : undefined;
}

/** The error for a file of which nothing tells what it is. */
export const unknownFormat = (file: string): ApprenticeError =>
  new ApprenticeError("import-format", { file, allowed: importFormats.join(", ") });

/** Whether a line is a first row of a table whose columns we know by name. */
function namesColumns(line: string): boolean {
  const cells = line.split(/[,;\t]/).map((cell) => plainName(cell.replaceAll('"', "")));
  return cells.length > 1 && fieldsAmong(cells).prompt !== undefined;
}
