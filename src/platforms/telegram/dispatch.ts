import type {
  Message as TelegramMessage,
  MessageGenerationStopped,
  MessageReactionUpdated,
  Update,
  User,
} from "grammy/types";
import { now } from "../../core/clock.ts";
import type { Log } from "../../core/log.ts";
import { messageLanguage } from "../../core/message-language.ts";
import type { Message } from "../../core/message.ts";
import type { Outbound } from "../../core/platform.ts";
import { messageIdOf, personIdOf, workspaceOf } from "./addresses.ts";
import { wordsOf } from "./addressed.ts";
import { createAlbums } from "./albums.ts";
import type { Client } from "./client.ts";
import { callFrom, messageFrom, topicOf, type InboundParts } from "./inbound.ts";
import { createLanes } from "./lanes.ts";
import type { Members } from "./members.ts";
import { outboundTo, type Destination, type OutboundParts } from "./outbound.ts";
import type { TelegramParts } from "./parts.ts";
import { filledCall, readPress } from "./press.ts";
import { Unsent, watchSending } from "./unsent.ts";

export type DispatchParts = InboundParts &
  OutboundParts & {
    readonly platform: TelegramParts;
    readonly log: Log;
    /** Aborted when the platform stops. */
    readonly signal: AbortSignal;
  };

/** What deals with updates: in order within a chat, until what was asked for is done. */
export function createDispatch(parts: DispatchParts): (update: Update) => Promise<void> {
  const { platform, members, notes } = parts;
  const lanes = createLanes();
  const album = createAlbums(parts.pace.album, parts.signal);

  /** Hands over in the chat's order, and waits apart, so that the next may come in meanwhile. */
  const receive = async (
    chatId: number,
    read: () => Promise<Received | undefined>,
  ): Promise<void> => {
    const { done, watched } = await lanes.run(chatId, async () => {
      const received = await read();
      if (!received) return { done: undefined };
      const watched = watchSending(received.outbound);
      return { done: platform.receive(received.message, watched.outbound), watched };
    });
    await done;
    const failure = watched?.passingFailure();
    if (failure) throw new Unsent(failure);
  };

  const onMessage = (messages: readonly [TelegramMessage, ...TelegramMessage[]]): Promise<void> =>
    receive(messages[0].chat.id, async () => {
      const message = await messageFrom(parts, messages);
      if (!message) return undefined;
      const call = message.call ?? (await filledCall(notes, parts.commands, message));
      return {
        message: call ? { ...message, call, text: "" } : message,
        outbound: outboundTo(parts, answerTo(messages[0], message)),
      };
    });

  return async ({ message, edited_message: edited, ...update }) => {
    if (message?.migrate_to_chat_id !== undefined) {
      const { chat, migrate_to_chat_id: to } = message;
      const moving = lanes.run(chat.id, () =>
        platform.moved(workspaceOf(chat.id), workspaceOf(to)),
      );
      // What is said in the supergroup waits until its knowledge is there.
      return lanes.run(to, () => moving);
    }
    if (message) return album(message, onMessage);
    if (edited) return onEdited(parts, edited);
    const { callback_query: query, message_reaction: reaction } = update;
    if (query) {
      const pressed = await readPress(parts, query);
      if (!pressed) return;
      await receive(query.message?.chat.id ?? query.from.id, async () => pressed);
      return pressed.done();
    }
    if (reaction) return receive(reaction.chat.id, () => ratingIn(parts, reaction));
    const { stopped_message_generation: stopped } = update;
    if (stopped) return receive(stopped.chat.id, () => stopIn(members, stopped));
    const member = update.my_chat_member ?? update.chat_member;
    if (member) members.forget(member.chat.id);
    if (update.my_chat_member) {
      const { status } = update.my_chat_member.new_chat_member;
      platform.log.info("The bot's place in a Telegram chat changed", { status });
    }
  };
}

type Received = { readonly message: Message; readonly outbound: Outbound };

const answerTo = (first: TelegramMessage, message: Message): Destination => {
  const topic = topicOf(first);
  const isPrivate = first.chat.type === "private";
  return {
    chatId: first.chat.id,
    ...(topic !== undefined && { topic }),
    language: messageLanguage(message),
    ...(first.from && !first.sender_chat && { asker: first.from.id }),
    ...(isPrivate ? { draftOf: first.message_id } : { replyTo: first.message_id }),
    answers: message.id,
  };
};

async function onEdited(
  { platform, me, commands }: DispatchParts,
  message: TelegramMessage,
): Promise<void> {
  const { chat, message_id: id } = message;
  const words = wordsOf(message, me, commands);
  if (!words) return;
  await platform.follow.edited(workspaceOf(chat.id), messageIdOf(chat.id, id), words.text);
}

const ratings: Readonly<Record<string, "good" | "bad">> = {
  "👍": "good",
  "❤": "good",
  "🔥": "good",
  "👏": "good",
  "💯": "good",
  "👎": "bad",
  "💩": "bad",
  "🤮": "bad",
};

/**
 * A new thumb on an answer is a rating, and one that is taken away takes the rating back. That it
 * arrived is shown by a reaction of the bot's own, which goes with the rating.
 */
async function ratingIn(
  {
    members,
    client,
    platform,
  }: { readonly members: Members; readonly client: Client; readonly platform: TelegramParts },
  reaction: MessageReactionUpdated,
): Promise<Received | undefined> {
  const { chat, message_id: id, user, date, old_reaction: old, new_reaction: fresh } = reaction;
  const [had, has] = [old.map(emojiOf), fresh.map(emojiOf)];
  const put = has.find((one) => one in ratings && !had.includes(one));
  const taken = had.find((one) => one in ratings && !has.includes(one));
  const emoji = put ?? taken;
  if (!user || user.is_bot || emoji === undefined) return undefined;
  const turn = messageIdOf(chat.id, id);
  const stands =
    put === undefined
      ? await platform.rating(workspaceOf(chat.id), turn, personIdOf(user.id))
      : undefined;
  if (put === undefined && stands?.rating !== ratings[emoji]) return undefined;
  const message = await callFrom(members, {
    id: `telegram:reaction:${chat.id}:${id}:${user.id}:${date}:${put ? "" : "no "}${emoji}`,
    chat,
    topic: undefined,
    user,
    call: stands
      ? { name: "undo", values: { action: stands.actionId } }
      : { name: "feedback", values: { turn, rating: ratings[emoji] } },
    sentAt: date * 1_000,
  });
  const noted = async (): Promise<void> => {
    await client.patient.setMessageReaction({
      chat_id: chat.id,
      message_id: id,
      reaction: put === undefined ? [] : [{ type: "emoji", emoji: "✍" }],
    });
  };
  return { message, outbound: silentOutbound(noted) };
}

const emojiOf = (reaction: { readonly type: string; readonly emoji?: string }): string =>
  reaction.emoji ?? reaction.type;

async function stopIn(members: Members, stopped: MessageGenerationStopped): Promise<Received> {
  const { chat, draft_id: draft, message_thread_id: topic } = stopped;
  const user: User = { id: chat.id, is_bot: false, first_name: chat.first_name };
  const message = await callFrom(members, {
    id: `telegram:stop:${chat.id}:${draft}`,
    chat,
    topic,
    user,
    call: { name: "stop", values: {} },
    sentAt: now(),
  });
  return { message, outbound: silentOutbound() };
}

/** For what is done with a tap: words would be in the way. Failures stay in the log. */
const silentOutbound = (done: () => Promise<void> = async () => {}): Outbound => ({
  limits: { text: Number.MAX_SAFE_INTEGER, editInterval: 0 },
  async send(reply) {
    if (!reply.failure) await done();
    return "";
  },
  async edit() {},
});
