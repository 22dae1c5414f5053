import type { Chat, Message as TelegramMessage, User, UserFromGetMe } from "grammy/types";
import type { CommandCall, Message } from "../../core/message.ts";
import type { Person } from "../../core/person.ts";
import { messageIdOf, roomOf, workspaceOf } from "./addresses.ts";
import { wordsOf } from "./addressed.ts";
import { attachmentsOf, isSpoken } from "./attachments.ts";
import type { Client } from "./client.ts";
import { deepLink } from "./deep-link.ts";
import { languageOfUser, personFrom, type Members } from "./members.ts";

export type InboundParts = {
  readonly client: Client;
  readonly members: Members;
  readonly me: UserFromGetMe;
  readonly commands: ReadonlySet<string>;
};

/**
 * What somebody wrote, as a message; several Telegram messages when they are one album. `undefined`:
 * it is no business of the bot.
 */
export async function messageFrom(
  { client, members, me, commands }: InboundParts,
  album: readonly [TelegramMessage, ...TelegramMessage[]],
): Promise<Message | undefined> {
  const [first] = album;
  // The words of an album stand under one of its files.
  const speaking = album.find(({ caption }) => caption !== undefined) ?? first;
  const words = wordsOf(speaking, me, commands);
  const files = album.flatMap((message) => attachmentsOf(message, client));
  if (!words || isForwardedByTelegram(first) || isService(first)) return undefined;
  const { addressed, mentioned } = words;
  // A name alone, as a reply to what somebody else said, asks about that.
  const text = words.text || (files.length === 0 && mentioned ? wordsRepliedTo(first, me) : "");
  // A sticker that is not for the bot means nothing to it, also where it listens.
  if (text === "" && files.length === 0 && !addressed) return undefined;
  // Nobody has to ask Telegram about those who only talk to each other.
  const concerns = addressed || /^[^\p{L}\p{N}\s]/u.test(text);
  const person = await personOf(first, members, concerns);
  if (!person) return undefined;
  const link = deepLink(text, commands);
  return {
    ...placeOf(first),
    id: messageIdOf(first.chat.id, first.message_id),
    platform: "telegram",
    person,
    text: link ? "" : text,
    ...(link && { call: link }),
    files,
    ...replyOf(first),
    ...(addressed && quotedBy(first, me, text)),
    via: isSpoken(first) ? "voice" : "text",
    addressed,
    ...(mentioned && { mentioned }),
    ...languageIn(first.from),
    sentAt: first.date * 1_000,
  };
}

/** A press, a reaction, the stop button: a command that somebody filled without writing. */
export async function callFrom(
  members: Members,
  {
    id,
    chat,
    topic,
    user,
    call,
    replyTo,
    sentAt,
  }: {
    readonly id: string;
    readonly chat: Chat;
    readonly topic: number | undefined;
    readonly user: User;
    readonly call: CommandCall;
    readonly replyTo?: number;
    readonly sentAt: number;
  },
): Promise<Message> {
  return {
    id,
    platform: "telegram",
    workspace: workspaceOf(chat.id),
    room: roomOf(chat.id, topic),
    person: personFrom(user, await members.roleIn(chat, user.id)),
    text: "",
    files: [],
    call,
    ...(replyTo !== undefined && { replyTo: messageIdOf(chat.id, replyTo) }),
    via: "command",
    addressed: true,
    ...languageIn(user),
    sentAt,
  };
}

/** The topic a message lies in, where the chat has topics. */
export const topicOf = (message: TelegramMessage): number | undefined =>
  message.is_topic_message ? message.message_thread_id : undefined;

const placeOf = (message: TelegramMessage) => ({
  workspace: workspaceOf(message.chat.id),
  room: roomOf(message.chat.id, topicOf(message)),
});

/** In a topic, everything replies to the message that opened it, without being meant so. */
function replyOf({ chat, reply_to_message: reply }: TelegramMessage): { replyTo?: string } {
  if (!reply || reply.forum_topic_created) return {};
  return { replyTo: messageIdOf(chat.id, reply.message_id) };
}

const languageIn = (user: User | undefined) => {
  const language = languageOfUser(user);
  return language === undefined ? {} : { language };
};

/** What somebody else said and this message answers; of a long message only what was marked in it. */
function quotedBy(
  message: TelegramMessage,
  me: UserFromGetMe,
  text: string,
): { readonly quoted?: NonNullable<Message["quoted"]> } {
  const reply = message.reply_to_message;
  const said = message.quote?.text ?? wordsRepliedTo(message, me);
  if (!reply || said === "" || said === text) return {};
  const { first_name: name = "?" } = reply.from ?? {};
  return { quoted: [{ name, text: said }] };
}

const wordsRepliedTo = ({ reply_to_message: reply }: TelegramMessage, me: UserFromGetMe): string =>
  reply?.from?.id === me.id ? "" : (reply?.text ?? reply?.caption ?? "");

/** What Telegram itself says: somebody came, something was pinned. People's messages have content. */
const isService = (message: TelegramMessage): boolean =>
  !contents.some((content) => content in message);

const contents = [
  "text",
  "document",
  "voice",
  "audio",
  "video",
  "video_note",
  "photo",
  "animation",
  "sticker",
  "location",
  "venue",
  "contact",
  "poll",
  "dice",
  "story",
] as const;

/** What a linked channel posts arrives in its group by itself. */
const isForwardedByTelegram = (message: TelegramMessage): boolean =>
  message.is_automatic_forward === true;

async function personOf(
  { from, sender_chat: sender, chat }: TelegramMessage,
  members: Members,
  concerns: boolean,
): Promise<Person | undefined> {
  if (sender) {
    // An administrator who hides behind the group, or a channel that writes in it.
    const role = sender.id === chat.id ? "admin" : "member";
    const name = "title" in sender ? (sender.title ?? "") : "";
    return { id: `telegram:${sender.id}`, name, role };
  }
  if (!from || from.is_bot) return undefined;
  return personFrom(from, concerns ? await members.roleIn(chat, from.id) : "member");
}
