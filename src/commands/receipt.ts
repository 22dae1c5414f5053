import type { Reply } from "../core/reply.ts";
import type { Receipt } from "../learning/teaching.ts";
import type { TextKey } from "../texts/en.ts";
import type { TextValues } from "../texts/say.ts";
import { shorten } from "./shorten.ts";
import type { CommandContext } from "./context.ts";

/**
 * The visible proof of teaching: what was learned, whether it counts already, what lost to it, and
 * how to take it back. Texts of people among the values are shown as one line.
 */
export const receiptReply = (
  receipt: Receipt,
  context: Pick<CommandContext, "say" | "prefix" | "message">,
  text: TextKey,
  values: TextValues = {},
): Reply => ({
  text: receiptWords(receipt, context, text, values),
  data: { ...receipt },
  actionId: receipt.actionId,
});

/** The words of it; `message` is what taught, where it is at hand. */
export function receiptWords(
  receipt: Receipt,
  { say, prefix, message }: Reader,
  text: TextKey,
  values: TextValues = {},
): string {
  const changesNothing = receipt.added + receipt.superseded === 0;
  // Of a file in which everything was known, nothing is learned and nothing is used from now on.
  const isOldNews = changesNothing && text === "teach.learned-many";
  const parts = [isOldNews ? say("receipt.nothing-new") : say(text, shortened(values))];
  // A rating alone teaches nothing that could be used.
  const isOnlyRating = receipt.kind === "rated" && changesNothing;
  if (!isOnlyRating && !isOldNews)
    parts.push(say(receipt.status === "active" ? "receipt.active" : "receipt.pending"));
  if (receipt.superseded > 0) parts.push(say("receipt.superseded", { count: receipt.superseded }));
  if (receipt.skipped > 0) parts.push(say("receipt.skipped", { count: receipt.skipped }));
  if (receipt.conflicts > 0) parts.push(say("receipt.conflicts", { count: receipt.conflicts }));
  if (receipt.added > 0 || receipt.superseded > 0) {
    const key = message?.via === "voice" ? "receipt.undo-spoken" : "receipt.undo";
    parts.push(say(key, { prefix, id: receipt.actionId.slice(-8) }));
  }
  return parts.join(" ");
}

type Reader = Pick<CommandContext, "say" | "prefix"> & Partial<Pick<CommandContext, "message">>;

const maxQuoteLength = 200;

const shortened = (values: TextValues): TextValues =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? shorten(value, maxQuoteLength) : value,
    ]),
  );
