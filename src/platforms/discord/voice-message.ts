import {
  AttachmentBuilder,
  MessageFlags,
  PermissionFlagsBits,
  type Client,
  type SendableChannels,
} from "discord.js";
import type { VoiceMessage } from "../../core/platform.ts";
import { resend } from "./resend.ts";

/** What a bot needs to send a voice message beside a text. */
const needed = PermissionFlagsBits.SendVoiceMessages | PermissionFlagsBits.AttachFiles;

/**
 * Sends a voice message, which Discord draws with its waveform. Where the bot may not, the text that
 * was sent before it says the same.
 */
export async function sendVoiceMessage(
  client: Client,
  channel: SendableChannels,
  { bytes, duration, waveform }: VoiceMessage,
): Promise<void> {
  const has =
    "permissionsFor" in channel && client.user ? channel.permissionsFor(client.user) : undefined;
  if (has && !has.has(needed)) return;
  const sound = new AttachmentBuilder(Buffer.from(bytes), { name: "voice-message.ogg" })
    .setDuration(duration)
    .setWaveform(Buffer.from(waveform).toString("base64"));
  await resend(async () => {
    await channel.send({
      files: [sound],
      flags: MessageFlags.IsVoiceMessage,
      allowedMentions: { parse: [] },
    });
  });
}
