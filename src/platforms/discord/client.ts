import { Client, GatewayIntentBits, Options, Partials } from "discord.js";
import type { Gateway } from "./gateway.ts";
import type { DiscordSettings } from "./parts.ts";

/** A client that keeps only what is needed to answer: no old messages, no people who said nothing. */
export function createClient(
  settings: DiscordSettings,
  apiUrl: string | undefined,
  gateway: Gateway,
): Client {
  const { messageContent, shardCount, shards } = settings;
  return new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.GuildMessageReactions,
      GatewayIntentBits.GuildVoiceStates,
      GatewayIntentBits.DirectMessages,
      GatewayIntentBits.DirectMessageReactions,
      ...(messageContent ? [GatewayIntentBits.MessageContent] : []),
    ],
    partials: [Partials.Channel, Partials.Message, Partials.Reaction, Partials.User],
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      ...unneeded,
      GuildMemberManager: {
        maxSize: 50,
        keepOverLimit: ({ id, client, guild }) =>
          id === client.user.id || typeof guild.voiceStates.cache.get(id)?.channelId === "string",
      },
      UserManager: { maxSize: 1_000, keepOverLimit: ({ id, client }) => id === client.user.id },
    }),
    allowedMentions: { parse: [], repliedUser: false },
    failIfNotExists: false,
    ws: { buildStrategy: gateway.strategy },
    // Discord's own limit of 50 requests a second is not another server's; what that says is obeyed.
    ...(apiUrl !== undefined && {
      rest: { api: apiUrl, globalRequestsPerSecond: Number.POSITIVE_INFINITY },
    }),
    ...(shardCount ? { shardCount, ...(shards && { shards: [...shards] }) } : { shards: "auto" }),
  });
}

const unneeded = {
  AutoModerationRuleManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildInviteManager: 0,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadMemberManager: 0,
};
