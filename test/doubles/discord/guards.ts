import type { Component } from "./world.ts";

// Limits that Discord has and its API description does not say.

/** Discord's largest upload without boosts, in bytes. */
export const largestFile = 10 * 1024 * 1024;

type Fields = { readonly [key: string]: unknown };

/** What is wrong with the body of a message. */
export function messageProblems(body: Fields): string[] {
  const problems: string[] = [];
  const { content, nonce, components, embeds } = body;
  if (typeof content === "string" && content.length > 2_000)
    problems.push("content: Must be 2000 or fewer in length.");
  if (typeof nonce === "string" && nonce.length > 25) problems.push("nonce: 25 characters at most");
  if (Array.isArray(embeds) && JSON.stringify(embeds).length > 6_000)
    problems.push("embeds: Embed size exceeds maximum size of 6000");
  if (Array.isArray(components)) problems.push(...rowProblems(components as Component[]));
  return problems;
}

function rowProblems(rows: readonly Component[]): string[] {
  const problems: string[] = [];
  if (rows.length > 5) problems.push("components: 5 rows at most");
  const parts = rows.flatMap((row) => (row["components"] ?? []) as Component[]);
  for (const part of parts) {
    const { custom_id: id, url, label, emoji } = part;
    if (part.type !== 2) continue;
    if (id === undefined && url === undefined) problems.push("a button without custom_id or url");
    if (label === undefined && emoji === undefined)
      problems.push("a button without label or emoji");
  }
  return [...problems, ...idProblems(parts)];
}

function idProblems(parts: readonly Component[]): string[] {
  const ids = parts.flatMap(({ custom_id: id }) => (typeof id === "string" ? [id] : []));
  const problems = ids
    .filter((id) => id.length < 1 || id.length > 100)
    .map(() => "custom_id: 1 to 100 characters");
  if (new Set(ids).size < ids.length)
    problems.push("custom_id: Component custom id cannot be duplicated");
  return problems;
}

/** What is wrong with a modal. */
export function modalProblems(body: Fields): string[] {
  const problems: string[] = [];
  const { title, custom_id: id, components } = body;
  if (typeof title !== "string" || title.length < 1 || title.length > 45)
    problems.push("title: 1 to 45 characters");
  if (typeof id !== "string" || id.length < 1 || id.length > 100)
    problems.push("custom_id: 1 to 100 characters");
  const rows = Array.isArray(components) ? (components as Component[]) : [];
  if (rows.length < 1 || rows.length > 5) problems.push("components: 1 to 5");
  const inputs = rows.flatMap((row) =>
    row.type === 18 ? [row["component"] as Component] : ((row["components"] ?? []) as Component[]),
  );
  for (const { label } of rows)
    if (typeof label === "string" && (label.length < 1 || label.length > 45))
      problems.push("label: 1 to 45 characters");
  for (const input of inputs) {
    const { value, max_length: most = 4_000 } = input;
    if (typeof value === "string" && value.length > Number(most))
      problems.push("value: longer than max_length");
  }
  return [...problems, ...idProblems(inputs)];
}

/** What is wrong with the choices of an autocompletion. */
export function choiceProblems(body: Fields): string[] {
  const choices = (body["choices"] ?? []) as { name?: unknown; value?: unknown }[];
  const fits = (text: unknown): boolean =>
    typeof text !== "string" || (text.length >= 1 && text.length <= 100);
  return choices
    .filter(({ name, value }) => !fits(name) || !fits(value))
    .map(() => "choices: name and value of 1 to 100 characters");
}

const commandName = /^[-_'\p{L}\p{N}]{1,32}$/u;
const mostByType: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };
const locales = new Set(
  "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko".split(
    " ",
  ),
);

/** What is wrong with a list of application commands. */
export function commandProblems(commands: readonly Fields[]): string[] {
  const problems = commands.flatMap(oneCommandProblems);
  for (const [type, most] of Object.entries(mostByType)) {
    const same = commands.filter((command) => (command["type"] ?? 1) === Number(type));
    if (same.length > most) problems.push(`${most} commands of type ${type} at most`);
    const names = same.map(({ name }) => name);
    if (new Set(names).size < names.length) problems.push("name: duplicate names");
  }
  return problems;
}

function oneCommandProblems(command: Fields): string[] {
  const { name, type = 1, description } = command;
  const problems = localeProblems(command);
  if (type !== 1) {
    if (typeof name !== "string" || name.length < 1 || name.length > 32)
      problems.push("name: 1 to 32 characters");
    if (description !== undefined && description !== "")
      problems.push("description: none in a menu");
    return problems;
  }
  const size = commandSize(command);
  if (size > 8_000) problems.push(`${String(name)}: ${size} characters, 8000 at most`);
  return [...problems, ...namedProblems(command), ...optionProblems(command)];
}

function optionProblems(command: Fields): string[] {
  const options = (command["options"] ?? []) as Fields[];
  const problems = options.flatMap((option) => [
    ...namedProblems(option),
    ...localeProblems(option),
    ...choiceProblems(option),
    ...(option["autocomplete"] === true && option["choices"] !== undefined
      ? ["autocomplete: not together with choices"]
      : []),
  ]);
  const firstOptional = options.findIndex(({ required }) => required !== true);
  if (firstOptional >= 0 && options.slice(firstOptional).some(({ required }) => required === true))
    problems.push("options: Required options must be placed before non-required options");
  const names = options.map(({ name }) => name);
  if (new Set(names).size < names.length) problems.push("options: duplicate names");
  return problems;
}

function namedProblems({ name, description }: Fields): string[] {
  const problems: string[] = [];
  if (typeof name !== "string" || !commandName.test(name) || name !== name.toLowerCase())
    problems.push(`name: ${String(name)} is not a command name`);
  if (typeof description !== "string" || description.length < 1 || description.length > 100)
    problems.push(`${String(name)}: description of 1 to 100 characters`);
  return problems;
}

function localeProblems(command: Fields): string[] {
  const maps = [command["name_localizations"], command["description_localizations"]];
  return maps.flatMap((map) =>
    Object.entries((map ?? {}) as Record<string, unknown>)
      .filter(([locale, text]) => !locales.has(locale) || String(text).length > 100 || text === "")
      .map(([locale]) => `localization ${locale} is not right`),
  );
}

/** Name, description and values together; of localised ones the longest counts. */
function commandSize(part: Fields): number {
  const longest = (text: unknown, map: unknown): number =>
    Math.max(
      String(text ?? "").length,
      ...Object.values((map ?? {}) as Record<string, string>).map((each) => each.length),
    );
  const own =
    longest(part["name"], part["name_localizations"]) +
    longest(part["description"], part["description_localizations"]) +
    String(part["value"] ?? "").length;
  const inner = [
    ...((part["options"] ?? []) as Fields[]),
    ...((part["choices"] ?? []) as Fields[]),
  ];
  return inner.reduce((sum, each) => sum + commandSize(each), own);
}
