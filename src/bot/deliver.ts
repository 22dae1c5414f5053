import { setImmediate as soon } from "node:timers/promises";
import { shownText, type Answer, type AnswerEvent } from "../core/answer.ts";
import type { Outbound } from "../core/platform.ts";
import type { Reply, ReplyButton, ReplyItem } from "../core/reply.ts";
import { createDraft } from "./draft.ts";
import { splitText } from "./split.ts";

/**
 * Sends an answer while it is being made and gives it back when it is whole, with the platform's
 * ids of the messages that carry it. `undefined`: there was nothing to answer. What was already made
 * is delivered even when its making is stopped; `signal` stops the delivery itself.
 */
export async function deliverAnswer(
  events: AsyncIterable<AnswerEvent>,
  outbound: Outbound,
  signal?: AbortSignal,
): Promise<{ readonly answer: Answer; readonly messageIds: readonly string[] } | undefined> {
  return outbound.stream
    ? streamAnswer(events, outbound.stream)
    : draftAnswer(events, outbound, signal);
}

/** Sends a reply in as many messages as the platform needs; files and buttons go with the last. */
export async function deliverReply(
  reply: Reply,
  outbound: Outbound,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const { text: limit, messages = Number.POSITIVE_INFINITY } = outbound.limits;
  const parts = splitText(reply.text, limit);
  if (parts.length > messages) return [await outbound.send(asFile(reply, parts[0]!), signal)];
  const { personal } = reply;
  const ids: string[] = [];
  for (const [place, text] of parts.entries()) {
    const last = place === parts.length - 1;
    const part = last ? { ...reply, text } : { text, ...(personal !== undefined && { personal }) };
    ids.push(await outbound.send(part, signal));
  }
  if (reply.items && reply.items.length > 0) await deliverItems(reply.items, ids, outbound, signal);
  return ids;
}

/** A reply too long to be read in a chat: its beginning, and the whole of it as a file. */
function asFile(reply: Reply, beginning: string): Reply {
  const bytes = new TextEncoder().encode(reply.text);
  const whole = { name: "answer.md", mediaType: "text/markdown", bytes };
  return { ...reply, text: beginning, files: [whole, ...(reply.files ?? [])] };
}

/** Each item as a message of its own, under the reply that lists them. */
async function deliverItems(
  items: readonly ReplyItem[],
  ids: readonly string[],
  outbound: Outbound,
  signal?: AbortSignal,
): Promise<void> {
  const under = ids.at(-1);
  if (!outbound.thread || under === undefined) return;
  const thread = await outbound.thread(under);
  for (const { key, ...item } of items) {
    if (key !== undefined && thread.listed?.has(key)) continue;
    await deliverReply(item, thread, signal);
    if (key !== undefined) await thread.listed?.add(key);
  }
}

async function streamAnswer(
  events: AsyncIterable<AnswerEvent>,
  stream: NonNullable<Outbound["stream"]>,
) {
  for await (const event of events) {
    if (event.kind === "delta") stream.delta(event.text);
    else {
      stream.done(event.answer);
      return { answer: event.answer, messageIds: [] };
    }
  }
  return undefined;
}

/** For platforms that can only send and edit: messages that grow, at the pace they allow. */
async function draftAnswer(
  events: AsyncIterable<AnswerEvent>,
  outbound: Outbound,
  signal: AbortSignal | undefined,
) {
  const draft = createDraft(outbound);
  let text = "";
  await outbound.typing?.();
  for await (const { event, isHurried } of hurried(events)) {
    if (event.kind === "done") {
      const messageIds = await draft.finish(replyOf(event.answer), signal);
      return { answer: event.answer, messageIds };
    }
    text += event.text;
    if (!isHurried) draft.show(text);
  }
  return undefined;
}

/**
 * The events, each with whether the next one is there already: an answer that is whole at once is sent
 * once, not shown as a piece and then edited.
 */
async function* hurried(
  events: AsyncIterable<AnswerEvent>,
): AsyncGenerator<{ readonly event: AnswerEvent; readonly isHurried: boolean }> {
  const iterator = events[Symbol.asyncIterator]();
  try {
    let next = iterator.next();
    while (true) {
      const { done, value: event } = await next;
      if (done) return;
      next = iterator.next();
      // Whoever awaits it below meets its failure; until then it is no unhandled one.
      next.catch(() => {});
      const isHurried = await Promise.race([next.then(isThere, isThere), soon(false)]);
      yield { event, isHurried };
    }
  } finally {
    await iterator.return?.();
  }
}

const isThere = (): boolean => true;

/** Characters of a question that fit on a button everywhere. */
const longestLabel = 80;

/** An answer as a reply: what may have been meant becomes a button that asks it. */
function replyOf(answer: Answer): Reply {
  const { turnId, known, suggestions } = answer;
  const text = shownText(answer);
  const buttons = suggestions.map(({ prompt }): ReplyButton => ({
    label: prompt.length > longestLabel ? `${prompt.slice(0, longestLabel - 1)}…` : prompt,
    call: { name: "ask", values: { question: prompt } },
  }));
  return { text, turnId, known, ...(buttons.length > 0 && { buttons }) };
}
