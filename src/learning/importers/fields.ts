import type { Label } from "../../core/example.ts";
import { problem, type Found } from "./importer.ts";

/** The names a field goes by in the files of this world, the most telling first. */
const names = {
  prompt: [
    "prompt",
    "question",
    "questions",
    "instruction",
    "input",
    "text",
    "utterance",
    "query",
    "sentence",
    "q",
    "user",
    "вопрос",
    "вопросы",
    "запрос",
  ],
  answer: [
    "answer",
    "chosen",
    "preferred_output",
    "completion",
    "response",
    "output",
    "reply",
    "intent",
    "category",
    "target",
    "a",
    "assistant",
    "ответ",
  ],
  rejected: ["rejected", "non_preferred_output", "wrong", "отвергнутый"],
  label: ["label", "метка"],
  tags: ["tags", "теги"],
} as const;
export type Field = keyof typeof names;

/** Prompt columns beside which `label` is a class name, as in public sets of utterances. */
const utterances = new Set(["text", "utterance", "sentence", "query"]);

const labelWords = new Map<unknown, Label>([
  ...["positive", "pos", "good", "true", "yes", "1", "+1", "+", "да", 1, true].map(
    (word) => [word, "positive"] as const,
  ),
  ...["negative", "neg", "bad", "false", "no", "0", "-1", "-", "нет", 0, -1, false].map(
    (word) => [word, "negative"] as const,
  ),
]);

/** Which of the given names (lower case) carry which field. */
export function fieldsAmong(given: readonly string[]): Partial<Record<Field, string>> {
  const found: Partial<Record<Field, string>> = {};
  for (const field of Object.keys(names) as Field[]) {
    const name = names[field].find((known) => given.includes(known));
    if (name !== undefined) found[field] = name;
  }
  return found;
}

/** A name as it is compared: `" Question "` is `question`. */
export const plainName = (name: string): string => name.trim().toLowerCase();

/**
 * The rows in one record of a JSON, JSONL or CSV file. Understood: our own fields and their other
 * names, chat `messages`, preference pairs (chosen / rejected) and rated answers (`label` as a
 * boolean). Several wordings of one question become one row each.
 */
export function* readRecord(
  record: Readonly<Record<string, unknown>>,
  line: number,
): Generator<Found> {
  const values = new Map(Object.entries(record).map(([name, value]) => [plainName(name), value]));
  if (Array.isArray(values.get("messages"))) return yield* readMessages(values, line);

  const fields = fieldsAmong([...values.keys()]);
  const valueOf = (field: Field): unknown => {
    const name = fields[field];
    return name === undefined ? undefined : values.get(name);
  };
  let label = valueOf("label");
  let answer = valueOf("answer");
  const rejected = textOf(valueOf("rejected"));
  if (answer === undefined && isClassName(label, fields.prompt))
    [answer, label] = [label, undefined];

  if (fields.prompt === undefined) {
    yield problem(line, "import.prompt-missing", { fields: [...values.keys()].join(", ") });
    return;
  }
  const prompts = promptsOf(valueOf("prompt"), fields.prompt, values);
  if (prompts === undefined) {
    yield problem(line, "import.field-type", { field: fields.prompt });
    return;
  }
  const common = commonOf(line, label, valueOf("tags"));
  if ("key" in common) return yield common;
  if (answer === undefined && rejected !== undefined) {
    for (const prompt of prompts) yield { ...common, prompt, answer: rejected, label: "negative" };
    return;
  }
  if (answer === undefined) return yield problem(line, "import.answer-missing");
  const said = answer === null ? null : textOf(answer);
  if (said === undefined) {
    yield problem(line, "import.field-type", { field: fields.answer ?? "label" });
    return;
  }
  const pair = rejected === undefined || rejected === "" ? {} : { rejected };
  for (const prompt of prompts) yield { ...common, ...pair, prompt, answer: said };
}

function* readMessages(values: ReadonlyMap<string, unknown>, line: number): Generator<Found> {
  const messages = values.get("messages") as readonly unknown[];
  const last = messages.findLastIndex((message) => roleOf(message) === "assistant");
  const prompt = textOf(
    messages.slice(0, Math.max(last, 0)).findLast((message) => roleOf(message) === "user"),
  );
  const answer = textOf(messages[last]);
  if (prompt === undefined || answer === undefined) return yield problem(line, "import.messages");
  const common = commonOf(line, values.get("label"), values.get("tags"));
  yield "key" in common ? common : { ...common, prompt, answer };
}

function commonOf(
  line: number,
  label: unknown,
  tags: unknown,
): { line: number; label?: Label; tags?: string[] } | Extract<Found, { key: unknown }> {
  const named = tagsOf(tags);
  const common = named.length > 0 ? { line, tags: named } : { line };
  if (label === undefined || label === null || label === "") return common;
  const known = labelWords.get(typeof label === "string" ? plainName(label) : label);
  return known
    ? { ...common, label: known }
    : problem(line, "import.label", { value: (textOf(label) ?? "{}").slice(0, 40) });
}

function isClassName(label: unknown, promptName: string | undefined): boolean {
  if (label === undefined || label === "" || promptName === undefined) return false;
  const word = typeof label === "string" ? plainName(label) : label;
  return utterances.has(promptName) || !labelWords.has(word);
}

function promptsOf(
  value: unknown,
  name: string,
  values: ReadonlyMap<string, unknown>,
): readonly string[] | undefined {
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string"))
    return value;
  if (Array.isArray(value))
    return asList(textOf(value.findLast((message) => roleOf(message) === "user")));
  const text = textOf(value);
  // An instruction may come with the text it is about (Alpaca's `instruction` and `input`).
  const about = name === "instruction" ? textOf(values.get("input")) : undefined;
  return asList(text !== undefined && about ? `${text}\n\n${about}` : text);
}

const asList = (text: string | undefined): readonly string[] | undefined =>
  text === undefined ? undefined : [text];

/** A string or number as text; of a message its content; of messages the last one's. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return messageText(value.at(-1));
  return messageText(value);
}

function messageText(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  if (Array.isArray(value["messages"])) return messageText(value["messages"].at(-1));
  const content = value["content"] ?? value["text"];
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  const parts = content.map((part: unknown) => (isObject(part) ? part["text"] : undefined));
  return parts.every((part) => typeof part === "string") ? parts.join("") : undefined;
}

const roleOf = (message: unknown): unknown => (isObject(message) ? message["role"] : undefined);

function tagsOf(value: unknown): string[] {
  const tags = typeof value === "string" ? value.split(/[,;]/) : Array.isArray(value) ? value : [];
  return tags.map((tag: unknown) => String(tag).trim()).filter((tag) => tag !== "");
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
