import { ApprenticeError } from "../../core/errors.ts";
import type { Json } from "../../core/reply.ts";
import type { Voice } from "../../texts/say.ts";
import { holdsCanary } from "../datasets/canary.ts";
import { decodeText } from "../importers/decode.ts";
import { fieldsAmong, plainName, readRecord } from "../importers/fields.ts";
import { problem, type ImportProblem } from "../importers/importer.ts";
import { itemOf, lessonsOf } from "../importers/lessons.ts";
import { importError, readLessons, type ReadFile } from "../importers/read.ts";
import { isObject } from "../importers/values.ts";
import { longestPrompt } from "../lesson-rules.ts";
import type { TestItem } from "./test-item.ts";

const problemsShown = 20;

/**
 * The rows of a test that came as JSON: one row, a list of rows, an object around lists of rows, or a
 * map from prompts to answers. A row is what importing takes, or a prompt alone (a text, or an object
 * without an answer; `name` stands in for a missing prompt). Throws `import-invalid` and `test-empty`.
 */
export function itemsInJson(value: Json, options: ReadItemsOptions): readonly TestItem[] {
  return checked(
    recordsIn(value).flatMap((record, place) => itemsOfRecord(record, place + 1)),
    options,
  );
}

/**
 * The rows of a test in a file of any format that importing reads. Throws `import-*`,
 * `attachment-too-large` and `test-empty`.
 */
export async function itemsInFile(
  file: ReadFile,
  options: ReadItemsOptions,
): Promise<readonly TestItem[]> {
  if (/\.jsonl$|\.ndjson$/i.test(file.name)) {
    const text = decodeText(file.bytes);
    if (typeof text !== "string") return checked([text], options);
    return checked(linesOf(text).flatMap(itemsOfLine), options);
  }
  const imported = await readLessons(file, options);
  if (imported.problemCount > 0) throw importError(file.name, imported, options.voice);
  return imported.lessons
    .filter(({ prompt }) => !holdsCanary(prompt))
    .map(({ prompt, answer, label }) => ({ prompt, expected: answer, label }));
}

export type ReadItemsOptions = {
  /** How the source is called in what is said about it. */
  readonly name: string;
  readonly voice: Voice;
  readonly signal?: AbortSignal;
};

type Found = TestItem | ImportProblem;

function checked(found: readonly Found[], { name, voice }: ReadItemsOptions): readonly TestItem[] {
  const problems = found.filter((each): each is ImportProblem => "key" in each);
  if (problems.length > 0) {
    const imported = {
      problems: problems.slice(0, problemsShown),
      problemCount: problems.length,
    };
    throw importError(name, imported, voice);
  }
  const items = (found as readonly TestItem[]).filter(({ prompt }) => !holdsCanary(prompt));
  if (items.length === 0) throw new ApprenticeError("test-empty", { file: name });
  return items;
}

/** The rows in a JSON value, whatever is around them. */
function recordsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return [value];
  const names = Object.keys(value).map(plainName);
  const isRow = fieldsAmong(names).prompt !== undefined || /messages|name/.test(names.join(" "));
  if (isRow && !Object.values(value).every(Array.isArray)) return [value];
  const lists = Object.values(value).filter(Array.isArray);
  if (lists.length > 0) return lists.flat();
  return Object.entries(value).map(([prompt, answer]) => ({ prompt, answer }));
}

function itemsOfRecord(record: unknown, line: number): readonly Found[] {
  if (typeof record === "string") return [itemOfPrompt(record, line)];
  if (!isObject(record))
    return [
      problem(line, "import.json-not-object", { example: '{"prompt": "...", "answer": "..."}' }),
    ];
  const named = withPrompt(record);
  return [...readRecord(named, line)].flatMap((found): readonly Found[] => {
    if ("leftOut" in found) return [];
    if (!("key" in found)) {
      const item = itemOf(found, "positive");
      if ("key" in item) return [item];
      return lessonsOf(item).map(({ prompt, answer, label }) => ({
        prompt,
        expected: answer,
        label,
      }));
    }
    return found.key === "import.answer-missing" ? [itemOfPrompt(promptOf(named), line)] : [found];
  });
}

/** Rows of `name` and `label` name what is asked about in `name`. A schema may be an object. */
function withPrompt(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields = fieldsAmong(Object.keys(record).map(plainName));
  const named = { ...record };
  if (fields.prompt === undefined && typeof record["name"] === "string") {
    delete named["name"];
    named["text"] = record["name"];
  }
  const answer = record["answer"];
  if (isObject(answer) && !("content" in answer)) named["answer"] = JSON.stringify(answer);
  return named;
}

function promptOf(record: Readonly<Record<string, unknown>>): unknown {
  const names = new Map(Object.keys(record).map((name) => [plainName(name), name]));
  const field = fieldsAmong([...names.keys()]).prompt;
  return field === undefined ? undefined : record[names.get(field)!];
}

function itemOfPrompt(prompt: unknown, line: number): Found {
  if (typeof prompt !== "string") return problem(line, "import.field-type", { field: "prompt" });
  if (prompt.trim() === "") return problem(line, "import.prompt-empty");
  if (prompt.length <= longestPrompt) return { prompt, label: "positive" };
  return problem(line, "import.prompt-long", { length: prompt.length, limit: longestPrompt });
}

const linesOf = (text: string): readonly { readonly text: string; readonly line: number }[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line, place) => ({ text: line, line: place + 1 }))
    .filter((line) => line.text.trim() !== "");

function itemsOfLine({ text, line }: { text: string; line: number }): readonly Found[] {
  try {
    return itemsOfRecord(JSON.parse(text), line);
  } catch {
    return [problem(line, "import.json-broken", { near: text.trim().slice(0, 40) })];
  }
}
