import {
  ChannelType,
  type Client,
  type Message as DiscordMessage,
  type SendableChannels,
} from "discord.js";
import { asApprenticeError } from "../../core/errors.ts";
import type { Message } from "../../core/message.ts";
import { messageFrom } from "./inbound.ts";
import { outboundTo, type Outward } from "./outbound.ts";
import type { DiscordParts, Manners } from "./parts.ts";
import { roomOf } from "./place.ts";
import type { Work } from "./work.ts";

/** Hands every message of a person to the door. Gives the function that takes a single one. */
export function listenToMessages(
  client: Client,
  parts: DiscordParts,
  outward: Outward,
  work: Work,
): (message: DiscordMessage) => Promise<void> {
  const take = async (received: DiscordMessage): Promise<void> => {
    const message = await messageFrom(received, parts.settings.trainerRoles);
    if (!message || !received.channel.isSendable()) return;
    const manners = await parts.manners(message.workspace, message.language ?? "en");
    const { channel, room, isOwnThread } = await placeFor(received, message, manners);
    const outbound = outboundTo(outward, {
      channel,
      voice: manners.voice,
      asker: received.author,
      ...(!isOwnThread && { replyTo: received.id }),
    });
    try {
      await parts.receive({ ...message, room }, outbound);
    } finally {
      outbound.stopTyping();
    }
  };
  client.on("messageCreate", (message) => work.run(() => take(message)));
  return take;

  /** The place for the answer: where the message is, or a new thread for a new conversation. */
  async function placeFor(received: DiscordMessage, message: Message, { opensThread }: Manners) {
    const stay = {
      channel: received.channel as SendableChannels,
      room: message.room,
      isOwnThread: false,
    };
    const canOpen = received.channel.type === ChannelType.GuildText && message.addressed;
    if (!canOpen || !opensThread(message.text)) return stay;
    try {
      const thread = received.thread ?? (await received.startThread({ name: threadName(message) }));
      return { channel: thread, room: roomOf(thread.id), isOwnThread: true };
    } catch (thrown) {
      parts.log.info("A thread could not be opened, so the answer stays in the channel", {
        code: asApprenticeError(thrown).code,
      });
      return stay;
    }
  }
}

const threadName = ({ text, person }: Message): string =>
  text.replaceAll(/\s+/g, " ").trim().slice(0, 80).toWellFormed() || person.name.slice(0, 80);
