import type { InlineKeyboardMarkup } from "grammy/types";
import type { Language } from "../../core/language.ts";
import type { PlatformNotes } from "../../core/platform.ts";
import type { Reply } from "../../core/reply.ts";
import { say } from "../../texts/say.ts";
import { encodePress, type Press } from "./callback-data.ts";

type Row = readonly { readonly label: string; readonly press: Press }[];

/** What a telephone shows of the labels in one row before it cuts them, in UTF-16 code units. */
const longestRow = 24;
const buttonsPerRow = 4;

/**
 * The buttons under a message: stop while it is written, else those the reply brings, then rate, correct, why and again under an
 * answer, or "teach me" where the bot did not know, or undo under a receipt.
 */
export async function keyboardFor(
  reply: Reply,
  language: Language,
  notes: PlatformNotes,
  isPrivate: boolean,
): Promise<InlineKeyboardMarkup | undefined> {
  const rows = reply.unfinished ? [stopRow(language)] : finishedRows(reply, language, isPrivate);
  if (rows.length === 0) return undefined;
  const keyboard = rows.map((row) =>
    Promise.all(
      row.map(async ({ label, press }) => ({
        text: label,
        callback_data: await encodePress(press, notes),
      })),
    ),
  );
  return { inline_keyboard: await Promise.all(keyboard) };
}

const finishedRows = (reply: Reply, language: Language, isPrivate: boolean): readonly Row[] => [
  ...replyRows(reply),
  ...teachRows(reply, language),
  ...receiptRows(reply, language, isPrivate),
];

const stopRow = (language: Language): Row => [
  { label: `■ ${say(language, "button.stop")}`, press: apart("stop", {}) },
];

const apart = (name: string, values: Readonly<Record<string, string>>): Press => ({
  kind: "call",
  call: { name, values },
  where: "apart",
});

function replyRows({ buttons = [], turnId }: Reply): readonly Row[] {
  // Under an answer they ask something new; elsewhere they are the next step of the same thing.
  const where = turnId === undefined ? "in-place" : "apart";
  const all = buttons.map(({ label, call, style, asks: option }) => ({
    label: style === undefined ? label : `${style === "good" ? "✅" : "✖️"} ${label}`,
    press:
      option === undefined
        ? ({ kind: "call", call, where } as const)
        : ({ kind: "ask", call, option } as const),
  }));
  const rows: Row[] = [];
  for (const button of all) {
    const row = rows.at(-1);
    const fits =
      row !== undefined &&
      row.length < buttonsPerRow &&
      [...row, button].reduce((sum, { label }) => sum + label.length, 0) <= longestRow;
    if (fits) rows[rows.length - 1] = [...row, button];
    else rows.push([button]);
  }
  return rows;
}

function teachRows({ turnId: turn, known }: Reply, language: Language): readonly Row[] {
  if (turn === undefined || known === undefined) return [];
  const correct = {
    kind: "ask",
    call: { name: "correct", values: { turn } },
    option: "correction",
  } as const;
  if (!known) return [[{ label: `✏️ ${say(language, "button.teach")}`, press: correct }]];
  return [
    [
      { label: "👍", press: apart("feedback", { rating: "good", turn }) },
      { label: "👎", press: apart("feedback", { rating: "bad", turn }) },
      { label: "✏️", press: correct },
      { label: "❓", press: apart("why", { turn }) },
      { label: "↻", press: apart("again", { answer: turn }) },
    ],
  ];
}

/** Words said to the bot alone may train models, if their author agrees to each; a group's never may. */
function receiptRows(
  { actionId: action }: Reply,
  language: Language,
  isPrivate: boolean,
): readonly Row[] {
  if (!action) return [];
  const call = { name: "undo", values: { action } };
  const undo = {
    label: `↩️ ${say(language, "button.undo")}`,
    press: { kind: "call", call, where: "in-place" },
  } as const;
  if (!isPrivate) return [[undo]];
  const consent = { label: say(language, "button.consent"), press: apart("consent", { action }) };
  return [[undo, consent]];
}
