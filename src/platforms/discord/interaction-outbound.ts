import { MessageFlags, type RepliableInteraction } from "discord.js";
import { elapsed } from "../../core/clock.ts";
import type { Outbound } from "../../core/platform.ts";
import type { Reply } from "../../core/reply.ts";
import { say, type Voice } from "../../texts/say.ts";
import { outboundTo, type Outward } from "./outbound.ts";
import { limits, payloadOf } from "./payload.ts";
import { missingIn } from "./permissions.ts";
import { resend } from "./resend.ts";
import { discordError, isExpired, isVanished } from "./rest-errors.ts";

/** An interaction's token lives for 15 minutes; a little earlier we stop relying on it. */
const tokenLife = 14.5 * 60_000;

/**
 * The way back to an interaction that was deferred, publicly or for its person only. When its token has
 * run out, the answer goes to the channel, and what is personal to the person's private chat.
 */
export function interactionOutbound(
  outward: Outward,
  interaction: RepliableInteraction,
  { voice, isPersonal }: { readonly voice: Voice; readonly isPersonal: boolean },
): Outbound {
  /** What was sent through the interaction: only so can it be edited. */
  const sent = new Set<string>();
  let isFirst = true;
  // By our own steady clock: the two machines' clocks may not agree.
  const receivedAt = elapsed();
  const isOld = (): boolean => elapsed() - receivedAt > tokenLife;

  const elsewhere = async (reply: Reply): Promise<Outbound> => {
    const wantsPrivacy = isPersonal || reply.personal === true;
    const { channel } = interaction;
    const place =
      wantsPrivacy || !channel?.isSendable() ? await interaction.user.createDM() : channel;
    return outboundTo(outward, {
      channel: place,
      voice,
      asker: interaction.user,
    });
  };

  const failed = (thrown: unknown) =>
    discordError(
      thrown,
      interaction.channel
        ? missingIn(outward.client, interaction.channel, ["ViewChannel"], voice)
        : { permissions: say(voice, "permission.view"), place: "?" },
    );

  const post = async (reply: Reply): Promise<string> => {
    const payload = await payloadOf(reply, voice, outward.ids);
    const wasFirst = isFirst;
    isFirst = false;
    const hides = !isPersonal && (reply.personal === true || reply.failure !== undefined);
    if (wasFirst && !hides) return (await resend(() => interaction.editReply(payload))).id;
    if (wasFirst) await interaction.deleteReply().catch(() => {});
    const flags = isPersonal || hides ? { flags: MessageFlags.Ephemeral as const } : {};
    return (await interaction.followUp({ ...payload, ...flags })).id;
  };

  return {
    limits: { text: limits.text, editInterval: 1_000, messages: limits.messages },
    async send(reply, signal) {
      if (isOld()) return (await elsewhere(reply)).send(reply, signal);
      try {
        const id = await post(reply);
        sent.add(id);
        return id;
      } catch (thrown) {
        if (!isExpired(thrown)) throw failed(thrown);
        return (await elsewhere(reply)).send(reply, signal);
      }
    },
    async edit(messageId, reply, signal) {
      try {
        if (isOld() || !sent.has(messageId)) throw new Error("not through the interaction");
        const payload = await payloadOf(reply, voice, outward.ids);
        await resend(() => interaction.webhook.editMessage(messageId, payload));
      } catch (thrown) {
        if (isVanished(thrown)) throw failed(thrown);
        await (await elsewhere(reply)).edit(messageId, reply, signal);
      }
    },
    async remove(messageId) {
      await interaction.deleteReply(messageId).catch((thrown: unknown) => {
        if (!isVanished(thrown)) throw failed(thrown);
      });
    },
    async thread(messageId) {
      const channel = await elsewhere({ text: "" });
      return isPersonal || !channel.thread ? personalList(this) : channel.thread(messageId);
    },
  };
}

/** An ephemeral message can have no thread: its items follow it, as ephemeral. */
const personalList = (outbound: Outbound): Outbound => outbound;
