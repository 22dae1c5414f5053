import { newId } from "../../core/ids.ts";
import type { CommandCall } from "../../core/message.ts";
import type { PlatformNotes } from "../../core/platform.ts";

/** What a button does: fills a command, or asks for words that a command still needs. */
export type Press =
  | { readonly kind: "call"; readonly call: CommandCall; readonly where: "in-place" | "apart" }
  | { readonly kind: "ask"; readonly call: CommandCall; readonly option: string };

/** Telegram's limit, in bytes. */
const longest = 64;
const marks = { "in-place": "r", apart: "t", ask: "a" } as const;

/**
 * A press as callback data: `t|feedback|turn=...|rating=good`. What does not fit is kept as a note, and
 * the data names the note.
 */
export async function encodePress(press: Press, notes: PlatformNotes): Promise<string> {
  const { name, values } = press.call;
  const fields = Object.entries(values).map(([key, value]) => `${key}=${String(value)}`);
  const isPlain = Object.values(values).every(
    (value) => typeof value === "string" && !/[|=]/.test(value),
  );
  const mark = press.kind === "ask" ? marks.ask : marks[press.where];
  const data = [mark, name, ...(press.kind === "ask" ? [press.option] : []), ...fields].join("|");
  if (isPlain && Buffer.byteLength(data) <= longest) return data;
  const key = newId();
  await notes.put(`press:${key}`, JSON.stringify(press));
  return `n|${key}`;
}

/** The press behind callback data; `undefined` when there is none, or none any more. */
export async function decodePress(data: string, notes: PlatformNotes): Promise<Press | undefined> {
  const [mark, name = "", ...rest] = data.split("|");
  if (mark === "n") {
    const kept = await notes.get(`press:${name}`);
    return kept === undefined ? undefined : (JSON.parse(kept) as Press);
  }
  if (mark === marks.ask) {
    const [option = "", ...fields] = rest;
    return { kind: "ask", option, call: { name, values: valuesOf(fields) } };
  }
  if (mark !== marks.apart && mark !== marks["in-place"]) return undefined;
  const where = mark === marks.apart ? "apart" : "in-place";
  return { kind: "call", where, call: { name, values: valuesOf(rest) } };
}

const valuesOf = (fields: readonly string[]): CommandCall["values"] =>
  Object.fromEntries(
    fields.map((field) => {
      const at = field.indexOf("=");
      return [field.slice(0, at), field.slice(at + 1)];
    }),
  );
