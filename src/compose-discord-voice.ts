import { effectiveRole } from "./bot/permissions.ts";
import type { App } from "./app.ts";
import type { Speech, VoiceSettings } from "./core/voice.ts";
import type { DiscordClient } from "./platforms/discord/discord.ts";
import { createVoiceGateway } from "./platforms/discord/voice/client-gateway.ts";
import type { VoiceGateway } from "./platforms/discord/voice/voice-gateway.ts";
import { defaultLinkTimes } from "./platforms/discord/voice/voice-link.ts";
import type { RoomTimes } from "./platforms/discord/voice/voice-room.ts";
import { createVoiceRooms, type DiscordVoiceRooms } from "./platforms/discord/voice/voice-rooms.ts";

/** Voice over the connected client of discord.js. */
export const openClientVoice = (
  app: App,
  client: DiscordClient,
  trainerRoles: readonly string[],
): DiscordVoiceRooms =>
  openDiscordVoice({
    app,
    gateway: createVoiceGateway(client, trainerRoles),
    speech: app.spoken.speech,
    settings: app.spoken.voiceSettings,
  });

export type DiscordVoiceParts = {
  readonly app: App;
  readonly gateway: VoiceGateway;
  readonly speech: Speech;
  /** How the bot listens and speaks where a workspace has not chosen. */
  readonly settings: VoiceSettings;
  readonly times?: RoomTimes;
};

const usualTimes: RoomTimes = { ...defaultLinkTimes, emptyWait: 60_000 };

/** Gives Discord's voice rooms to the commands and to the answers that are spoken too. */
export function openDiscordVoice({
  app,
  gateway,
  speech,
  settings,
  times = usualTimes,
}: DiscordVoiceParts): DiscordVoiceRooms {
  const { config, workspaces, turns } = app;
  const rooms = createVoiceRooms({
    gateway,
    speech,
    settings,
    times,
    log: app.log,
    prefix: config.prefix,
    memory: app.voiceMemory,
    receive: app.receive,
    prepare: app.prepare,
    reach: app.reach,
    async roleOf(workspace, person) {
      return effectiveRole(person.role, await workspaces.roleOf(workspace, person.id));
    },
    keepHeard: (workspace, messageId, heard) => turns.heard(workspace, messageId, heard),
    async voiceOf(workspace, language) {
      const { voice } = await workspaces.settings(workspace);
      return voice ?? (config.voice === "auto" ? language : config.voice);
    },
  });
  app.attachVoice(rooms);
  return {
    ...rooms,
    async close() {
      app.attachVoice(undefined);
      await rooms.close();
    },
  };
}
