import type { Reply } from "../core/reply.ts";
import type { Effect, Receipt } from "../learning/teaching.ts";
import type { TextKey } from "../texts/en.ts";
import type { TextValues } from "../texts/say.ts";
import type { CommandContext } from "./context.ts";
import { effectButtons, effectFacts, effectWords, isIdle } from "./effect.ts";
import { shorten } from "./shorten.ts";
import { shellPrefix } from "./usage.ts";

/**
 * The visible proof of teaching: what was learned, whether it counts already, what it changed elsewhere,
 * what can be said about that, and how to take it back. Texts of people among the values are shown as one
 * line.
 */
export function receiptReply(
  receipt: Receipt,
  context: Pick<CommandContext, "say" | "prefix" | "message">,
  text: TextKey,
  values: TextValues = {},
): Reply {
  const { effect } = receipt;
  const buttons = effect ? effectButtons({ ...receipt, effect }, context) : [];
  const data = { ...receipt, ...effectFacts(receipt), ...(effect && { effect: { ...effect } }) };
  return {
    text: receiptWords(receipt, context, text, values),
    data: JSON.parse(JSON.stringify(data)) as NonNullable<Reply["data"]>,
    ...(!(effect && isIdle(effect)) && { actionId: receipt.actionId }),
    ...(buttons.length > 0 && { buttons }),
  };
}

/** The words of it; `message` is what taught, where it is at hand. */
export function receiptWords(
  receipt: Receipt,
  reader: Reader,
  text: TextKey,
  values: TextValues = {},
): string {
  const { say } = reader;
  const { effect } = receipt;
  if (effect && effect.outcome !== "waits") {
    const parts = [effectWords({ ...receipt, effect }, reader)];
    if (receipt.kind === "reviewed" && text.startsWith("review.")) parts.unshift(say(text));
    if (!isIdle(effect)) parts.push(undoWords(receipt, reader));
    return [parts.join(" "), ...settleLines(effect, reader)].join("\n");
  }
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
  parts.push(...itemWords(receipt, reader));
  if (receipt.added > 0 || receipt.superseded > 0) parts.push(undoWords(receipt, reader));
  return parts.join(" ");
}

/** In a shell nothing can be pressed: the lines that say how a correction was meant. */
const settleLines = ({ question }: Effect, { prefix }: Reader): readonly string[] =>
  question === null || prefix !== shellPrefix
    ? []
    : ["everywhere", "different"].map((as) => `${prefix}settle ${question.id.slice(-8)} ${as}`);

/** What became of the items of a file that was there before. */
function itemWords({ items }: Receipt, { say }: Reader): readonly string[] {
  if (!items) return [];
  const words: string[] = [];
  if (items.kept > 0) words.push(say("imported.kept", { count: items.kept }));
  if (items.both > 0) words.push(say("imported.both", { count: items.both }));
  if (items.gone > 0) words.push(say("imported.gone", { count: items.gone }));
  return words;
}

function undoWords({ actionId }: Receipt, { say, prefix, message }: Reader): string {
  const key = message?.via === "voice" ? "receipt.undo-spoken" : "receipt.undo";
  return say(key, { prefix, id: actionId.slice(-8) });
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
