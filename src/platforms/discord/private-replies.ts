import type { User } from "discord.js";
import type { Outbound } from "../../core/platform.ts";
import type { Reply } from "../../core/reply.ts";
import { say, type Voice } from "../../texts/say.ts";
import { outboundTo, type ChannelOutbound, type Outward } from "./outbound.ts";
import { discordError } from "./rest-errors.ts";

/**
 * A channel's way out on which what only one person may read takes the way to their private chat, and
 * the channel reads no more than that it was sent there. Who takes no private messages learns so.
 */
export function privateReplies(
  outward: Outward,
  channel: ChannelOutbound,
  how: {
    readonly asker: User;
    readonly voice: Voice;
    readonly part: "everything" | "failures";
  },
): Outbound {
  const { asker, voice } = how;
  let isNoted = false;
  let lastNote = "";
  const note = async (key: Note) => {
    if (!isNoted) lastNote = await channel.send({ text: say(voice, key) });
    isNoted = true;
    return lastNote;
  };
  const { typing, limits } = channel;
  return {
    limits,
    ...(typing && { typing }),
    async send(reply, signal) {
      const isHidden = how.part === "everything" || reply.failure !== undefined;
      if (!isHidden) return channel.send(reply, signal);
      try {
        const chat = outboundTo(outward, { channel: await asker.createDM(), voice });
        await chat.send(withoutButtons(reply), signal);
      } catch (thrown) {
        const error = discordError(thrown, { permissions: "", place: "" });
        if (error.code === "discord-private-closed") return note("discord.privately-refused");
        const { id, code, cause } = error;
        outward.log.warn("A private answer could not be sent", { id, code, error: cause });
        return note("discord.privately-failed");
      }
      return note("discord.sent-privately");
    },
    // Only notes stand in the channel, and they say nothing that could change.
    edit: async (id, reply, signal) =>
      how.part === "everything" ? undefined : channel.edit(id, reply, signal),
    ...(channel.remove && { remove: (id, signal) => channel.remove!(id, signal) }),
    ...(channel.thread && { thread: (id) => channel.thread!(id) }),
  };
}

type Note = "discord.sent-privately" | "discord.privately-refused" | "discord.privately-failed";

/** Buttons act in the place where they are: in a private chat on another knowledge. */
const withoutButtons = ({ text, files, failure }: Reply): Reply => ({
  text,
  ...(files && { files }),
  ...(failure && { failure }),
});
