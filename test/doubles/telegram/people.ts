import { entitiesIn } from "./objects.ts";
import type { Button, Chat, Message, Update, User } from "./objects.ts";
import type { Updates } from "./updates.ts";
import { hand, type Place, type World } from "./world.ts";

/** How a person says something. */
export type Saying = {
  readonly replyTo?: Message;
  /** A topic of a forum. */
  readonly topic?: number;
  /** Passed on, as somebody else wrote it. */
  readonly forwardedFrom?: string;
  /** As an anonymous administrator of the chat. */
  readonly anonymously?: true;
};

/** A file somebody sends. `size` is what Telegram claims, when that is not the length of `bytes`. */
export type Sent = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly size?: number;
  readonly caption?: string;
  readonly mediaType?: string;
};

/** Somebody in the simulated Telegram. Each act gives the update it made, or its message. */
export type PersonInTelegram = {
  readonly user: User;
  /** The private chat with the bot. */
  readonly privately: Chat;
  writes(chat: Chat, text: string, how?: Saying): Message;
  edits(message: Message, text: string): Message;
  sendsDocument(chat: Chat, file: Sent, how?: Saying): Message;
  sendsVoice(chat: Chat, file: Sent & { readonly seconds: number }, how?: Saying): Message;
  sendsVideoNote(chat: Chat, file: Sent & { readonly seconds: number }, how?: Saying): Message;
  /** Several documents as one album. */
  sendsAlbum(chat: Chat, files: readonly Sent[]): readonly Message[];
  /** Presses the button whose label contains `label`. Throws when the message has none. */
  presses(message: Message, label: string): { readonly queryId: string };
  /** Puts a reaction in the place of another; without an emoji takes it away. */
  reacts(message: Message, emoji: string, before?: string): Update;
  /** Presses the stop button of a draft. */
  stops(draftId: number): Update;
  blocks(): Update;
};

export function createPerson(world: World, updates: Updates, user: User): PersonInTelegram {
  const privately: Chat = { id: user.id, type: "private", first_name: user.first_name };
  world.places.set(user.id, {
    chat: privately,
    members: new Map([
      [user.id, "member"],
      [world.bot.id, "member"],
    ]),
    messages: new Map(),
    topics: new Set(),
    lastId: 0,
  });
  const placeOf = (chat: Chat): Place => world.places.get(chat.id)!;
  const post = (
    chat: Chat,
    content: object,
    { replyTo, topic, forwardedFrom, anonymously }: Saying = {},
  ): Message => {
    const place = placeOf(chat);
    const message = world.post(place, user, {
      ...content,
      ...(replyTo && { reply_to_message: withoutReply(replyTo) }),
      ...(topic !== undefined && { message_thread_id: topic, is_topic_message: true }),
      ...(forwardedFrom !== undefined && {
        forward_origin: { type: "hidden_user", sender_user_name: forwardedFrom, date: 1 },
      }),
      ...(anonymously && { sender_chat: chat }),
    });
    world.tell({ kind: "said", message });
    hand(world, updates, place, message);
    return message;
  };
  const media = (kind: string, file: Sent & { seconds?: number }, facts: object = {}): object => {
    const { file_name: name, ...kept } = world.keep(file.name, file.bytes, file.size);
    return {
      [kind]: {
        ...kept,
        ...((kind === "document" || kind === "audio") && { file_name: name }),
        ...(kind !== "video_note" && file.mediaType && { mime_type: file.mediaType }),
        ...(file.seconds !== undefined && { duration: file.seconds }),
        ...facts,
      },
      ...(file.caption !== undefined && { caption: file.caption }),
    };
  };

  return {
    user,
    privately,
    writes: (chat, text, how) => post(chat, { text }, how),
    edits(message, text) {
      const place = placeOf(message.chat);
      const { entities: _old, ...kept } = message;
      const entities = entitiesIn(text);
      const edited: Message = {
        ...kept,
        text,
        ...(entities.length > 0 && { entities }),
        edit_date: message.date + 1,
      };
      place.messages.set(message.message_id, edited);
      updates.add("edited_message", edited);
      return edited;
    },
    sendsDocument: (chat, file, how) => post(chat, media("document", file), how),
    sendsVoice: (chat, file, how) =>
      post(chat, media("voice", { mediaType: "audio/ogg", ...file }), how),
    sendsVideoNote: (chat, file, how) =>
      post(chat, media("video_note", file, { length: 240 }), how),
    sendsAlbum(chat, files) {
      const album = String(placeOf(chat).lastId + 1_000);
      return files.map((file) => post(chat, { ...media("document", file), media_group_id: album }));
    },
    presses(message, label) {
      const current = placeOf(message.chat).messages.get(message.message_id) ?? message;
      const button = buttonsOf(current).find(({ text }) => text.includes(label));
      if (!button?.callback_data)
        throw new Error(`there is no button ${label} under: ${current.text}`);
      const queryId = `query-${world.queries.size + 1}`;
      world.queries.set(queryId, { answered: false, message: current });
      world.tell({ kind: "pressed", chat: message.chat, from: user, label: button.text });
      updates.add("callback_query", {
        id: queryId,
        from: user,
        message: current,
        chat_instance: "1",
        data: button.callback_data,
      });
      return { queryId };
    },
    reacts: (message, emoji, before = "") =>
      updates.add("message_reaction", {
        chat: message.chat,
        message_id: message.message_id,
        user,
        date: message.date,
        old_reaction: before === "" ? [] : [{ type: "emoji", emoji: before }],
        new_reaction: emoji === "" ? [] : [{ type: "emoji", emoji }],
      }),
    stops: (draftId) =>
      updates.add("stopped_message_generation", { chat: privately, draft_id: draftId }),
    blocks() {
      placeOf(privately).closedBecause = "bot was blocked by the user";
      return updates.add("my_chat_member", {
        chat: privately,
        from: user,
        date: 1,
        old_chat_member: { status: "member", user: world.bot },
        new_chat_member: { status: "kicked", user: world.bot, until_date: 0 },
      });
    },
  };
}

/** All buttons under a message, row by row. */
export const buttonsOf = (message: Message): readonly Button[] =>
  message.reply_markup?.inline_keyboard.flat() ?? [];

const withoutReply = ({ reply_to_message: _nested, ...message }: Message): Message => message;
