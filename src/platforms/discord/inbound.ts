import { MessageType, type GuildMember, type Message as DiscordMessage } from "discord.js";
import type { Message } from "../../core/message.ts";
import type { Person } from "../../core/person.ts";
import { contentOf, withNames } from "./content.ts";
import type { DiscordParts } from "./parts.ts";
import { languageOfLocale, messageIdOf, personIdOf, roomOf, workspaceOf } from "./place.ts";
import { quotedBy, type Quoted } from "./reply-chain.ts";
import { roleOf } from "./roles.ts";

/** What a message of Discord is to us; `undefined` for joins, pins and other notices, and for bots. */
export async function messageFrom(
  message: DiscordMessage,
  { settings: { trainerRoles }, lists }: Pick<DiscordParts, "settings" | "lists">,
): Promise<Message | undefined> {
  const { client, author, channel } = message;
  if (author.bot || message.system || !plainTypes.includes(message.type)) return undefined;
  const content = contentOf(message);
  const named = withoutMention(content.text, message);
  const replied = content.isForwarded ? undefined : (message.reference?.messageId ?? undefined);
  const repliedToBot =
    replied !== undefined && message.mentions.repliedUser?.id === client.user?.id;
  const addressed =
    !message.inGuild() ||
    named.isNamed ||
    repliedToBot ||
    isMentioned(message) ||
    (channel.isThread() && channel.ownerId === client.user?.id && !(await lists.has(channel.id)));
  const isTalk = channel.isThread() || replied !== undefined;
  const { quoted, files } =
    addressed && isTalk && !repliedToBot ? await quotedBy(message) : nothingQuoted;
  const words = isCommandLike(named.text) ? named.text : withNames(named.text, message);
  return {
    id: messageIdOf(message.id),
    platform: "discord",
    workspace: workspaceOf(message.guildId, author.id),
    room: roomOf(message.channelId),
    person: await personOf(message, trainerRoles),
    // A name alone, as a reply to what somebody else said, asks about that.
    text: words.trim() === "" && content.files.length === 0 ? (quoted.at(-1)?.text ?? "") : words,
    files: content.files.length > 0 ? content.files : files,
    ...(replied !== undefined && { replyTo: repliedToBot ? replied : messageIdOf(replied) }),
    ...(quoted.length > 0 && { quoted }),
    ...(content.isForwarded && { isForwarded: true }),
    via: "text",
    addressed,
    ...(named.isNamed && { mentioned: true }),
    language: languageOfLocale(message.guild?.preferredLocale),
    sentAt: message.createdTimestamp,
  };
}

const nothingQuoted: Quoted = { quoted: [], files: [] };

/** Commands name people and channels by their numbers. */
const isCommandLike = (text: string): boolean => /^\s*[^\p{L}\p{N}\s<"'«“(]/u.test(text);

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

/** The text without the bot's name, or that of its own role, at its beginning. */
export function withoutMention(
  content: string,
  { client: { user }, mentions }: Pick<DiscordMessage, "client" | "mentions">,
): { text: string; isNamed: boolean } {
  const match = /^\s*<@([!&]?)(\d{1,20})>[\s,:]*/.exec(content);
  const [whole, kind, id] = match ?? [];
  const named = kind === "&" ? mentions.roles.get(id!)?.tags?.botId : id;
  if (whole === undefined || !user || named !== user.id) return { text: content, isNamed: false };
  return { text: content.slice(whole.length), isNamed: true };
}
