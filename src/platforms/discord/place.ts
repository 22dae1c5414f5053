import type { Language } from "../../core/language.ts";

// The names that Discord's things have in the rest of the system.

/** A guild is a workspace; a private chat is one of its own, and knows nothing of any guild. */
export const workspaceOf = (guildId: string | null | undefined, userId: string): string =>
  guildId ? `discord:${guildId}` : `discord:dm:${userId}`;

export const roomOf = (channelId: string): string => `discord:${channelId}`;

/** The channel of a room; `undefined` for another platform's. */
export const channelOf = (room: string): string | undefined => discordsOwn(room);

/** The guild of a workspace; `undefined` for a private chat and for another platform's. */
export const guildOf = (workspace: string): string | undefined => discordsOwn(workspace);

/** The user of a person's id; `undefined` for another platform's. */
export const userOf = (personId: string): string | undefined => discordsOwn(personId);

const discordsOwn = (id: string): string | undefined => /^discord:(\d+)$/.exec(id)?.[1];

export const personIdOf = (userId: string): string => `discord:${userId}`;

/** The id of a person's message or interaction. Messages of the bot go by their plain id. */
export const messageIdOf = (id: string): string => `discord:${id}`;

/** The language of a Discord locale such as `ru` or `en-GB`, as far as the bot speaks it. */
export const languageOfLocale = (locale: string | null | undefined): Language =>
  locale === "ru" ? "ru" : "en";
