import { elapsed } from "../../core/clock.ts";
import { ApprenticeError } from "../../core/errors.ts";
import { languageOf, type Language } from "../../core/language.ts";
import type { Outbound, PlatformNotes } from "../../core/platform.ts";
import type { Reply } from "../../core/reply.ts";
import { say } from "../../texts/say.ts";
import { messageIdOf, messageNumberOf } from "./addresses.ts";
import type { Client } from "./client.ts";
import { isUnknownMethod, retryAfter, telegramFailure } from "./failure.ts";
import { keyboardFor } from "./keyboard.ts";
import type { Pace } from "./parts.ts";
import {
  addressOf,
  editText,
  postFile,
  postText,
  postVoice,
  readable,
  type Place,
} from "./post.ts";

export type OutboundParts = {
  readonly client: Client;
  readonly notes: PlatformNotes;
  readonly pace: Pace;
  readonly drafts: Drafts;
};

/** Whether the server knows native drafts; an older one says so once. */
export type Drafts = { supported: boolean };

export type Destination = Place & {
  readonly language: Language;
  /** The person who asked, for what only they may have. */
  readonly asker?: number;
  /** The message that is answered, where the answer should point at it. */
  readonly replyTo?: number;
  /** A private chat's message, whose answer is shown as a native draft while it is made. */
  readonly draftOf?: number;
  /** Whether everything sent replies to that message, not only the first. */
  readonly isThread?: boolean;
  /** The id of the message that is answered, for finding again what was begun before a restart. */
  readonly answers?: string;
};

/** Where the first words of an unfinished answer are noted, so that a restart continues there. */
export const beginningNote = (messageId: string): string => `begun:${messageId}`;

/** The way into a chat. */
export function outboundTo(parts: OutboundParts, destination: Destination): Outbound {
  const { client, notes, pace, drafts } = parts;
  const { replyTo, draftOf, answers } = destination;
  let quietUntil = 0;
  let isFirst = true;

  const postOf = async (reply: Reply) => ({
    ...readable(reply.text, destination.chatId),
    keyboard: await keyboardFor(
      reply,
      languageOf(reply.text, destination.language),
      notes,
      destination.chatId > 0,
    ),
  });

  const send = async (reply: Reply): Promise<string> => {
    if (isForOneAlone(reply, destination)) return sendAlone(parts, destination, reply, send);
    const wasFirst = isFirst;
    isFirst = destination.isThread === true;
    const isBeginning = wasFirst && answers !== undefined && reply.unfinished === true;
    const begun =
      wasFirst && answers !== undefined ? await notes.get(beginningNote(answers)) : undefined;
    if (begun !== undefined) {
      const id = messageIdOf(destination.chatId, Number(begun));
      const continued = await edit(id, reply).then(() => true, isVanished);
      if (continued) return id;
    }
    const post = await postOf(reply);
    const sent = await postText(client, destination, {
      ...post,
      replyTo: wasFirst ? replyTo : undefined,
    });
    if (isBeginning) await notes.put(beginningNote(answers), String(sent));
    for (const file of reply.files ?? []) await postFile(client, destination, file, sent);
    return messageIdOf(destination.chatId, sent);
  };

  const edit = async (id: string, reply: Reply): Promise<void> => {
    const isPassing = reply.unfinished === true;
    if (isPassing && elapsed() < quietUntil)
      throw new ApprenticeError("telegram-busy", { seconds: 1 });
    try {
      const post = await postOf(reply);
      await editText(
        client,
        destination,
        messageNumberOf(id),
        post,
        isPassing ? "hasty" : "patient",
      );
    } catch (thrown) {
      quietUntil = elapsed() + secondsOf(thrown) * 1_000;
      throw thrown;
    }
    for (const file of reply.files ?? [])
      await postFile(client, destination, file, messageNumberOf(id));
  };

  const draft = async (text: string): Promise<void> => {
    if (!drafts.supported || elapsed() < quietUntil) return;
    const { text: shown, entities } = readable(text, destination.chatId);
    try {
      await client.hasty.sendMessageDraft({
        ...addressOf(destination),
        draft_id: draftOf!,
        text: shown,
        entities: [...entities],
        can_stop: true,
        keep_on_stop: true,
      });
    } catch (thrown) {
      if (isUnknownMethod(thrown)) drafts.supported = false;
      quietUntil = elapsed() + (retryAfter(thrown) ?? 0) * 1_000;
      throw telegramFailure(thrown);
    }
  };

  const isDrafting = draftOf !== undefined && drafts.supported;
  return {
    limits: { text: 4_096, editInterval: isDrafting ? pace.draft : pace.edit },
    send,
    edit,
    async remove(id) {
      await client.patient
        .deleteMessage({ chat_id: destination.chatId, message_id: messageNumberOf(id) })
        .catch((thrown: unknown) => {
          const failure = telegramFailure(thrown);
          if (failure.code !== "message-vanished") throw failure;
        });
    },
    speak: (voice) => postVoice(client, destination, voice),
    // There are no threads under messages: what belongs to one replies to it.
    async thread(id) {
      const { draftOf: _draft, answers: _message, ...chat } = destination;
      return outboundTo(parts, { ...chat, replyTo: messageNumberOf(id), isThread: true });
    },
    async typing() {
      // Nobody misses it when it does not come.
      await client.hasty
        .sendChatAction({ ...addressOf(destination), action: "typing" })
        .catch(() => {});
    },
    ...(isDrafting && { draft }),
  };
}

/** Whether a reply holds files that only the one who asked may have, and others are here. */
const isForOneAlone = ({ personal, files }: Reply, { chatId, asker }: Destination): boolean =>
  personal === true && files !== undefined && chatId < 0 && asker !== undefined;

/** Gives a reply to the one who asked in their private chat, and says so here. */
async function sendAlone(
  parts: OutboundParts,
  { asker, language }: Destination,
  reply: Reply,
  sendHere: (reply: Reply) => Promise<string>,
): Promise<string> {
  try {
    await outboundTo(parts, { chatId: asker!, language }).send(reply);
    return await sendHere({ text: say(language, "telegram.sent-privately") });
  } catch (thrown) {
    // Telegram lets bots write only to those who wrote to them first.
    const isClosed = thrown instanceof ApprenticeError && thrown.code === "telegram-closed";
    if (!isClosed) throw thrown;
    return sendHere({ text: say(language, "telegram.privately-first") });
  }
}

const isVanished = (thrown: unknown): boolean => {
  if (thrown instanceof ApprenticeError && thrown.code === "message-vanished") return false;
  throw thrown;
};

const secondsOf = (thrown: unknown): number =>
  thrown instanceof ApprenticeError && thrown.code === "telegram-busy"
    ? Number(thrown.values["seconds"])
    : 0;
