import { now } from "../core/clock.ts";
import type { Message } from "../core/message.ts";
import type { Turn } from "../core/turn.ts";
import type { Turns } from "../storage/turns.ts";
import { mayFollow } from "./follow-up.ts";
import { isSmallTalk } from "./small-talk-answer.ts";

/** After so long nobody goes on with a question; in milliseconds. */
const conversationLasts = 30 * 60_000;
/** Others may have asked something in between. */
const turnsLookedAt = 8;

/**
 * The question that a message may lean on: that of the answer it replies to, else the last one in this
 * conversation, of the same person: nobody's words become another's. `undefined`: none, or the message
 * stands by itself.
 */
export async function questionBefore(
  { turns }: { readonly turns: Pick<Turns, "find" | "list"> },
  message: Message,
): Promise<string | undefined> {
  const { workspace, room, person, replyTo, insteadOf } = message;
  if (!mayFollow(message.text)) return undefined;
  const isBefore = (turn: Turn): boolean =>
    turn.person === person.id &&
    turn.messageId !== message.id &&
    turn.prompt !== "" &&
    !isSmallTalk(turn);
  if (replyTo !== undefined) {
    const answered = await turns.find(workspace, replyTo);
    if (answered && answered.room === room && isBefore(answered)) return answered.prompt;
  }
  const earlier = await turns.list(workspace, room, {
    limit: turnsLookedAt,
    history: true,
    ...(insteadOf !== undefined && { before: insteadOf }),
  });
  const last = earlier.findLast(isBefore);
  return last && now() - last.startedAt < conversationLasts ? last.prompt : undefined;
}
