import type { Client, Message as DiscordMessage } from "discord.js";
import { asApprenticeError } from "../../core/errors.ts";
import type { DiscordParts } from "./parts.ts";
import { channelOf, messageIdOf } from "./place.ts";

/**
 * Answers what was asked before the process ended without an answer. A question that is gone, or whose
 * channel is, is left alone.
 */
export async function answerCutOff(
  client: Client<true>,
  { cutOff, log }: Pick<DiscordParts, "cutOff" | "log">,
  take: (message: DiscordMessage) => Promise<void>,
): Promise<void> {
  for (const { room, messageId } of await cutOff()) {
    const channelId = channelOf(room);
    const id = /^\d+$/.exec(messageId.slice(messageIdOf("").length))?.[0];
    if (channelId === undefined || id === undefined) continue;
    try {
      const message = await messageIn(client, channelId, id);
      if (message) await take(message);
    } catch (thrown) {
      const { code } = asApprenticeError(thrown);
      log.info("A question of an earlier process could not be answered", { code });
    }
  }
}

/** A thread that a question opened has the question's id, and the question stands in its channel. */
async function messageIn(client: Client<true>, channelId: string, id: string) {
  const channel = await client.channels.fetch(channelId);
  if (!channel?.isTextBased()) return undefined;
  if (channel.isThread() && channelId === id)
    return (await channel.fetchStarterMessage()) ?? undefined;
  return channel.messages.fetch(id);
}
