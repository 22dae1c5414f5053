import type {
  Chat,
  Message as TelegramMessage,
  MessageOrigin,
  User,
  UserFromGetMe,
} from "grammy/types";
import type { CommandCall, Message } from "../../core/message.ts";
import type { Person } from "../../core/person.ts";
import { messageIdOf, roomOf, workspaceOf } from "./addresses.ts";
import { wordsOf, type Words } from "./addressed.ts";
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
  const words = albumWords(album, me, commands);
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
  const link = first.forward_origin ? undefined : deepLink(text, commands);
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
    ...(first.forward_origin && { isForwarded: true }),
    ...languageIn(first.from),
    sentAt: first.date * 1_000,
  };
}

/** The words of a message, or of an album: those under each of its files, in their order. */
function albumWords(
  album: readonly [TelegramMessage, ...TelegramMessage[]],
  me: UserFromGetMe,
  commands: ReadonlySet<string>,
): Words | undefined {
  const speaking = album.filter(({ caption }) => caption !== undefined);
  const read = (speaking.length > 0 ? speaking : [album[0]]).map((message) =>
    wordsOf(message, me, commands),
  );
  const found = read.filter((words) => words !== undefined);
  const [first] = found;
  if (!first || found.length < read.length) return undefined;
  return {
    text: found.map(({ text }) => text).join("\n\n"),
    addressed: found.some(({ addressed }) => addressed),
    mentioned: first.mentioned,
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
  const { reply_to_message: reply, external_reply: external } = message;
  const said = message.quote?.text ?? wordsRepliedTo(message, me);
  if ((!reply && !external) || said === "" || said === text) return {};
  return { quoted: [{ name: reply?.from?.first_name ?? nameOf(external?.origin), text: said }] };
}

/** Who wrote something that came from another chat. */
function nameOf(origin: MessageOrigin | undefined): string {
  switch (origin?.type) {
    case "user":
      return origin.sender_user.first_name;
    case "hidden_user":
      return origin.sender_user_name;
    case "chat":
      return "title" in origin.sender_chat ? (origin.sender_chat.title ?? "?") : "?";
    case "channel":
      return origin.chat.title;
    case undefined:
      return "?";
  }
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
    return { id: `telegram:${sender.id}`, name, role, isShared: true };
  }
  if (!from || from.is_bot) return undefined;
  return personFrom(from, concerns ? await members.roleIn(chat, from.id) : "member");
}
