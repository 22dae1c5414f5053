import type { CallbackQuery } from "grammy/types";
import { now, sleep } from "../../core/clock.ts";
import { ApprenticeError } from "../../core/errors.ts";
import type { Language } from "../../core/language.ts";
import type { Log } from "../../core/log.ts";
import type { CommandCall, Message } from "../../core/message.ts";
import type { Outbound } from "../../core/platform.ts";
import { say, sayError } from "../../texts/say.ts";
import { messageIdOf, personIdOf } from "./addresses.ts";
import { decodePress, type Press } from "./callback-data.ts";
import { callFrom, topicOf, type InboundParts } from "./inbound.ts";
import { languageOfUser } from "./members.ts";
import { outboundTo, type OutboundParts } from "./outbound.ts";
import { postText, readable } from "./post.ts";

/** Telegram's limit of a notice, and up to which length it is shown without being closed by hand. */
const longestNotice = 200;
const longestPassing = 80;

/** A press of a button as a message with its way back, if it calls a command. */
export type Pressed = {
  readonly message: Message;
  readonly outbound: Outbound;
  done(): Promise<void>;
};

type PressParts = InboundParts & OutboundParts & { readonly log: Log };

/**
 * Reads a press. One that asks for words opens the person's keyboard as a reply, and is done; one whose
 * button is no longer known is told so. Each query is answered exactly once.
 */
export async function readPress(
  parts: PressParts,
  query: CallbackQuery,
): Promise<Pressed | undefined> {
  const { message: under, from, data = "", id } = query;
  const language = languageOfUser(from) ?? "en";
  const notice = createNotice(parts, id);
  const press = await decodePress(data, parts.notes);
  if (!press || !under || from.is_bot) {
    await notice.tell(sayError(language, new ApprenticeError("button-expired")), true);
    return undefined;
  }
  // A message that Telegram no longer shows the bot has neither a topic nor a date.
  const topic = "text" in under || under.date > 0 ? topicOf(under) : undefined;
  if (press.kind === "ask") {
    await ask(parts, press, under, { topic, language, asker: from.id });
    await notice.tell("");
    return undefined;
  }
  const message = await callFrom(parts.members, {
    id: `telegram:press:${id}`,
    chat: under.chat,
    topic,
    user: from,
    call: press.call,
    replyTo: under.message_id,
    sentAt: now(),
  });
  const place = { chatId: under.chat.id, ...(topic !== undefined && { topic }) };
  const apart = outboundTo(parts, {
    ...place,
    language,
    asker: from.id,
    replyTo: under.message_id,
  });
  const inPlace =
    press.where === "in-place" ? messageIdOf(under.chat.id, under.message_id) : undefined;
  const done = new AbortController();
  // Telegram forgets a query soon: long work is acknowledged before it is done.
  const early = sleep(parts.pace.press, done.signal).then(
    () => notice.tell(""),
    () => {},
  );
  return {
    message,
    outbound: pressedOutbound(apart, notice, inPlace, press.call),
    async done() {
      done.abort();
      await early;
      await notice.tell("");
    },
  };
}

type Notice = {
  readonly isOpen: boolean;
  /** Answers the query, once; an empty text only ends the waiting. */
  tell(text: string, alert?: boolean): Promise<void>;
};

function createNotice({ client, log }: PressParts, queryId: string): Notice {
  let isOpen = true;
  return {
    get isOpen() {
      return isOpen;
    },
    async tell(text, alert = text.length > longestPassing) {
      if (!isOpen) return;
      isOpen = false;
      await client.patient
        .answerCallbackQuery({
          callback_query_id: queryId,
          ...(text !== "" && { text: text.slice(0, longestNotice), show_alert: alert }),
        })
        // Too old, after a restart: what was pressed is done all the same.
        .catch(() => log.debug("A press could not be acknowledged any more"));
    },
  };
}

/** Short words become a notice; the next step of the same thing takes the place of the message. */
function pressedOutbound(
  apart: Outbound,
  notice: Notice,
  inPlace: string | undefined,
  call: CommandCall,
): Outbound {
  let isReplaced = false;
  return {
    ...apart,
    async send(reply, signal) {
      const { text } = readable(reply.text, 0);
      const isWord = reply.failure !== undefined || reply.personal || call.name === "feedback";
      if (isWord && notice.isOpen && text.length <= longestNotice && !reply.files) {
        await notice.tell(text, reply.failure !== undefined || undefined);
        return inPlace ?? "";
      }
      await notice.tell("");
      const isApart = inPlace === undefined || isReplaced || reply.failure || reply.personal;
      if (isApart) return apart.send(reply, signal);
      isReplaced = true;
      await apart.edit(inPlace, reply, signal);
      return inPlace;
    },
  };
}

/** What a reply brings: an option of a call. Notes of earlier versions do not say who was asked. */
type AskedFor = { readonly call: CommandCall; readonly option: string; readonly asker?: string };

/** The name of the note that says what a reply to a message means. */
export const askedNote = (messageId: string): string => `asked:${messageId}`;

/** Asks for the words that a command still needs; the reply to that message brings them. */
async function ask(
  parts: OutboundParts,
  { call, option }: Extract<Press, { kind: "ask" }>,
  {
    chat,
    message_id: under,
  }: { readonly chat: { readonly id: number }; readonly message_id: number },
  how: { readonly topic: number | undefined; readonly language: Language; readonly asker: number },
): Promise<void> {
  const place = { chatId: chat.id, ...(how.topic !== undefined && { topic: how.topic }) };
  const sent = await postText(parts.client, place, {
    ...readable(say(how.language, "telegram.write-correction"), chat.id),
    replyTo: under,
    asks: say(how.language, "telegram.write-placeholder"),
  });
  await parts.notes.put(
    askedNote(messageIdOf(chat.id, sent)),
    JSON.stringify({ call, option, asker: personIdOf(how.asker) }),
  );
}

/**
 * The command that a message fills because it replies to a message that asked its author for words.
 * Words that begin with a slash are words too, unless they call a command.
 */
export async function filledCall(
  notes: OutboundParts["notes"],
  commands: ReadonlySet<string>,
  { replyTo, text, person, isForwarded }: Message,
): Promise<CommandCall | undefined> {
  const kept = replyTo === undefined ? undefined : await notes.get(askedNote(replyTo));
  const command = /^\/(\w{1,64})/.exec(text)?.[1]?.toLowerCase() ?? "";
  if (kept === undefined || text.trim() === "" || isForwarded || commands.has(command))
    return undefined;
  const { call, option, asker } = JSON.parse(kept) as AskedFor;
  if (asker !== undefined && asker !== person.id) return undefined;
  return { ...call, values: { ...call.values, [option]: text } };
}
