import type { Label } from "../../core/example.ts";
import { isChat, readChat } from "./chats.ts";
import { leaveOut, problem, type Found } from "./importer.ts";
import { withoutMarkup } from "./markup.ts";
import { roleOf, textOf } from "./values.ts";

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
    "phrase",
    "faq",
    "title",
    "subject",
    "heading",
    "topic",
    "тема",
    "заголовок",
    "frage",
    "fragen",
    "pregunta",
    "preguntas",
    "domanda",
    "pergunta",
  ],
  answer: [
    "answer",
    "answers",
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
    "ответы",
    "bot",
    "body",
    "solution",
    "resolution",
    "responses",
    "antwort",
    "antworten",
    "respuesta",
    "respuestas",
    "réponse",
    "réponses",
    "risposta",
    "resposta",
    "решение",
  ],
  rejected: ["rejected", "non_preferred_output", "wrong", "отвергнутый"],
  label: ["label", "метка"],
  tags: ["tags", "tag", "labels", "label_names", "теги", "тег"],
  alternatives: [
    "alternatives",
    "alternative",
    "alternative questions",
    "variants",
    "variations",
    "paraphrases",
    "wordings",
    "synonyms",
    "варианты",
    "другие формулировки",
    "формулировки",
  ],
  language: ["language", "lang", "locale", "язык"],
  id: ["id", "key", "qid"],
  /** Whether anybody but its writers was to see it. */
  state: ["draft", "state", "status"],
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
export const plainName = (name: string): string =>
  name
    .normalize("NFC")
    .trim()
    .toLowerCase()
    .replaceAll(/^[^\p{L}\p{N}+-]|[:?*.!]$/gu, "")
    .trim();

/**
 * The rows in one record of a JSON, JSONL or CSV file. Understood: our own fields and their other
 * names, chats, preference pairs (chosen / rejected) and rated answers (`label` as a boolean).
 */
export function* readRecord(
  record: Readonly<Record<string, unknown>>,
  line: number,
): Generator<Found> {
  const values = new Map(Object.entries(record).map(([name, value]) => [plainName(name), value]));
  const fields = fieldsAmong([...values.keys()]);
  const valueOf = (field: Field): unknown => {
    const name = fields[field];
    return name === undefined ? undefined : values.get(name);
  };
  if (isDraft(values)) return yield leaveOut(line, "import.left-draft");
  const tags = valueOf("tags");
  if (isChat(values, fields.prompt)) {
    const common = commonOf(line, values.get("label"), tags);
    return yield* "key" in common ? [common] : readChat(values, common);
  }
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
  const others = alternativesOf(valueOf("alternatives"));
  const wordings = [...prompts, ...others];
  const base = commonOf(line, label, tags);
  if ("key" in base) return yield base;
  const [id, language] = [textOf(valueOf("id")), textOf(valueOf("language"))];
  const common = { ...base, ...(id && { id }), ...(language && { language }) };
  if (answer === undefined && rejected !== undefined) {
    return yield { ...common, wordings, answer: rejected, label: "negative" };
  }
  if (answer === undefined) return yield problem(line, "import.answer-missing");
  const text = textOf(answer);
  const said = answer === null ? null : text && withoutMarkup(text);
  if (said === undefined) {
    yield problem(line, "import.field-type", { field: fields.answer ?? "label" });
    return;
  }
  const pair = rejected === undefined || rejected === "" ? {} : { rejected };
  yield { ...common, ...pair, wordings, answer: said };
}

/** What nobody but its writers was to see, as help centers say it. */
function isDraft(values: ReadonlyMap<string, unknown>): boolean {
  const draft = values.get("draft");
  const state = textOf(values.get("state") ?? values.get("status"))?.toLowerCase() ?? "";
  return draft === true || textOf(draft)?.toLowerCase() === "true" || draftStates.has(state.trim());
}
const draftStates = new Set(["draft", "unpublished", "archived"]);

/** Other wordings: a list, or a cell that parts them by line ends, `|` or `;`. */
function alternativesOf(value: unknown): string[] {
  const list =
    typeof value === "string" ? value.split(/[\n|;]/) : Array.isArray(value) ? value : [];
  return list.flatMap((each) => textOf(each)?.trim() ?? []).filter((each) => each !== "");
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

function tagsOf(value: unknown): string[] {
  const tags = typeof value === "string" ? value.split(/[,;]/) : Array.isArray(value) ? value : [];
  return tags.map((tag: unknown) => String(tag).trim()).filter((tag) => tag !== "");
}
