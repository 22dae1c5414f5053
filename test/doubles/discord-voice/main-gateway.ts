import { newId } from "../../../src/core/ids.ts";
import { intents } from "../discord/intents.ts";
import { memberPayload, userPayload } from "../discord/payloads.ts";
import type { DiscordDouble } from "../discord/server.ts";
import { stageType } from "../discord/stage-routes.ts";
import type { SimulatedPerson } from "./person.ts";
import type { DiscordVoiceDouble } from "./server.ts";

type Placed = { readonly channelId: string; readonly sessionId: string };

/**
 * The voice half of a loopback Discord's main gateway: who is in which voice channel, told to every
 * client; and the way of a client that asks for a channel (operation 4) to the voice server.
 */
export class MainVoice {
  readonly #discord: DiscordDouble;
  readonly #voice: DiscordVoiceDouble;
  /** The guilds where the bot asked to speak on a stage. */
  readonly requests: string[] = [];
  /** By guild, then by user. */
  readonly #places = new Map<string, Map<string, Placed>>();

  constructor(discord: DiscordDouble, voice: DiscordVoiceDouble) {
    this.#discord = discord;
    this.#voice = voice;
    discord.world.onStage = (guildId, { suppress = true, asks = false }) => {
      const channelId = this.channelOf(guildId, discord.bot.id)!;
      const { sessionId } = this.#places.get(guildId)!.get(discord.bot.id)!;
      if (asks) this.requests.push(guildId);
      this.#tell(guildId, discord.bot.id, channelId, sessionId, { suppress });
    };
    discord.gateway.onVoiceStateUpdate = ({ guildId, channelId }) =>
      this.place(guildId, discord.bot.id, channelId);
  }

  /** A person enters a voice channel and talks there. */
  enter(guildId: string, userId: string, channelId: string): SimulatedPerson {
    const person = this.#voice.enter(channelId, userId);
    this.place(guildId, userId, channelId);
    return person;
  }

  /** Somebody is in a channel now, by their own doing or a moderator's; `null`: in none. */
  place(
    guildId: string,
    userId: string,
    channelId: string | null,
    { mute = false, deaf = false } = {},
  ): void {
    const places = this.#places.get(guildId) ?? new Map<string, Placed>();
    this.#places.set(guildId, places);
    const sessionId = places.get(userId)?.sessionId ?? newId();
    const isBot = userId === this.#discord.bot.id;
    const stays = places.get(userId)?.channelId === channelId;
    if (isBot && !stays) this.#voice.dismiss(sessionId);
    if (channelId === null) places.delete(userId);
    else places.set(userId, { channelId, sessionId });
    // Whoever comes to a stage is in its audience.
    const suppress = this.#discord.world.channels.get(channelId ?? "")?.type === stageType;
    this.#tell(guildId, userId, channelId, sessionId, { mute, deaf, suppress });
    if (!isBot || channelId === null || mute || deaf) return;
    const token = newId();
    this.#voice.admit({ guildId, channelId, userId, sessionId, token });
    this.#discord.world.dispatch({
      name: "VOICE_SERVER_UPDATE",
      data: { token, guild_id: guildId, endpoint: this.#voice.endpoint },
      guildId,
    });
  }

  /** The channel of a user. */
  channelOf(guildId: string, userId: string): string | undefined {
    return this.#places.get(guildId)?.get(userId)?.channelId;
  }

  #tell(
    guildId: string,
    userId: string,
    channelId: string | null,
    sessionId: string,
    {
      mute = false,
      deaf = false,
      suppress = false,
    }: { readonly mute?: boolean; readonly deaf?: boolean; readonly suppress?: boolean },
  ): void {
    const { world } = this.#discord;
    const member = world.guilds.get(guildId)!.members.get(userId)!;
    const state = {
      user_id: userId,
      channel_id: channelId,
      session_id: sessionId,
      mute,
      deaf,
      self_mute: false,
      self_deaf: false,
      self_video: false,
      suppress,
      request_to_speak_timestamp: null,
      member: { ...memberPayload(member), user: userPayload(member.user) },
    };
    const others = (world.voiceStates.get(guildId) ?? []).filter(
      (other) => (other as { readonly user_id: string }).user_id !== userId,
    );
    const { member: _notThere, ...kept } = state;
    world.voiceStates.set(guildId, channelId === null ? others : [...others, kept]);
    world.dispatch({
      name: "VOICE_STATE_UPDATE",
      data: { ...state, guild_id: guildId },
      guildId,
      intents: intents.guildVoiceStates,
    });
  }
}
