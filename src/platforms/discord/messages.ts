import {
  ChannelType,
  type Client,
  type Message as DiscordMessage,
  type SendableChannels,
} from "discord.js";
import { asApprenticeError } from "../../core/errors.ts";
import { messageLanguage } from "../../core/message-language.ts";
import type { Message } from "../../core/message.ts";
import type { Outbound } from "../../core/platform.ts";
import { messageFrom } from "./inbound.ts";
import { outboundTo, type Outward } from "./outbound.ts";
import type { DiscordParts, Manners } from "./parts.ts";
import { confidentialPart } from "./personal.ts";
import { roomOf } from "./place.ts";
import { privateReplies } from "./private-replies.ts";
import type { Work } from "./work.ts";

/** Hands every message of a person to the door. Gives the function that takes a single one. */
export function listenToMessages(
  client: Client,
  parts: DiscordParts,
  outward: Outward,
  work: Work,
): (message: DiscordMessage) => Promise<void> {
  const take = async (received: DiscordMessage): Promise<void> => {
    const message = await messageFrom(received, parts);
    if (!message || !received.channel.isSendable()) return;
    const manners = await parts.manners(message.workspace, messageLanguage(message));
    const { channel, room, isOwnThread } = await placeFor(received, message, manners);
    const outbound = outboundTo(outward, {
      channel,
      voice: manners.voice,
      asker: received.author,
      ...(!isOwnThread && { replyTo: received.id, isOnlyAnswer: true }),
    });
    const { author: asker } = received;
    const forCommand = (name: string): Outbound => {
      const part = received.inGuild() ? confidentialPart(name, parts.commands) : "nothing";
      if (part === "nothing") return outbound;
      return privateReplies(outward, outbound, { asker, voice: manners.voice, part });
    };
    try {
      await parts.receive({ ...message, room }, { ...outbound, forCommand });
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
