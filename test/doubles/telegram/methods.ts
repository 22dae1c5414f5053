import { isFile, type Parameters, type UploadedFile } from "./judge.ts";
import { badRequest, type Message } from "./objects.ts";
import type { Place, World } from "./world.ts";
import type { Updates } from "./updates.ts";

/** Telegram lets bots download no larger files. */
const largestDownload = 20 * 1024 * 1024;

type Work = (given: Parameters, left: AbortSignal) => unknown;

/** What each method of the Bot API does in the world. Parameters have been judged. */
export function botMethods(world: World, updates: Updates): Readonly<Record<string, Work>> {
  const { bot } = world;
  const target = (given: Parameters): { place: Place; message: Message } => {
    const place = world.placeFor(given["chat_id"]);
    const message = place.messages.get(Number(given["message_id"]));
    return { place, message: message ?? missing("message to edit not found") };
  };

  const send = (given: Parameters, content: object): Message => {
    const place = world.placeFor(given["chat_id"]);
    const thread = given["message_thread_id"];
    if (thread !== undefined && !place.topics.has(Number(thread)))
      throw badRequest("message thread not found");
    const sent = world.post(place, bot, {
      ...content,
      ...(thread !== undefined && { message_thread_id: thread, is_topic_message: true }),
      ...replyIn(place, given),
      ...markupOf(given),
    });
    world.tell({ kind: "message", message: sent });
    return sent;
  };

  const change = (given: Parameters, changes: object): Message => {
    const { place, message } = target(given);
    if (message.from?.id !== bot.id) throw badRequest("message can't be edited");
    const { reply_markup: _old, ...kept } = message;
    const edited = { ...kept, ...changes, edit_date: message.date } as Message;
    if (sameToSee(message, edited))
      throw badRequest(
        "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
      );
    place.messages.set(message.message_id, edited);
    world.tell({ kind: "edit", message: edited });
    return edited;
  };

  const sendFile =
    (kind: string, facts: object) =>
    (given: Parameters): Message => {
      const { name, bytes } = given[kind] as UploadedFile;
      const { file_name: fileName, ...kept } = world.keep(name, bytes);
      // Voice messages have no name.
      const named = kind === "voice" ? {} : { file_name: fileName };
      return send(given, {
        [kind]: { ...kept, ...named, ...facts },
        ...(given["caption"] !== undefined && { caption: given["caption"] }),
      });
    };

  return {
    getMe: () => ({
      ...bot,
      can_join_groups: true,
      can_read_all_group_messages: !world.privacyMode,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
    }),
    getUpdates: (given, left) =>
      updates.poll({
        offset: Number(given["offset"] ?? 0),
        limit: Number(given["limit"] ?? 100),
        timeout: Number(given["timeout"] ?? 0),
        allowed: given["allowed_updates"] as readonly string[] | undefined,
        left,
      }),
    setWebhook(given) {
      const { url, secret_token: secret, allowed_updates: allowed } = given;
      updates.setWebhook(
        url === "" ? undefined : { url: String(url), secret: secret as string | undefined },
        allowed as readonly string[] | undefined,
      );
      return true;
    },
    deleteWebhook() {
      updates.setWebhook(undefined, undefined);
      return true;
    },
    getWebhookInfo: () => ({
      url: updates.webhook?.url ?? "",
      has_custom_certificate: false,
      pending_update_count: updates.pending.length,
    }),
    sendMessage: (given) => send(given, textOf(given)),
    sendMessageDraft(given) {
      const { chat } = world.placeFor(given["chat_id"]);
      if (chat.type !== "private") throw badRequest("drafts are only for private chats");
      world.tell({
        kind: "draft",
        chat,
        id: Number(given["draft_id"]),
        text: String(given["text"] ?? ""),
        canStop: given["can_stop"] === true,
      });
      return true;
    },
    editMessageText: (given) => change(given, { ...textOf(given), ...markupOf(given) }),
    editMessageReplyMarkup: (given) => change(given, markupOf(given)),
    deleteMessage(given) {
      const { place, message } = target(given);
      place.messages.delete(message.message_id);
      world.tell({ kind: "delete", message });
      return true;
    },
    sendDocument: sendFile("document", { mime_type: "application/octet-stream" }),
    sendVoice: (given) =>
      sendFile("voice", { mime_type: "audio/ogg", duration: Number(given["duration"] ?? 1) })(
        given,
      ),
    sendAudio: (given) =>
      sendFile("audio", { mime_type: "audio/mpeg", duration: Number(given["duration"] ?? 1) })(
        given,
      ),
    sendChatAction(given) {
      const { chat } = world.placeFor(given["chat_id"]);
      world.tell({ kind: "action", chat, action: String(given["action"]) });
      return true;
    },
    setMessageReaction(given) {
      const { message } = target(given);
      const reaction = (given["reaction"] ?? []) as readonly { emoji?: string }[];
      world.tell({ kind: "reaction", message, emoji: reaction.map(({ emoji }) => emoji ?? "") });
      return true;
    },
    answerCallbackQuery(given) {
      const query = world.queries.get(String(given["callback_query_id"]));
      if (!query || query.answered)
        throw badRequest("query is too old and response timeout expired or query ID is invalid");
      query.answered = true;
      world.tell({
        kind: "notice",
        queryId: String(given["callback_query_id"]),
        text: String(given["text"] ?? ""),
        alert: given["show_alert"] === true,
      });
      return true;
    },
    getFile(given) {
      const file = world.files.get(String(given["file_id"])) ?? missing("invalid file_id");
      if (file.size > largestDownload) throw badRequest("file is too big");
      const id = String(given["file_id"]);
      return { file_id: id, file_unique_id: id, file_size: file.size, file_path: file.path };
    },
    getChat: (given) => ({
      ...world.placeFor(given["chat_id"]).chat,
      accent_color_id: 0,
      max_reaction_count: 11,
      accepted_gift_types: {
        unlimited_gifts: false,
        limited_gifts: false,
        unique_gifts: false,
        premium_subscription: false,
        gifts_from_channels: false,
      },
    }),
    getChatMember: (given) => memberOf(world, world.placeFor(given["chat_id"]), given["user_id"]),
    setMyCommands(given) {
      world.menus.set(
        menuKey(given),
        given["commands"] as { command: string; description: string }[],
      );
      return true;
    },
    deleteMyCommands: (given) => world.menus.delete(menuKey(given)) || true,
    getMyCommands: (given) => world.menus.get(menuKey(given)) ?? [],
    leaveChat(given) {
      world.placeFor(given["chat_id"]).members.delete(bot.id);
      return true;
    },
  };
}

const missing = (why: string): never => {
  throw badRequest(why);
};

const textOf = ({ text, entities }: Parameters): object => ({
  text,
  entities: Array.isArray(entities) ? entities : undefined,
});
/** Only inline keyboards stay with their message. */
const markupOf = ({ reply_markup: markup }: Parameters): object =>
  "inline_keyboard" in Object(markup) ? { reply_markup: markup } : {};

function replyIn(place: Place, given: Parameters): object {
  const reply = given["reply_parameters"] as
    | { message_id: number; allow_sending_without_reply?: boolean }
    | undefined;
  if (!reply) return {};
  const message = place.messages.get(reply.message_id);
  if (message) return { reply_to_message: message };
  if (reply.allow_sending_without_reply) return {};
  throw badRequest("message to be replied not found");
}

const sameToSee = (first: Message, second: Message): boolean =>
  first.text === second.text &&
  JSON.stringify(first.entities ?? []) === JSON.stringify(second.entities ?? []) &&
  JSON.stringify(first.reply_markup ?? null) === JSON.stringify(second.reply_markup ?? null);

/** One menu for each scope, language and, where the scope has one, chat. */
export const menuKey = ({ scope, language_code: language }: Parameters): string =>
  JSON.stringify([scope ?? { type: "default" }, language ?? ""]);

const everyRight = [
  "can_be_edited",
  "is_anonymous",
  "can_manage_chat",
  "can_delete_messages",
  "can_manage_video_chats",
  "can_restrict_members",
  "can_promote_members",
  "can_change_info",
  "can_invite_users",
  "can_post_stories",
  "can_edit_stories",
  "can_delete_stories",
];

function memberOf(world: World, place: Place, userId: unknown): object {
  const status = place.members.get(Number(userId)) ?? "left";
  const user = [...place.messages.values()].find(({ from }) => from?.id === userId)?.from ?? {
    id: Number(userId),
    is_bot: userId === world.bot.id,
    first_name: "Somebody",
  };
  const rights = Object.fromEntries(everyRight.map((right) => [right, right !== "is_anonymous"]));
  if (status === "creator") return { status, user, is_anonymous: false };
  return status === "administrator" ? { status, user, ...rights } : { status, user };
}

/** Files named `attach://...` put where they are named. */
export function attachFiles(form: Parameters): Parameters {
  const attached = new Set<string>();
  const filled = Object.entries(form).map(([name, value]) => {
    const reference = typeof value === "string" ? /^attach:\/\/(.+)$/.exec(value)?.[1] : undefined;
    if (reference === undefined || !isFile(form[reference])) return [name, value] as const;
    attached.add(reference);
    return [name, form[reference]] as const;
  });
  return Object.fromEntries(filled.filter(([name]) => !attached.has(name)));
}
