import { createHash } from "node:crypto";
import type { App } from "./app.ts";
import { effectiveRole } from "./bot/permissions.ts";
import { splitCommand } from "./commands/parse.ts";
import { suggestions } from "./commands/suggest.ts";
import type { SuggestionKind } from "./commands/command-form.ts";
import type { StatusLine } from "./commands/context.ts";
import { now, sleep } from "./core/clock.ts";
import { mayActAs } from "./core/person.ts";
import { createListThreads } from "./platforms/discord/list-threads.ts";
import { startDiscord, type Discord, type DiscordClient } from "./platforms/discord/discord.ts";
import type { DiscordState } from "./platforms/discord/connection.ts";
import type { DiscordVoiceRooms } from "./platforms/discord/voice/voice-rooms.ts";
import type { DiscordParts, DiscordSettings, KeptCall } from "./platforms/discord/parts.ts";
import { standingRating } from "./standing-rating.ts";
import { on, problem } from "./status.ts";
import { cutOffTurns } from "./storage/cut-off-turns.ts";
import { recentRooms } from "./storage/recent-rooms.ts";

/** Connects Discord to the app. */
export function openDiscord(app: App, settings: DiscordSettings): Discord {
  let voiceRooms: DiscordVoiceRooms | undefined;
  const discord = startDiscord(discordParts(app, settings), async (client) => {
    await voiceRooms?.close();
    voiceRooms = await openVoice(app, client, settings.trainerRoles);
    await voiceRooms?.start();
  });
  const leave = app.joinPlatform("discord", discord.reach);
  app.reportPlatform("discord", () => stateLine(discord.state()));
  return {
    ...discord,
    async stop() {
      leave();
      await voiceRooms?.close();
      await discord.stop();
    },
  };
}

/** The voice rooms; without the libraries for voice, which need a native part, Discord works all the same. */
async function openVoice(
  app: App,
  client: DiscordClient,
  trainerRoles: readonly string[],
): Promise<DiscordVoiceRooms | undefined> {
  try {
    const { openClientVoice } = await import("./compose-discord-voice.ts");
    return openClientVoice(app, client, trainerRoles);
  } catch (error) {
    app.log.warn("Discord's voice rooms are not available on this machine", { error });
    return undefined;
  }
}

function discordParts(app: App, settings: DiscordSettings): DiscordParts {
  const notes = app.notesFor("discord");
  void notes.prune(callPrefix, now() - callsLast).catch(() => {
    app.log.info("Old buttons could not be forgotten");
  });
  return {
    settings,
    log: app.log,
    receive: app.receive,
    follow: app.follow,
    commands: app.commands,
    async manners(workspace, language) {
      const { voice, threads, prefix } = await app.workspaces.settings(workspace);
      return {
        voice: voice ?? (app.config.voice === "auto" ? language : app.config.voice),
        opensThread: (text) => threads === true && !splitCommand(text, prefix ?? app.config.prefix),
      };
    },
    async suggest(kind, typed, { workspace, person, needs }) {
      const granted = await app.workspaces.roleOf(workspace, person.id);
      if (!mayActAs(effectiveRole(person.role, granted), needs)) return [];
      return suggestions(kind as SuggestionKind, typed, workspace, app);
    },
    cutOff: () => cutOffTurns(app.database, "discord", now() - cutOffWithin),
    async turn(workspace, room, reference) {
      const find = () => app.turns.find(workspace, reference);
      // Somebody was faster than the note of which message carries the answer.
      const turn = (await find()) ?? (await settled(app, room).then(find));
      if (!turn || turn.answer === null) return undefined;
      return { prompt: turn.prompt, answer: turn.answer, known: turn.known };
    },
    rating: (workspace, reference, person) => standingRating(app, workspace, reference, person),
    registeredGuilds: {
      add: (guildId) => notes.put(guildPrefix + guildId, ""),
      remove: (guildId) => notes.remove(guildPrefix + guildId),
      async list() {
        const listed = await notes.list(guildPrefix);
        return listed.map(({ name }) => name.slice(guildPrefix.length));
      },
    },
    newestSeen: {
      note: (messageId) => notes.put(newestNote(settings), messageId),
      last: () => notes.get(newestNote(settings)),
    },
    privateRooms: () =>
      recentRooms(app.database, "discord:dm:", { since: now() - talkedWithin, most: mostPrivate }),
    lists: createListThreads(notes),
    calls: {
      async keep(call) {
        const body = JSON.stringify(call);
        const id = createHash("sha256").update(body).digest("base64url").slice(0, 22);
        await notes.put(callPrefix + id, body);
        return id;
      },
      async find(id) {
        const body = await notes.get(callPrefix + id);
        return body === undefined ? undefined : (JSON.parse(body) as KeptCall);
      },
    },
  };
}

/** An older question nobody waits for any more, in milliseconds. */
const cutOffWithin = 60 * 60 * 1_000;

/** Long calls behind buttons are kept among the platform's notes, for 60 days in milliseconds. */
const callPrefix = "call:";
const callsLast = 60 * 24 * 60 * 60 * 1_000;

/** Guilds with commands of their own are kept among the notes too. */
const guildPrefix = "commands:";

/** Each process has its own, where several share a database. */
const newestNote = ({ shards }: DiscordSettings): string => `newest:${shards?.join(",") ?? "all"}`;

/** Private chats that are looked into after a start: so many, used within this time, in milliseconds. */
const mostPrivate = 50;
const talkedWithin = 30 * 24 * 60 * 60 * 1_000;

/** Resolves when the room's work so far is done, or when waiting longer would be too late for a form. */
const settled = ({ rooms }: App, room: string): Promise<void> =>
  Promise.race([rooms.run(room, async () => {}), sleep(longestWait)]);

/** Discord wants to see a form within three seconds, in milliseconds. */
const longestWait = 1_500;

function stateLine(state: DiscordState): StatusLine {
  switch (state.kind) {
    case "connected": {
      const { name, guilds: count, messageContent } = state;
      const key = messageContent ? "status.discord" : "status.discord-no-content";
      return on("discord", key, { name, count });
    }
    case "retrying":
    case "refused":
      return problem("discord", `error.${state.error.code}`, state.error.values);
    case "connecting":
    case "stopped":
      return on("discord", "status.discord-connecting");
  }
}
