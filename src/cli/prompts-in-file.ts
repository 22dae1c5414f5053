import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { ApprenticeError } from "../core/errors.ts";
import type { Json } from "../core/reply.ts";
import { itemsInFile, itemsInJson } from "../learning/evaluation/read-items.ts";
import { fieldsAmong, plainName } from "../learning/importers/fields.ts";
import { importLimits } from "../learning/importers/read.ts";
import type { Voice } from "../texts/say.ts";
import { nameOf, readWhole, standardInput, unreadable } from "./local-files.ts";

/**
 * The prompts of a file: its rows where it is CSV, TSV or one JSON value, else one a line, which is
 * JSON (`{"prompt": "..."}` or a text) or plain text. Throws `prompt-missing`, `attachment-*`,
 * `import-invalid`.
 */
export async function* promptsInFile(file: string, voice: Voice): AsyncGenerator<string> {
  const ending = /\.(csv|tsv|json)$/i.exec(file)?.[1]?.toLowerCase();
  if (ending === undefined) return yield* promptsInLines(file);
  const options = { name: basename(file), voice };
  const bytes = await readWhole(file, importLimits.bytes / 1024 / 1024);
  const value = ending === "json" ? jsonIn(bytes) : undefined;
  const items =
    value === undefined
      ? await itemsInFile({ name: basename(file), bytes }, options)
      : itemsInJson(value, options);
  for (const { prompt } of items) yield prompt;
}

/** One JSON value; `undefined` for JSON lines under the wrong name, and for what is no JSON. */
function jsonIn(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json;
  } catch {
    return undefined;
  }
}

async function* promptsInLines(file: string): AsyncGenerator<string> {
  const lines = createInterface({
    input: file === standardInput ? process.stdin : createReadStream(file, "utf8"),
    crlfDelay: Infinity,
  });
  let number = 0;
  try {
    for await (const line of lines) {
      number += 1;
      if (line.trim() !== "") yield promptOf(line.replace(/^\uFEFF/, ""), nameOf(file), number);
    }
  } catch (thrown) {
    if (thrown instanceof ApprenticeError) throw thrown;
    throw unreadable(file, thrown);
  }
}

function promptOf(text: string, file: string, line: number): string {
  // A raw NUL stands in no text, and in nearly every archive, picture or program.
  if (text.includes("\0"))
    throw new ApprenticeError("attachment-type", { name: file, allowed: "JSONL, TXT, CSV, JSON" });
  if (!/^\s*["{]/.test(text)) return text;
  const prompt = promptInJson(text);
  if (prompt !== undefined) return prompt;
  throw new ApprenticeError("prompt-missing", { file, line, near: text.trim().slice(0, 60) });
}

function promptInJson(text: string): string | undefined {
  try {
    const value = JSON.parse(text) as string | Readonly<Record<string, unknown>>;
    if (typeof value === "string") return value;
    const names = new Map(Object.keys(value).map((name) => [plainName(name), name]));
    const prompt = value[names.get(fieldsAmong([...names.keys()]).prompt ?? "") ?? ""];
    return typeof prompt === "string" ? prompt : undefined;
  } catch {
    return undefined;
  }
}
