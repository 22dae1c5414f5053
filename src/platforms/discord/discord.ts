import type { Channel, Client, Message as DiscordMessage } from "discord.js";
import { timeout } from "../../core/clock.ts";
import type { Outbound, Reach } from "../../core/platform.ts";
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
import { lazyOutbound } from "./lazy-outbound.ts";
import { listenToReactions } from "./reactions.ts";
import { discordError } from "./rest-errors.ts";
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

/** How long after a failure to reach Discord what was not sent is tried again, in milliseconds. */
const unsentWait = 15_000;

/** How long stopping waits for answers that are being made, in milliseconds. */
const patience = 6_000;

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
  const idle = (): Promise<void> => Promise.race([work.idle(), timeout(patience)]);
  const ids = createCustomIds(settings.token, parts.calls);
  const pace = createDraftPace();
  const missed = createMissedMessages(parts);
  let listening: Client | undefined;
  let take: (message: DiscordMessage) => Promise<void> = async () => {};
  let isFirst = true;

  const connection = connect(settings, log, {
    prepare(client) {
      const unsent = later(unsentWait, () => sendUnsent());
      const outward: Outward = { client, ids, pace, log, lists: parts.lists, unsent };
      take = listenToMessages(client, parts, outward, work);
      missed.watch(client, work, take);
      listenToInteractions(client, parts, outward, work);
      listenToReactions(client, parts, outward, work);
      followMessages(client, parts, work);
      const takeHere = take;
      const sendUnsent = (): void =>
        work.run(async () => {
          if (client.isReady()) await answerCutOff(client, parts, takeHere);
        });
      client.on("shardResume", sendUnsent);
      client.on("shardReady", sendUnsent);
      listening = client;
    },
    async ready(client) {
      const takeHere = take;
      const isStart = isFirst;
      isFirst = false;
      work.run(async () => {
        await answerCutOff(client, parts, takeHere);
        if (isStart) await missed.catchUp(client, takeHere);
      });
      await Promise.all([keepRegistered(client, parts), connected(client)]);
    },
    idle,
  });

  return {
    state: connection.state,
    client: connection.client,
    reach(room) {
      const client = connection.client();
      const id = channelOf(room);
      if (!client || id === undefined) return undefined;
      const into = (channel: Channel | null): Outbound | undefined => {
        if (!channel?.isSendable()) return undefined;
        const locale = "guild" in channel ? channel.guild.preferredLocale : "en-US";
        const outward = { client, ids, pace, log, lists: parts.lists };
        return outboundTo(outward, { channel, voice: languageOfLocale(locale) });
      };
      const known = client.channels.cache.get(id);
      return known
        ? into(known)
        : lazyOutbound(async () => into(await client.channels.fetch(id).catch(goneIfUnknown)));
    },
    async stop() {
      for (const event of takenEvents) listening?.removeAllListeners(event);
      await idle();
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

/** A channel that Discord does not know is no channel; any other failure may pass. */
function goneIfUnknown(thrown: unknown): null {
  const error = discordError(thrown, { permissions: "", place: "" });
  if (error.code === "discord-gone" || error.code === "message-vanished") return null;
  throw error;
}

/** Does something once, a while after the first of several calls. */
function later(milliseconds: number, work: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      work();
    }, milliseconds).unref();
  };
}
