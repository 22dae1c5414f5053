import type { Cell } from "./cell.ts";
import { columnsOf, isUsable, type Column } from "./columns.ts";
import { plainName, type Field } from "./fields.ts";
import type { ImportColumns } from "./importer.ts";

/** What a first row says. `unsure`: it may be names or a row, so nothing is guessed. */
export type Header =
  | { readonly kind: "columns"; readonly columns: readonly Column[] }
  | { readonly kind: "choices"; readonly choices: Choices }
  | { readonly kind: "none" }
  | { readonly kind: "unsure" }
  /** What people wrote to a help desk: its answers are not in it. */
  | { readonly kind: "tickets" }
  | { readonly kind: "missing"; readonly name: string };

/** A question with lettered answers of which one is named as right. */
export type Choices = {
  readonly question: number;
  readonly options: ReadonlyMap<string, number>;
  readonly correct: number;
};

const bare: readonly Column[] = [
  { field: "prompt", name: "prompt", at: 0 },
  { field: "answer", name: "answer", at: 1 },
];

/** Names that make a first row a header even when its other names are unknown. */
const telling = new Set([
  "prompt",
  "question",
  "questions",
  "вопрос",
  "вопросы",
  "answer",
  "answers",
  "ответ",
  "ответы",
]);
const correctNames = new Set([
  "correct",
  "correct answer",
  "right answer",
  "right",
  "key",
  "правильный",
  "верный",
  "правильный ответ",
  "верный ответ",
]);

/** Reads the first row of a table, with the rows below it as evidence. `given`: columns that a person named. */
export function headerOf(
  rows: readonly (readonly Cell[])[],
  given: ImportColumns | undefined,
): Header {
  const first = rows[0] ?? [];
  if (given !== undefined && Object.keys(given).length > 0) return namedByPerson(first, given);
  const names = first.map((cell) => plainName(cell ?? ""));
  const choices = choicesIn(names);
  if (choices) return { kind: "choices", choices };
  const columns = columnsOf(names);
  if (isUsable(columns)) return { kind: "columns", columns };
  if (areTickets(names)) return { kind: "tickets" };
  const known = names.findIndex((name) => telling.has(name));
  if (first.length === 2 && known !== -1) {
    const isPrompt = columns.some(({ field, at }) => field === "prompt" && at === known);
    return pair(isPrompt ? known : 1 - known);
  }
  if (known !== -1 || first.length > 2) return { kind: "unsure" };
  return namedByContent(rows) ?? { kind: "none" };
}

/** Columns of help desks (Zendesk, Intercom) beside a subject that names no question. */
const ticketNames = new Set([
  "ticket id",
  "ticket",
  "requester",
  "requester name",
  "requester email",
  "assignee",
  "assignee name",
  "conversation id",
  "contact email",
]);
const areTickets = (names: readonly string[]): boolean =>
  names.filter((name) => ticketNames.has(name)).length > 0 && names.length > 3;

const pair = (prompt: number): Header => ({
  kind: "columns",
  columns: bare.map((column) => ({ ...column, at: column.at === 0 ? prompt : 1 - prompt })),
});

/** Short words above rows of which one column asks: names we do not know. */
function namedByContent(rows: readonly (readonly Cell[])[]): Header | undefined {
  const [first = [], ...others] = rows;
  const isName = (cell: Cell): boolean =>
    cell !== null &&
    cell.trim() !== "" &&
    !/[?.!…]/.test(cell) &&
    cell.trim().split(" ").length < 4;
  if (others.length < 2 || !first.every(isName)) return undefined;
  const asks = [0, 1].map(
    (at) => others.filter((row) => (row[at] ?? "").trim().endsWith("?")).length / others.length,
  );
  const most = (asks[1] ?? 0) > (asks[0] ?? 0) ? 1 : 0;
  return (asks[most] ?? 0) > 0.6 ? pair(most) : undefined;
}

const fieldOfOption: Readonly<Record<keyof ImportColumns, Field>> = {
  question: "prompt",
  answer: "answer",
  alternatives: "alternatives",
  language: "language",
  tags: "tags",
};

function namedByPerson(first: readonly Cell[], given: ImportColumns): Header {
  const names = first.map((cell) => plainName(cell ?? ""));
  const columns: Column[] = [];
  for (const [option, name] of Object.entries(given) as [keyof ImportColumns, string][]) {
    const at = names.indexOf(plainName(name));
    if (at === -1) return { kind: "missing", name };
    const field = fieldOfOption[option];
    columns.push({ field, name: field, at });
  }
  // What nobody named is looked for by its own name.
  for (const column of columnsOf(names)) {
    if (columns.some(({ field, at }) => field === column.field || at === column.at)) continue;
    columns.push({ ...column, name: column.field });
  }
  return isUsable(columns) ? { kind: "columns", columns } : { kind: "unsure" };
}

function choicesIn(names: readonly string[]): Choices | undefined {
  const options = new Map<string, number>();
  for (const [at, name] of names.entries()) {
    const letter = /^(?:option |answer |choice )?([a-f1-6])$/.exec(name)?.[1];
    if (letter !== undefined) options.set(letter, at);
  }
  const correct = names.findIndex((name) => correctNames.has(name));
  const question = names.findIndex((name) => columnsOf([name])[0]?.field === "prompt");
  return options.size > 1 && correct !== -1 && question !== -1
    ? { question, options, correct }
    : undefined;
}

/** The right answer of a row: named by its letter or written out. */
export function chosenIn(row: readonly Cell[], { options, correct }: Choices): string | undefined {
  const named = (row[correct] ?? "").trim();
  const at = options.get(plainName(named)) ?? [...options.values()][Number(named) - 1];
  if (at !== undefined) return row[at] ?? undefined;
  return (
    [...options.values()].map((place) => row[place]).find((cell) => cell?.trim() === named) ??
    undefined
  );
}
