import { Collection, type Client, type Message as DiscordMessage } from "discord.js";
import { now } from "../../core/clock.ts";
import type { Log } from "../../core/log.ts";
import type { Work } from "./work.ts";

/** Which channels are read again after a gap, and how far. */
const mostChannels = 100;
const mostMessages = 50;
const activeWithin = 60 * 60_000;

/** Reads what was written while there was no session: a new one, unlike a resumed one, replays nothing. */
export type MissedMessages = {
  watch(client: Client, work: Work, take: (message: DiscordMessage) => Promise<void>): void;
};

export function createMissedMessages(log: Log): MissedMessages {
  const last = new Map<string, { readonly messageId: string; readonly at: number }>();
  let hasBeenReady = false;

  const note = (message: DiscordMessage): void => {
    const known = last.get(message.channelId);
    if (known && BigInt(known.messageId) >= BigInt(message.id)) return;
    last.delete(message.channelId);
    last.set(message.channelId, { messageId: message.id, at: now() });
    if (last.size > mostChannels) last.delete(last.keys().next().value!);
  };

  return {
    watch(client, work, take) {
      client.on("messageCreate", note);
      client.on("shardReady", () => {
        // The channels' places before the new session's first messages move them on.
        const gaps = [...last].filter(([, { at }]) => now() - at < activeWithin);
        if (hasBeenReady)
          for (const [id, gap] of gaps) work.run(() => readAgain(client, id, gap.messageId, take));
        hasBeenReady = true;
      });
    },
  };

  async function readAgain(
    client: Client,
    channelId: string,
    after: string,
    take: (message: DiscordMessage) => Promise<void>,
  ): Promise<void> {
    try {
      const channel = await client.channels.fetch(channelId);
      if (!channel?.isTextBased()) return;
      const missed = await channel.messages.fetch({ after, limit: mostMessages });
      const inOrder = new Collection(missed).sort(
        (left, right) =>
          left.createdTimestamp - right.createdTimestamp ||
          Number(BigInt(left.id) - BigInt(right.id)),
      );
      for (const message of inOrder.values()) {
        note(message);
        await take(message);
      }
      if (missed.size > 0) log.info("Messages of a gap were read", { count: missed.size });
    } catch {
      log.info("A channel could not be read after a gap", { channel: channelId });
    }
  }
}
