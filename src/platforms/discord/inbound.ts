import {
  MessageType,
  type Client,
  type GuildMember,
  type Message as DiscordMessage,
} from "discord.js";
import type { Message } from "../../core/message.ts";
import type { Person } from "../../core/person.ts";
import { attachmentFrom } from "./attachments.ts";
import { languageOfLocale, messageIdOf, personIdOf, roomOf, workspaceOf } from "./place.ts";
import { quotedBy } from "./reply-chain.ts";
import { roleOf } from "./roles.ts";

/** What a message of Discord is to us; `undefined` for joins, pins and other notices, and for bots. */
export async function messageFrom(
  message: DiscordMessage,
  trainerRoles: readonly string[],
): Promise<Message | undefined> {
  const { client, author, channel } = message;
  if (author.bot || message.system || !plainTypes.includes(message.type)) return undefined;
  const named = withoutMention(message.content, client);
  const replied = message.reference?.messageId ?? undefined;
  const repliedToBot =
    replied !== undefined && message.mentions.repliedUser?.id === client.user?.id;
  const addressed =
    !message.inGuild() ||
    named.isNamed ||
    repliedToBot ||
    isMentioned(message) ||
    (channel.isThread() && channel.ownerId === client.user?.id);
  return {
    id: messageIdOf(message.id),
    platform: "discord",
    workspace: workspaceOf(message.guildId, author.id),
    room: roomOf(message.channelId),
    person: await personOf(message, trainerRoles),
    text: named.text,
    files: [...message.attachments.values()].map(attachmentFrom),
    ...(replied !== undefined && { replyTo: repliedToBot ? replied : messageIdOf(replied) }),
    ...(addressed && replied !== undefined && !repliedToBot && { quoted: await quotedBy(message) }),
    via: "text",
    addressed,
    ...(named.isNamed && { mentioned: true }),
    language: languageOfLocale(message.guild?.preferredLocale),
    sentAt: message.createdTimestamp,
  };
}

const plainTypes = [MessageType.Default, MessageType.Reply];

async function personOf(message: DiscordMessage, trainerRoles: readonly string[]): Promise<Person> {
  const { author } = message;
  const member = await memberOf(message);
  const standing = member && {
    permissions: member.permissions,
    roles: [...member.roles.cache.values()],
  };
  // In a guild somebody who cannot be looked up is a member, never more.
  const isUnknown = message.inGuild() && !standing;
  return {
    id: personIdOf(author.id),
    name: member?.displayName ?? author.displayName,
    role: isUnknown ? "member" : roleOf(standing ?? undefined, trainerRoles),
  };
}

/** Messages that were read, not received, do not tell who their author is in the guild. */
const memberOf = async ({ member, guild, author }: DiscordMessage): Promise<GuildMember | null> =>
  member ?? (await guild?.members.fetch(author.id).catch(() => null)) ?? null;

/** By name, by its own role, or by a reply that pings; never by @everyone. */
function isMentioned({ mentions, client }: DiscordMessage): boolean {
  if (client.user && mentions.users.has(client.user.id)) return true;
  return mentions.roles.some((role) => role.tags?.botId === client.user?.id);
}

/** The text without the bot's name at its beginning. */
export function withoutMention(
  content: string,
  { user }: Client,
): { text: string; isNamed: boolean } {
  const match = /^\s*<@!?(\d+)>[\s,:]*/.exec(content);
  if (!match || match[1] !== user?.id) return { text: content, isNamed: false };
  return { text: content.slice(match[0].length), isNamed: true };
}
