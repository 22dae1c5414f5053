import type { PlatformName } from "../core/message.ts";
import type { Database } from "./database.ts";

/** A message that was received, and whose answer is not known to have been sent. */
export type CutOff = { readonly room: string; readonly messageId: string };

/** Most that are given at once. */
const most = 50;

/**
 * The messages of a platform since a moment (milliseconds since the epoch) that an earlier process
 * left without an answer, or with one that it did not send, oldest first.
 */
export async function cutOffTurns(
  { query }: Pick<Database, "query">,
  platform: PlatformName,
  since: number,
): Promise<readonly CutOff[]> {
  const rows = await query
    .selectFrom("turn")
    .leftJoin("answer_message", "answer_message.turn_id", "turn.id")
    .select(["turn.room", "turn.message_id"])
    .where("turn.room", "like", `${platform}:%`)
    .where("turn.started_at", ">=", since)
    .where("answer_message.message_id", "is", null)
    .where((where) =>
      where.or([where("turn.finished_at", "is", null), where("turn.answer", "is not", null)]),
    )
    .orderBy("turn.id")
    .limit(most)
    .execute();
  // Of several questions in one message any may be cut off: the message is taken again.
  const messages = rows.map(({ room, message_id }) => ({
    room,
    messageId: message_id.replace(/\/\d$/u, ""),
  }));
  return [...new Map(messages.map((each) => [each.messageId, each])).values()];
}
