import type { Answer, AnswerEvent } from "../core/answer.ts";
import { elapsed } from "../core/clock.ts";
import type { Outbound } from "../core/platform.ts";
import type { Reply } from "../core/reply.ts";
import { splitText } from "./split.ts";

/**
 * Sends an answer while it is being made and gives it back when it is whole, with the platform's
 * ids of the messages that carry it. `undefined`: there was nothing to answer.
 */
export async function deliverAnswer(
  events: AsyncIterable<AnswerEvent>,
  outbound: Outbound,
  signal: AbortSignal,
): Promise<{ readonly answer: Answer; readonly messageIds: readonly string[] } | undefined> {
  return outbound.stream
    ? streamAnswer(events, outbound.stream)
    : editAnswer(events, outbound, signal);
}

/** Sends a reply in as many messages as the platform needs; files go with the last. */
export async function deliverReply(
  reply: Reply,
  outbound: Outbound,
  signal?: AbortSignal,
): Promise<void> {
  const parts = splitText(reply.text, outbound.limits.text);
  const { files: _lastOnly, ...withoutFiles } = reply;
  for (const [index, text] of parts.entries()) {
    const last = index === parts.length - 1;
    await outbound.send(last ? { ...reply, text } : { ...withoutFiles, text }, signal);
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

/** For platforms that can only send and edit: one message that grows, at the pace they allow. */
async function editAnswer(
  events: AsyncIterable<AnswerEvent>,
  outbound: Outbound,
  signal: AbortSignal,
) {
  const { limits } = outbound;
  let text = "";
  let shown: { id: string; at: number } | undefined;
  await outbound.typing?.();
  for await (const event of events) {
    if (event.kind === "done") return finishByEdits(event.answer, shown?.id, outbound, signal);
    text += event.text;
    if (text.length > limits.text) continue;
    if (!shown) shown = { id: await outbound.send({ text }, signal), at: elapsed() };
    else if (elapsed() - shown.at >= limits.editInterval) {
      await outbound.edit(shown.id, text, signal);
      shown.at = elapsed();
    }
  }
  return undefined;
}

async function finishByEdits(
  answer: Answer,
  shownId: string | undefined,
  outbound: Outbound,
  signal: AbortSignal,
) {
  const messageIds: string[] = [];
  const [first = "", ...rest] = splitText(answer.text, outbound.limits.text);
  if (shownId === undefined)
    messageIds.push(await outbound.send({ text: first, turnId: answer.turnId }, signal));
  else {
    await outbound.edit(shownId, first, signal);
    messageIds.push(shownId);
  }
  for (const text of rest)
    messageIds.push(await outbound.send({ text, turnId: answer.turnId }, signal));
  return { answer, messageIds };
}
