import {
  Routes,
  type Client,
  type Message as DiscordMessage,
  type MessageCreateOptions,
  type SendableChannels,
  type User,
} from "discord.js";
import { ApprenticeError } from "../../core/errors.ts";
import type { Log } from "../../core/log.ts";
import type { Outbound } from "../../core/platform.ts";
import type { Reply } from "../../core/reply.ts";
import { say, sayError, type Voice } from "../../texts/say.ts";
import type { CustomIds } from "./custom-id.ts";
import type { DraftPace } from "./draft-pace.ts";
import { openThread, type ListThreads } from "./list-threads.ts";
import { limits, newNonce, payloadOf, type Payload } from "./payload.ts";
import { inWords, lacking, missingIn, type NeededPermission } from "./permissions.ts";
import { discordError, isBadReference, isClosed, isVanished } from "./rest-errors.ts";
import { resend } from "./resend.ts";
import { startTyping } from "./typing.ts";
import { sendVoiceMessage } from "./voice-message.ts";

/** What every way into Discord needs. */
export type Outward = {
  readonly client: Client;
  readonly ids: CustomIds;
  readonly pace: DraftPace;
  readonly log: Log;
  readonly lists: ListThreads;
  /** Is told when something could not be sent because Discord did not answer. */
  readonly unsent?: () => void;
};

export type Target = {
  readonly channel: SendableChannels;
  readonly voice: Voice;
  /** The message that the first one replies to. */
  readonly replyTo?: string;
  /** Whether nothing else ever replies to that message: sent twice, it is sent once. */
  readonly isOnlyAnswer?: boolean;
  /** Who is told privately when the bot may not write in the channel. */
  readonly asker?: User;
};

/** Least milliseconds between two edits of one message. */
export const editInterval = 1_000;

/** The way into a channel, with what ends "is typing" when there was nothing to say. */
export type ChannelOutbound = Outbound & { stopTyping(): void };

export function outboundTo(outward: Outward, target: Target): ChannelOutbound {
  const { channel, voice } = target;
  let { replyTo, asker } = target;
  let stopTyping = (): void => {};
  const failed = (thrown: unknown, wanted: readonly NeededPermission[] = sending(channel)) => {
    const error = discordError(thrown, missingIn(outward.client, channel, wanted, voice));
    if (error.code === "discord-unreachable") outward.unsent?.();
    return error;
  };

  const send = async (message: MessageCreateOptions): Promise<DiscordMessage> =>
    channel.send(message);
  const post = async (payload: Payload, isWhole: boolean): Promise<DiscordMessage> => {
    // By its nonce Discord knows an answer that was sent just before the process ended.
    const nonce = isWhole && replyTo !== undefined && target.isOnlyAnswer ? replyTo : newNonce();
    const message = { ...payload, nonce, enforceNonce: true };
    if (replyTo === undefined) return resend(() => send(message));
    const reply = { messageReference: replyTo, failIfNotExists: false };
    try {
      return await resend(() => send({ ...message, reply }));
    } catch (thrown) {
      if (!isBadReference(thrown)) throw thrown;
      return resend(() => send(message));
    }
  };

  /** The way into a thread that lists things, which remembers what it shows. */
  const listOutbound = (thread: SendableChannels, before: readonly string[]): Outbound => {
    const keys = new Set(before);
    return {
      ...outboundTo(outward, { channel: thread, voice }),
      listed: {
        has: (key) => keys.has(key),
        async add(key) {
          keys.add(key);
          await outward.lists.keep(channel.id, { threadId: thread.id, keys: [...keys] });
        },
      },
    };
  };

  return {
    limits: { text: limits.text, editInterval, messages: limits.messages },
    async send(reply) {
      try {
        const payload = withoutForbiddenFiles(
          await payloadOf(reply, voice, outward.ids),
          outward,
          target,
        );
        const { id } = await post(payload, reply.unfinished !== true);
        replyTo = undefined;
        stopTyping();
        return id;
      } catch (thrown) {
        stopTyping();
        const error = failed(thrown);
        if (!isClosed(thrown) || !asker || reply.unfinished) throw error;
        const told = tellPrivately(asker, error, voice);
        // Once is enough, however many parts there are.
        asker = undefined;
        return told;
      }
    },
    async edit(messageId, reply) {
      if (reply.unfinished && !outward.pace.takes(channel.id))
        throw new ApprenticeError("cancelled");
      try {
        const payload = await payloadOf(reply, voice, outward.ids);
        await resend(() => channel.messages.edit(messageId, payload));
      } catch (thrown) {
        throw failed(thrown);
      }
    },
    async remove(messageId) {
      await channel.messages.delete(messageId).catch((thrown: unknown) => {
        if (!isVanished(thrown)) throw failed(thrown);
      });
    },
    async thread(messageId) {
      if (!("threads" in channel)) return outboundTo(outward, { channel, voice });
      try {
        const known = await outward.lists.of(channel.id);
        const open = known && (await openThread(outward.client, known.threadId));
        if (open) {
          const content = say(voice, "discord.thread-open", { thread: `<#${open.id}>` });
          const reply = { messageReference: messageId, failIfNotExists: false };
          await resend(() => send({ content, reply, allowedMentions: { parse: [] } }));
          return listOutbound(open, known.keys);
        }
        const opening = { name: say(voice, "discord.thread"), startMessage: messageId } as const;
        const thread = await (channel.threads as TextThreads).create(opening);
        await outward.lists.keep(channel.id, { threadId: thread.id, keys: [] });
        return listOutbound(thread, []);
      } catch (thrown) {
        throw failed(thrown, ["CreatePublicThreads", "SendMessagesInThreads"]);
      }
    },
    async speak(spoken) {
      try {
        await sendVoiceMessage(outward.client, channel, spoken);
      } catch (thrown) {
        throw failed(thrown);
      }
    },
    async typing() {
      stopTyping = startTyping(channel);
    },
    stopTyping: () => stopTyping(),
  };
}

type TextThreads = {
  create(options: { name: string; startMessage: string }): Promise<SendableChannels>;
};

const sending = (channel: SendableChannels): readonly NeededPermission[] =>
  channel.isThread()
    ? ["ViewChannel", "SendMessagesInThreads", "ReadMessageHistory"]
    : ["ViewChannel", "SendMessages", "ReadMessageHistory"];

/** Words go out even where files may not: then they say which permission the files need. */
function withoutForbiddenFiles(payload: Payload, { client }: Outward, target: Target): Payload {
  const { channel, voice } = target;
  if (payload.files.length === 0 || !("permissionsFor" in channel)) return payload;
  const has = client.user && channel.permissionsFor(client.user);
  if (!has || lacking(has, ["AttachFiles"]).length === 0) return payload;
  const permissions = inWords(["AttachFiles"], voice);
  const place = `#${channel.name}`;
  const note = sayError(voice, new ApprenticeError("discord-permission", { permissions, place }));
  const content = `${payload.content.slice(0, limits.text - note.length - 2)}\n\n${note}`;
  return { ...payload, content, files: [] };
}

/** Where the bot may not write, whoever asked still learns why. */
async function tellPrivately(asker: User, error: ApprenticeError, voice: Voice): Promise<string> {
  try {
    const { id } = await asker.send({
      content: sayError(voice, error),
      allowedMentions: { parse: [] },
    });
    return id;
  } catch (thrown) {
    // Both ways are closed: the first reason is told, and the second one is kept with it.
    throw new ApprenticeError(error.code, error.values, { cause: thrown });
  }
}

/**
 * The way to show a plain reply nowhere but in a reaction: for thumbs that people put themselves. With a
 * thumb that was taken away goes the confirmation of it.
 */
export function reactionOutbound(
  outward: Outward,
  target: Target,
  { messageId, confirm }: { readonly messageId: string; readonly confirm: "put" | "removed" },
): Outbound {
  const channelOutbound = outboundTo(outward, { ...target, replyTo: messageId });
  const confirmation = async (): Promise<unknown> =>
    confirm === "put"
      ? target.channel.messages.react(messageId, "✅")
      : outward.client.rest.delete(
          Routes.channelMessageOwnReaction(target.channel.id, messageId, encodeURIComponent("✅")),
        );
  return {
    ...channelOutbound,
    async send(reply: Reply) {
      if (reply.failure) return channelOutbound.send(reply);
      await confirmation().catch((thrown: unknown) => {
        const { code } = discordError(thrown, { permissions: "", place: "" });
        outward.log.info("A rating could not be confirmed by a reaction", { code });
      });
      return messageId;
    },
  };
}
