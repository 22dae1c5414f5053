import { ApprenticeError } from "../core/errors.ts";
import { roles } from "../core/person.ts";
import type { Reply } from "../core/reply.ts";
import type { VoiceChoices } from "../core/voice-rooms.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { requireRoleFor } from "./require-role.ts";

/** A word that takes a choice back to the bot's own setting. */
const usual = "default";
const longest = 80;

export default defineCommand({
  name: "voice",
  about: "command.voice",
  needs: "member",
  options: {
    me: { type: "flag", about: "command.voice.me", optional: true },
    listen: { type: "flag", about: "command.voice.listen", optional: true },
    language: { type: "text", about: "command.voice.language", optional: true },
    speaker: { type: "text", about: "command.voice.speaker", optional: true },
    name: { type: "text", about: "command.voice.name", optional: true },
    talkers: { type: "choice", about: "command.voice.talkers", choices: roles, optional: true },
  },
  usageExamples: [
    "voice",
    "voice me=no",
    "voice language=ru-RU",
    "voice listen=no talkers=trainer",
  ],
  async run({ me, listen, language, speaker, name, talkers }, context) {
    const { message, voiceMemory, voiceRooms } = context;
    const choices: Partial<VoiceChoices> = {
      ...(listen !== undefined && { listen }),
      ...(language !== undefined && { language: chosen("language", language) }),
      ...(speaker !== undefined && { speaker: chosen("speaker", speaker) }),
      ...(name !== undefined && { wakeName: chosen("name", name) }),
      ...(talkers !== undefined && { talkers }),
    };
    const isChange = Object.keys(choices).length > 0;
    if (isChange) requireRoleFor(context, "admin");
    if (isChange) await voiceMemory.choose(message.workspace, choices);
    if (me !== undefined) {
      await voiceMemory.setOptedOut(message.workspace, message.person.id, !me);
    }
    if (isChange || me !== undefined) await voiceRooms?.refresh(message.workspace);
    return show(context);
  },
});

function chosen(field: string, value: string): string | null {
  const text = value.trim();
  if (text.length > longest) {
    throw new ApprenticeError("teaching-too-long", { field, length: text.length, limit: longest });
  }
  return text === "" || text.toLowerCase() === usual ? null : text;
}

async function show({
  message,
  prefix,
  say,
  voiceMemory,
  voiceRooms,
}: CommandContext): Promise<Reply> {
  const choices = await voiceMemory.choices(message.workspace);
  const isOut = (await voiceMemory.optedOut(message.workspace)).has(message.person.id);
  const channel = voiceRooms?.current(message.workspace);
  const { language, speaker, wakeName, listen, talkers } = choices;
  const asUsual = say("voice.usual");
  const lines = [
    channel === undefined ? say("voice.nowhere", { prefix }) : say("voice.where", { channel }),
    say(listen ? "voice.listen-on" : "voice.listen-off"),
    say("voice.language", { language: language ?? asUsual }),
    say("voice.speaker", { speaker: speaker ?? asUsual }),
    say("voice.name", { name: wakeName ?? asUsual }),
    say("voice.talkers", { role: say(`role.${talkers}`) }),
    say(isOut ? "voice.me-out" : "voice.me-in", { prefix }),
  ];
  return {
    text: lines.map((line) => `- ${line}`).join("\n"),
    data: { ...choices, channel: channel ?? null, me: !isOut },
    personal: true,
  };
}
