import {
  PermissionFlagsBits,
  type PermissionsBitField,
  type Client,
  type TextBasedChannel,
} from "discord.js";
import { say, type Voice } from "../../texts/say.ts";
import type { Missing } from "./rest-errors.ts";

/** What the bot needs in a channel to write there, by the way people call it. */
export const neededPermissions = {
  ViewChannel: "permission.view",
  SendMessages: "permission.send",
  SendMessagesInThreads: "permission.threads",
  CreatePublicThreads: "permission.open-threads",
  AttachFiles: "permission.files",
  ReadMessageHistory: "permission.history",
  AddReactions: "permission.reactions",
} as const;
export type NeededPermission = keyof typeof neededPermissions;

/** All of it as bits, for the link that invites the bot. */
export const neededBits: bigint = (Object.keys(neededPermissions) as NeededPermission[]).reduce(
  (sum, name) => sum | PermissionFlagsBits[name],
  0n,
);

/** Which of the permissions are not among these. */
export const lacking = (
  has: Readonly<PermissionsBitField>,
  wanted: readonly NeededPermission[],
): readonly NeededPermission[] => wanted.filter((name) => !has.has(PermissionFlagsBits[name]));

export const inWords = (names: readonly NeededPermission[], voice: Voice): string =>
  names.map((name) => say(voice, neededPermissions[name])).join(", ");

/** What the bot lacks in a channel, to be told to people; everything when Discord does not say. */
export function missingIn(
  client: Client,
  channel: TextBasedChannel,
  wanted: readonly NeededPermission[],
  voice: Voice,
): Missing {
  const has =
    "permissionsFor" in channel && client.user ? channel.permissionsFor(client.user) : null;
  const names = has ? lacking(has, wanted) : wanted;
  const place = "name" in channel && channel.name ? `#${channel.name}` : "?";
  return { permissions: inWords(names.length > 0 ? names : wanted, voice), place };
}
