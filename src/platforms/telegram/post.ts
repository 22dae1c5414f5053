import { InputFile } from "grammy";
import type { InlineKeyboardMarkup, ReplyParameters } from "grammy/types";
import type { VoiceMessage } from "../../core/platform.ts";
import type { OutgoingFile } from "../../core/reply.ts";
import type { Client } from "./client.ts";
import { isBadEntity, isUnchanged, telegramFailure } from "./failure.ts";
import { renderMarkdown } from "./markdown.ts";
import type { Rendered } from "./rendered.ts";

/** A chat, or a topic in it. */
export type Place = { readonly chatId: number; readonly topic?: number };

/** Telegram's own limit of one message, in UTF-16 code units. */
const longestText = 4_096;
const longestCaption = 1_024;

/** The text as Telegram shows it in a chat; in a group, handles in it call nobody. */
export function readable(markdown: string, chatId: number): Rendered {
  const rendered = renderMarkdown(markdown, { pingsNobody: chatId < 0 });
  const { text, entities } =
    rendered.text === "" ? { text: markdown.trim(), entities: [] } : rendered;
  if (text.length <= longestText) return { text: text || "…", entities };
  const cut = text.slice(0, longestText).toWellFormed();
  return {
    text: cut,
    entities: entities.filter(({ offset, length }) => offset + length <= cut.length),
  };
}

export type Post = Rendered & {
  readonly keyboard?: InlineKeyboardMarkup | undefined;
  readonly replyTo?: number | undefined;
  /** Opens the person's keyboard as a reply to this message. */
  readonly asks?: string;
};

const quiet = { is_disabled: true } as const;

/** Sends a text and gives the number of its message. Throws `telegram-*`. */
export async function postText(
  client: Client,
  place: Place,
  { text, entities, keyboard, replyTo, asks }: Post,
): Promise<number> {
  const message = await plainIfRefused(entities, (marks) =>
    client.patient.sendMessage({
      ...addressOf(place),
      text,
      entities: [...marks],
      link_preview_options: quiet,
      ...replyParameters(replyTo),
      ...(keyboard && { reply_markup: keyboard }),
      ...(asks !== undefined && {
        reply_markup: {
          force_reply: true,
          selective: true,
          ...(asks !== "" && { input_field_placeholder: asks.slice(0, 64) }),
        },
      }),
    }),
  ).catch((thrown: unknown) => {
    throw telegramFailure(thrown);
  });
  return message.message_id;
}

/** Sends with entities, and without when Telegram refuses one of them: the words count most. */
const plainIfRefused = <Result>(
  entities: Rendered["entities"],
  send: (entities: Rendered["entities"]) => Promise<Result>,
): Promise<Result> =>
  send(entities).catch((thrown: unknown) => {
    if (entities.length === 0 || !isBadEntity(thrown)) throw thrown;
    return send([]);
  });

/** Changes a message sent earlier, patiently or once. Throws `message-vanished`, `telegram-*`. */
export async function editText(
  client: Client,
  place: Place,
  messageId: number,
  { text, entities, keyboard }: Post,
  how: "patient" | "hasty",
): Promise<void> {
  await plainIfRefused(entities, (marks) =>
    client[how].editMessageText({
      chat_id: place.chatId,
      message_id: messageId,
      text,
      entities: [...marks],
      link_preview_options: quiet,
      ...(keyboard && { reply_markup: keyboard }),
    }),
  ).catch((thrown: unknown) => {
    if (!isUnchanged(thrown)) throw telegramFailure(thrown);
  });
}

/** Sends a voice message. */
export async function postVoice(
  client: Client,
  place: Place,
  { bytes, duration }: VoiceMessage,
): Promise<void> {
  await client.patient
    .sendVoice({
      ...addressOf(place),
      voice: new InputFile(bytes, "voice.ogg"),
      duration: Math.ceil(duration),
    })
    .catch((thrown: unknown) => {
      throw telegramFailure(thrown);
    });
}

/** Sends a file. */
export async function postFile(
  client: Client,
  place: Place,
  { name, bytes }: OutgoingFile,
  replyTo: number | undefined,
): Promise<number> {
  // Names must not break the form they travel in.
  const file = new InputFile(bytes, name.replaceAll(/[\r\n;"]/g, "_").slice(0, longestCaption));
  const common = { ...addressOf(place), ...replyParameters(replyTo) };
  const sending = client.patient.sendDocument({ ...common, document: file });
  const message = await sending.catch((thrown: unknown) => {
    throw telegramFailure(thrown);
  });
  return message.message_id;
}

export const addressOf = ({ chatId, topic }: Place) => ({
  chat_id: chatId,
  ...(topic !== undefined && { message_thread_id: topic }),
});

const replyParameters = (
  message: number | undefined,
): { readonly reply_parameters?: ReplyParameters } =>
  message === undefined
    ? {}
    : { reply_parameters: { message_id: message, allow_sending_without_reply: true } };
