import { ApprenticeError } from "../core/errors.ts";
import type { Json } from "../core/reply.ts";
import { itemsInFile, itemsInJson } from "../learning/evaluation/read-items.ts";
import type { TestItem } from "../learning/evaluation/test-item.ts";
import { decodeText } from "../learning/importers/decode.ts";
import { importLimits } from "../learning/importers/read.ts";
import type { Attachment } from "../core/message.ts";
import type { CommandContext } from "./context.ts";
import { readTolerantJson, type Repair } from "./tolerant-json.ts";

/** The rows of a test, where they came from, and what was mended in them. */
export type TestData = {
  readonly what: string;
  readonly items: readonly TestItem[];
  readonly repairs: readonly Repair[];
};

/**
 * The rows written as JSON in the message, in a file of the library that is named there, or in the
 * files that came with it. Throws `test-invalid`, `test-empty`, `import-*`, `library-*`.
 */
export async function readTestData(
  given: { readonly data?: string; readonly files?: readonly Attachment[] },
  context: CommandContext,
): Promise<TestData> {
  const { library, message, signal, say } = context;
  const items: TestItem[] = [];
  const repairs: Repair[] = [];
  const names: string[] = [];
  const take = async (name: string, bytes: Uint8Array): Promise<void> => {
    const found = await itemsIn({ name, bytes }, context);
    names.push(name);
    items.push(...found.items);
    repairs.push(...found.repairs);
  };
  for (const file of given.files ?? [])
    await take(file.name, await file.read(importLimits.bytes, signal));
  const data = given.data?.trim() ?? "";
  if (isFileName(data)) await take(data, await library.read(message.workspace, data));
  else if (data !== "" || names.length === 0) {
    const name = say("test.message");
    const found = readJsonItems(data, { ...context, name });
    names.push(name);
    items.push(...found.items);
    repairs.push(...found.repairs);
  }
  return { what: names.join(", "), items, repairs };
}

/** One word, or words, with an ending, as files have it and JSON does not. */
const isFileName = (text: string): boolean =>
  !/^[[{"`]/.test(text) && /^[^\n]+\.[a-z]{2,6}$/iu.test(text);

async function itemsIn(
  file: { readonly name: string; readonly bytes: Uint8Array },
  { voice, signal }: CommandContext,
): Promise<Omit<TestData, "what">> {
  const options = { name: file.name, voice, signal };
  const text = /\.json$/i.test(file.name) ? decodeText(file.bytes) : undefined;
  if (typeof text === "string") return readJsonItems(text, options);
  return { items: await itemsInFile(file, options), repairs: [] };
}

function readJsonItems(
  text: string,
  options: { readonly name: string; readonly voice: CommandContext["voice"] },
): Omit<TestData, "what"> {
  const { value, repairs } = readList(text);
  return { items: itemsInJson(value, options), repairs };
}

function readList(text: string): { readonly value: Json; readonly repairs: readonly Repair[] } {
  const invalid = (reason: string, cause?: unknown) =>
    new ApprenticeError(
      "test-invalid",
      { near: text.slice(0, 40), reason, example: '[{"prompt": "...", "answer": "..."}]' },
      { cause },
    );
  if (!/[[{]/.test(text)) throw invalid("JSON?");
  try {
    const read = readTolerantJson(text);
    if (typeof read.value === "object" && read.value !== null) return read;
  } catch (thrown) {
    const reason = thrown instanceof ApprenticeError ? thrown.values["reason"] : undefined;
    throw invalid(String(reason ?? "JSON?"), thrown);
  }
  throw invalid("JSON?");
}
