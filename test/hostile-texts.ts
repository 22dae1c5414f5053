import { parseArguments } from "../src/commands/parse.ts";
import { commands } from "../src/commands/index.ts";
import { rowsInText } from "../src/commands/text-rows.ts";
import { splitText } from "../src/bot/split.ts";
import { languageOf } from "../src/core/language.ts";
import { ApprenticeError } from "../src/core/errors.ts";
import { privateData } from "../src/learning/datasets/private-data.ts";
import { textFormats } from "../src/learning/importers/importer.ts";
import { readDocument } from "../src/learning/importers/office/read-document.ts";
import { readLessons } from "../src/learning/importers/read.ts";
import { renderMarkdown } from "../src/platforms/telegram/markdown.ts";
import { clauses } from "../src/speech/text/clauses.ts";
import { speakable } from "../src/speech/text/speakable.ts";
import { withoutCode } from "../src/speech/text/without-code.ts";
import { isCalled, withoutName } from "../src/speech/turn/addressing.ts";

/** Pieces that, repeated, have kept some parser of Markdown, commands or files busy. */
const pieces = [
  ..."~|`|*|**|_|#|>|-|=|+|<|[|]|(|\\|\"|'|«|{|,|;|:|.|?|1|a|я|@|🎉".split("|"),
  "|",
  ..." |\t|\n|\r\n".split("|"),
  ...'- |> |1. |[a](|![|[\\]|**a *b |a@|a.|www.|http://|<a |<!--|```\n|~~~\n|~\n|Q: |Q:\n|- a\n|# a\n|a,b\n|"a",'.split(
    "|",
  ),
  "| a ",
  "|a|\n",
  "a => ",
  "=> ",
  "a=",
  '"a" ',
  "{'a':",
  '{"a":[',
  "1 - ",
  "+7 495 ",
  "a?\n",
  "a, b ",
];

/** Texts of about `length` characters, each of one hostile shape. */
export const hostileTexts = (
  length: number,
): { readonly name: string; readonly text: string }[] => {
  const fill = (piece: string, share = 1): string =>
    piece.repeat(Math.ceil((length * share) / piece.length)).slice(0, length * share);
  return [
    ...pieces.map((piece) => ({ name: JSON.stringify(piece), text: fill(piece) })),
    ...pieces.slice(0, 12).map((piece) => ({
      name: `# a? ${JSON.stringify(piece)}`,
      text: `# a?\n${fill(piece, 0.9)}\``,
    })),
    { name: "tabs and dashes", text: `|a\n${fill("\t", 0.45)}${fill("-", 0.45)}x` },
    { name: "fence in fence", text: `${fill("~", 0.45)}\n${fill("~", 0.45)}\`x` },
    { name: "dashes before a word", text: `${fill("-", 0.9)} Saturday` },
    { name: "blanks before a mark", text: `a${fill(" ", 0.9)}=>` },
  ];
};

type Parser = { readonly name: string; run(text: string): unknown };

/** What reads the words of people in a chat or aloud. */
export const textParsers: readonly Parser[] = [
  { name: "Telegram's Markdown", run: (text) => renderMarkdown(text.slice(0, 4_096)) },
  { name: "splitting", run: (text) => splitText(text, 2_000) },
  { name: "arguments of teach", run: (text) => parsed("teach", text) },
  { name: "arguments of train", run: (text) => parsed("train", text) },
  { name: "arguments of correct", run: (text) => parsed("correct", text) },
  { name: "rows in a message", run: rowsInText },
  { name: "private data", run: privateData },
  { name: "language", run: (text) => languageOf(text, "en") },
  {
    name: "a name in what was said",
    run: (text) => [isCalled(text, ["Ann"]), withoutName(text, ["Ann"])],
  },
  { name: "speech", run: spoken },
];

/** What reads files, one parser for each format. */
export const fileParsers: readonly Parser[] = [
  ...textFormats.map((format) => ({
    name: `file.${format}`,
    run: (text: string) =>
      readLessons({ name: `a.${format}`, bytes: new TextEncoder().encode(text) }),
  })),
  { name: "file.html", run: readHtml },
];

async function readHtml(text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  for await (const _found of readDocument({ kind: "html", name: "a.html", bytes }));
}

const parsed = (name: string, text: string): unknown =>
  parseArguments(
    commands.find((command) => command.name === name)!,
    text,
    [],
    "!",
  );

async function spoken(text: string): Promise<void> {
  for await (const clause of clauses(withoutCode(whole(text), "en"))) speakable(clause, "en");
}

async function* whole(text: string): AsyncGenerator<string> {
  yield text;
}

/** Runs a parser over a text; a refusal is an answer too. Gives the milliseconds it took. */
export async function timeOf({ run }: Parser, text: string): Promise<number> {
  const started = performance.now();
  try {
    await run(text);
  } catch (thrown) {
    if (!(thrown instanceof ApprenticeError)) throw thrown;
  }
  return performance.now() - started;
}
