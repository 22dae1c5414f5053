import type { DiscordGatewayAdapterCreator } from "@discordjs/voice";
import type { Person } from "../../../core/person.ts";

/** What a bot needs in a voice channel, by the names of Discord's own settings. */
export type VoicePermission = "view" | "connect" | "speak";

export type VoiceChannel = {
  readonly id: string;
  readonly guildId: string;
  readonly name: string;
  /** What the bot lacks there. */
  readonly missing: readonly VoicePermission[];
  /** No place is left, and the bot may not enter all the same. */
  readonly isFull: boolean;
};

/** Somebody entered, left, was moved, muted or deafened. */
export type VoiceChange = {
  readonly guildId: string;
  readonly userId: string;
  /** The voice channel they are in now. */
  readonly channelId: string | null;
  /** By a moderator, not by themselves. */
  readonly isMuted: boolean;
  readonly isDeafened: boolean;
  /** In a stage, and not among those who speak there. */
  readonly isAudience: boolean;
};

/** Whether the bot may speak where it is: it does, it has asked a moderator, or it may not even ask. */
export type MayBeHeard = "speaks" | "asked" | "audience";

/** The main connection to Discord, as voice needs it. */
export type VoiceGateway = {
  readonly botId: string;
  /** What people see the bot called in a guild. */
  botName(guildId: string): string;
  guildIds(): readonly string[];
  adapterCreator(guildId: string): DiscordGatewayAdapterCreator;
  /** The voice channel a user is in. */
  channelOf(guildId: string, userId: string): string | undefined;
  channel(channelId: string): VoiceChannel | undefined;
  /** Who is in a voice channel, bots too. */
  people(channelId: string): Promise<readonly Person[]>;
  /** Where the bot is in the audience of a stage, it steps forward if it may, or asks to. */
  askToSpeak(guildId: string): Promise<MayBeHeard>;
  /** Tells of every change of a voice state until the function it gives back is called. */
  onChange(listener: (change: VoiceChange) => void): () => void;
};
