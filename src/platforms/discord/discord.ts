import type { Client, Message as DiscordMessage } from "discord.js";
import type { Reach } from "../../core/platform.ts";
import { connect, type DiscordState } from "./connection.ts";
import { answerCutOff } from "./cut-off.ts";
import { createCustomIds } from "./custom-id.ts";
import { createDraftPace } from "./draft-pace.ts";
import { followMessages } from "./follow-messages.ts";
import { listenToInteractions } from "./interactions.ts";
import { listenToMessages } from "./messages.ts";
import { createMissedMessages } from "./missed-messages.ts";
import { outboundTo, type Outward } from "./outbound.ts";
import type { DiscordParts } from "./parts.ts";
import { channelOf, languageOfLocale } from "./place.ts";
import { listenToReactions } from "./reactions.ts";
import { keepRegistered } from "./register-commands.ts";
import { createWork } from "./work.ts";

/** The library's client while it is connected. */
export type DiscordClient = Client<true>;

/** Apprentice in Discord. */
export type Discord = {
  state(): DiscordState;
  /** The way into a room, for news of long work. */
  readonly reach: Reach;
  /** The connected client, for what else happens over it, such as voice. */
  client(): DiscordClient | undefined;
  /** Takes nothing new, finishes what was begun, and disconnects. */
  stop(): Promise<void>;
};

/** How long stopping waits for answers that are being made, in milliseconds. */
const patience = 20_000;

/**
 * Connects in the background; how that goes is in `state`, and no failure of it is anybody else's.
 * `connected` runs at each new session.
 */
export function startDiscord(
  parts: DiscordParts,
  connected: (client: DiscordClient) => Promise<void> = async () => {},
): Discord {
  const { settings, log } = parts;
  const work = createWork(log);
  const ids = createCustomIds(settings.token, parts.calls);
  const pace = createDraftPace();
  const missed = createMissedMessages(parts);
  const listening: Client[] = [];
  let take: (message: DiscordMessage) => Promise<void> = async () => {};
  let isFirst = true;

  const connection = connect(
    settings,
    log,
    (client) => {
      const outward: Outward = { client, ids, pace, log };
      take = listenToMessages(client, parts, outward, work);
      missed.watch(client, work, take);
      listenToInteractions(client, parts, outward, work);
      listenToReactions(client, parts, outward, work);
      followMessages(client, parts, work);
      listening.splice(0, 1, client);
    },
    async (client) => {
      if (isFirst) {
        work.run(async () => {
          await answerCutOff(client, parts, take);
          await missed.catchUp(client, take);
        });
      }
      isFirst = false;
      await Promise.all([keepRegistered(client, parts), connected(client)]);
    },
  );

  return {
    state: connection.state,
    client: connection.client,
    reach(room) {
      const client = connection.client();
      const id = channelOf(room);
      const channel = id === undefined ? undefined : client?.channels.cache.get(id);
      if (!client || !channel?.isSendable()) return undefined;
      const locale = "guild" in channel ? channel.guild.preferredLocale : "en-US";
      return outboundTo({ client, ids, pace, log }, { channel, voice: languageOfLocale(locale) });
    },
    async stop() {
      for (const event of takenEvents)
        for (const client of listening) client.removeAllListeners(event);
      await Promise.race([work.idle(), timeout(patience)]);
      await missed.close();
      await connection.stop();
    },
  };
}

const takenEvents = [
  "messageCreate",
  "messageUpdate",
  "messageDelete",
  "messageDeleteBulk",
  "messageReactionAdd",
  "messageReactionRemove",
  "interactionCreate",
] as const;

const timeout = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, milliseconds).unref());
