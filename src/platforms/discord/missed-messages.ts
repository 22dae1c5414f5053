import {
  Collection,
  SnowflakeUtil,
  type Channel,
  type Client,
  type Message as DiscordMessage,
} from "discord.js";
import { now } from "../../core/clock.ts";
import { createNewestSeen } from "./newest-seen.ts";
import type { DiscordParts } from "./parts.ts";
import { channelOf } from "./place.ts";
import type { Work } from "./work.ts";

/** Which channels are read again after a gap, and how far. */
const mostChannels = 100;
const mostMessages = 50;
const activeWithin = 60 * 60_000;
/** Of one channel after a start: it was perhaps a long time. */
const mostAfterStart = 25;

type Take = (message: DiscordMessage) => Promise<void>;

/** Reads what was written while there was no session: a new one, unlike a resumed one, replays nothing. */
export type MissedMessages = {
  watch(client: Client, work: Work, take: Take): void;
  /** Reads what was written while no process ran. */
  catchUp(client: Client<true>, take: Take): Promise<void>;
  /** Keeps for the next process how far this one came. */
  close(): Promise<void>;
};

export function createMissedMessages(
  parts: Pick<DiscordParts, "newestSeen" | "privateRooms" | "settings" | "log">,
): MissedMessages {
  const { log } = parts;
  const last = new Map<string, { readonly messageId: string; readonly at: number }>();
  const seen = createNewestSeen(parts);
  let hasBeenReady = false;

  const note = (message: DiscordMessage): void => {
    seen.note(message.id);
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
          for (const [id, gap] of gaps)
            work.run(() =>
              readAgain(client, id, { after: gap.messageId, limit: mostMessages }, take),
            );
        hasBeenReady = true;
      });
    },
    async catchUp(client, take) {
      const before = await seen.before;
      if (before === undefined || parts.settings.catchUp === 0) return;
      const oldest = SnowflakeUtil.generate({ timestamp: now() - parts.settings.catchUp });
      const after = BigInt(before) > oldest ? BigInt(before) : oldest;
      const chats = (await parts.privateRooms()).flatMap((room) => channelOf(room) ?? []);
      const opened = await Promise.all(
        chats.map((id) => client.channels.fetch(id).catch(() => null)),
      );
      const places = new Map(
        [...client.channels.cache.values(), ...opened].flatMap((channel): [string, bigint][] => {
          const newest = newestIn(channel);
          return channel && newest > after ? [[channel.id, newest]] : [];
        }),
      );
      const latest = [...places].toSorted(([, left], [, right]) => (left < right ? 1 : -1));
      for (const [id] of latest.slice(0, mostChannels))
        await readAgain(client, id, { after: String(after), limit: mostAfterStart }, take);
    },
    close: () => seen.flush(),
  };

  async function readAgain(
    client: Client,
    channelId: string,
    from: { readonly after: string; readonly limit: number },
    take: Take,
  ): Promise<void> {
    try {
      const channel = await client.channels.fetch(channelId);
      if (!channel?.isTextBased()) return;
      const missed = await channel.messages.fetch(from);
      const inOrder = new Collection(missed).sort((left, right) =>
        BigInt(left.id) < BigInt(right.id) ? -1 : 1,
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

/** The id of a channel's last message, as Discord tells it without being asked. */
const newestIn = (channel: Channel | null): bigint =>
  channel?.isTextBased() && channel.lastMessageId ? BigInt(channel.lastMessageId) : 0n;
