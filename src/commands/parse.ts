import { ApprenticeError } from "../core/errors.ts";
import type { Attachment } from "../core/message.ts";
import { nearest } from "../core/nearest.ts";
import type { CommandForm, Option } from "./command-form.ts";
import { russianNames } from "../texts/command-names.ts";
import { usageHints } from "./usage.ts";
import { readBlock, readQuoted, readWord } from "./read-argument.ts";
import { readLesson } from "./read-lesson.ts";
import { yesOrNo } from "./yes-no.ts";

/** The values of a command's options, by name, each of the type its option says. */
export type ParsedValues = Readonly<Record<string, unknown>>;

/**
 * Splits `!name rest` into the lower-case name and the rest, or gives `undefined` when the text is
 * no command. A prefix followed by a space or another prefix ("!! wow") is just talk.
 */
export function splitCommand(
  text: string,
  prefix: string,
): { readonly name: string; readonly rest: string } | undefined {
  const trimmed = text.trimStart();
  if (prefix === "" || !trimmed.startsWith(prefix)) return undefined;
  const match = /^([\p{L}][\p{L}\p{N}_-]*)(?=\s|$)/u.exec(trimmed.slice(prefix.length));
  if (!match) return undefined;
  const rest = trimmed.slice(prefix.length + match[0].length);
  return { name: match[1]!.toLowerCase(), rest: rest.replace(/^[^\S\n]+/, "").trimEnd() };
}

/** The command called `name`. Throws `command-unknown` with the nearest name. */
export function findCommand<Form extends CommandForm>(
  commands: readonly Form[],
  name: string,
  prefix: string,
): Form {
  const command = commands.find((candidate) => candidate.name === name.toLowerCase());
  if (command) return command;
  const near = nearest(
    name.toLowerCase(),
    commands.flatMap((candidate) => [candidate.name, russianNames[candidate.name] ?? []].flat()),
  );
  throw new ApprenticeError("command-unknown", {
    name: prefix + name,
    nearest: near ? prefix + near : "",
  });
}

/**
 * Reads the values of a command's options from what a person typed after its name: `key=value`,
 * `--flag`, `--key=value`, `--no-flag`, quoted texts, code blocks and JSON as they stand, and bare
 * words in the order of the options. Throws `command-*` errors that show the usage.
 */
export function parseArguments(
  command: CommandForm,
  text: string,
  files: readonly Attachment[],
  prefix: string,
): ParsedValues {
  const hints = usageHints(command, prefix);
  const values: Record<string, unknown> = {};
  let left = text.trimStart();
  const lesson = lessonIn(command, left, hints);
  if (lesson) return finish(command, { ...values, ...lesson }, files, hints);

  while (left !== "") {
    const open = openOptions(command, values).find(([, option]) => takesBareWord(option, left));
    if (!open && command.ignoresWords) break;
    const named = readNamed(command, left, open?.[1], hints);
    if (named) {
      values[named.name] = named.value;
      left = named.left;
      continue;
    }
    if (!open)
      throw new ApprenticeError("command-argument-extra", {
        command: command.name,
        near: left.slice(0, 60),
        ...hints,
      });
    const [name, option] = open;
    const read = option.type === "rest" ? readRest(command, left) : readOne(left);
    values[name] = valueOf(name, option, read.value, hints);
    left = read.left;
  }
  return finish(command, values, files, hints);
}

/** Checks values that came by name (a form, a slash command, a shell) and converts them. */
export function parseNamed(
  command: CommandForm,
  given: Readonly<Record<string, unknown>>,
  files: readonly Attachment[],
  prefix: string,
): ParsedValues {
  const hints = usageHints(command, prefix);
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue;
    const option = optionOf(command, name) ?? unknownOption(command, name, hints);
    // A form gives booleans and numbers, and data where a chat has its JSON: all can be written down.
    const written = typeof value === "string" ? value : JSON.stringify(value);
    values[name] = valueOf(name, option, written, hints);
  }
  return finish(command, values, files, hints);
}

function finish(
  command: CommandForm,
  values: Record<string, unknown>,
  files: readonly Attachment[],
  hints: Hints,
): ParsedValues {
  for (const [name, option] of Object.entries(command.options)) {
    if (option.type === "files" && files.length > 0) values[name] = files;
    if (option.optional || values[name] !== undefined) continue;
    throw new ApprenticeError("command-argument-missing", {
      command: command.name,
      option: name,
      ...hints,
    });
  }
  return values;
}

/** `question => answer` and its like: the first two options of a command that takes a lesson. */
function lessonIn(
  command: CommandForm,
  text: string,
  { usage }: Hints,
): Record<string, string> | undefined {
  const [first, second] = Object.keys(command.options);
  if (!command.takesLesson || !first || !second) return undefined;
  const lesson = readLesson(text);
  if (lesson === undefined) return undefined;
  if (lesson === "unclear")
    throw new ApprenticeError("teaching-unclear", { near: text.slice(0, 80), usage });
  const { question, answer } = lesson;
  return { [first]: question, ...(answer !== undefined && { [second]: answer }) };
}

type Hints = ReturnType<typeof usageHints>;
type Read = { readonly value: string; readonly left: string };

function readNamed(
  command: CommandForm,
  text: string,
  open: Option | undefined,
  hints: Hints,
): (Read & { name: string; value: unknown }) | undefined {
  const match = /^(--)?([\p{L}][\p{L}\p{N}_-]*)(=(?![=>])|(?=\s|$))/u.exec(text);
  if (!match) return undefined;
  const [whole, dashes, written, equals] = match;
  if (!dashes && !equals) return undefined;
  const key = ownName(command, written!.toLowerCase().replaceAll("-", "_"));
  const option = optionOf(command, key);
  if (!option) {
    const negated = key.startsWith("no_") ? optionOf(command, key.slice(3)) : undefined;
    if (dashes && negated?.type === "flag") {
      return {
        name: key.slice(3),
        value: false,
        left: text.slice(whole.length).trimStart(),
      } as never;
    }
    const chosen = dashes ? optionWithChoice(command, key) : undefined;
    if (chosen) return { ...chosen, left: text.slice(whole.length).trimStart() };
    if (dashes || nearest(key, Object.keys(command.options)))
      unknownOption(command, written!, hints);
    if (isMeantAsOption(text.slice(whole.length), open)) unknownOption(command, written!, hints);
    return undefined;
  }
  const after = text.slice(whole.length);
  if (!equals && option.type === "flag")
    return { name: key, value: true, left: after.trimStart() } as never;
  const read =
    option.type === "rest" ? readRest(command, after.trimStart()) : readOne(after.trimStart());
  return { name: key, value: valueOf(key, option, read.value, hints) as string, left: read.left };
}

/**
 * Whether an unknown `key=` was meant as an option: its value is quoted, it stands where a text of one
 * word is expected, or nothing else is there. Amid free text (`a=b is how I speak`) it is text.
 */
function isMeantAsOption(value: string, open: Option | undefined): boolean {
  if (/^["'«“„]/.test(value)) return true;
  return open?.type !== "rest" || !/\s/.test(value.trim());
}

/** The choice that a word names, or an emoji in any colour of skin. */
function choiceOf({ choices = [], words = {} }: Option, word: string): string | undefined {
  const plain = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\p{Emoji_Modifier}\uFE0F]/gu, "");
  if (Object.hasOwn(words, plain)) return words[plain];
  return choices.find((choice) => choice === plain);
}

/** The name of the option that has this one among its other names. */
const ownName = (command: CommandForm, name: string): string =>
  Object.entries(command.options).find(([, { aliases }]) => aliases?.includes(name))?.[0] ?? name;

/** The command's own option that words can fill: nothing that every object has, and no files. */
function optionOf(command: CommandForm, name: string): Option | undefined {
  const option = Object.hasOwn(command.options, name) ? command.options[name] : undefined;
  return option?.type === "files" ? undefined : option;
}

/** `--negative` for an option that has `negative` among its choices. */
function optionWithChoice(
  command: CommandForm,
  word: string,
): { readonly name: string; readonly value: string } | undefined {
  for (const [name, { choices = [] }] of Object.entries(command.options)) {
    const value = choices.find((choice) => choice.replaceAll("-", "_") === word);
    if (value !== undefined) return { name, value };
  }
  return undefined;
}

function unknownOption(command: CommandForm, name: string, hints: Hints): never {
  throw new ApprenticeError("command-argument-unknown", {
    command: command.name,
    option: name,
    nearest: nearest(name, Object.keys(command.options)) ?? "",
    ...hints,
  });
}

const openOptions = (command: CommandForm, values: Record<string, unknown>) =>
  Object.entries(command.options).filter(
    ([name, option]) => values[name] === undefined && option.type !== "files",
  );

/** Whether the next bare word may be meant for this option; optional ones take only what fits. */
function takesBareWord(option: Option, text: string): boolean {
  if (option.type === "turn") return takesWord(option, readWord(text).value);
  return takesAnyWord(option) || takesWord(option, readOne(text).value);
}

/** Whether a word that stands alone may be meant for this option. */
export function takesWord(option: Option, word: string): boolean {
  if (takesAnyWord(option)) return true;
  switch (option.type) {
    case "turn":
      return looksLikeTurn(word);
    case "flag":
      return yesOrNo(word) !== undefined;
    case "integer":
      return /^[+-]?\d+$/.test(word);
    default:
      return choiceOf(option, word) !== undefined;
  }
}

const takesAnyWord = ({ optional, type }: Option): boolean =>
  !optional || type === "rest" || type === "text";

/** `last`, an id or the end of one, or a link to a message. */
const looksLikeTurn = (word: string): boolean =>
  /^(last|послед(ний|нее|няя))$/iu.test(word) ||
  /^https?:\/\/\S+\/\d+$/.test(word) ||
  /^(?=.*\d)[0-9a-f-]{6,36}$/i.test(word) ||
  /^\w+:[\w:-]{4,}$/.test(word);

const readOne = (text: string): Read => readBlock(text) ?? readQuoted(text) ?? readWord(text);

/**
 * Everything to the end, as it stands. A code block or a quoted text gives its inside when nothing
 * but options follows it.
 */
function readRest(command: CommandForm, text: string): Read {
  const block = readBlock(text);
  if (block && onlyOptions(command, block.left)) return block;
  const quoted = readQuoted(text);
  if (quoted && onlyOptions(command, quoted.left)) return quoted;
  return { value: text, left: "" };
}

const onlyOptions = (command: CommandForm, text: string): boolean =>
  text
    .split(/\s+/)
    .filter((word) => word !== "")
    .every((word) => {
      const name =
        /^(?:--)?([\p{L}_-]+)/u.exec(word)?.[1]?.toLowerCase().replaceAll("-", "_") ?? "";
      const marked = word.startsWith("--") || word.includes("=");
      const known =
        (optionOf(command, name) ?? optionOf(command, name.replace(/^no_/, ""))) !== undefined;
      return marked && (known || optionWithChoice(command, name) !== undefined);
    });

function valueOf(name: string, option: Option, value: string, hints: Hints): unknown {
  const refuse = (allowed: string, near?: string): never => {
    throw new ApprenticeError("command-argument-invalid", {
      option: name,
      value: value.slice(0, 100),
      allowed,
      nearest: near ?? "",
      ...hints,
    });
  };
  switch (option.type) {
    case "flag":
      return yesOrNo(value) ?? refuse("yes / no, да / нет");
    case "integer":
      return /^[+-]?\d{1,15}$/.test(value.trim()) ? Number(value) : refuse("1, 2, 3 ...");
    case "choice": {
      const choices = option.choices ?? [];
      const chosen = choiceOf(option, value);
      return chosen ?? refuse(choices.join(", "), nearest(value, choices));
    }
    default:
      return value;
  }
}
