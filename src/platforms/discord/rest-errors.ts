import { DiscordAPIError, HTTPError } from "discord.js";
import { ApprenticeError, asApprenticeError } from "../../core/errors.ts";
import { reasonOf } from "./find-api.ts";

/** Discord's error codes that mean something to us. */
export const codes = {
  unknownChannel: 10_003,
  unknownMessage: 10_008,
  unknownWebhook: 10_015,
  unknownInteraction: 10_062,
  tooLarge: 40_005,
  acknowledged: 40_060,
  missingAccess: 50_001,
  closedPrivateChat: 50_007,
  missingPermissions: 50_013,
  oldToken: 50_027,
  invalidForm: 50_035,
  noHistory: 160_002,
  archivedThread: 50_083,
  lockedThread: 160_005,
} as const;

export const isCode = (thrown: unknown, ...wanted: readonly number[]): boolean =>
  thrown instanceof DiscordAPIError && wanted.includes(Number(thrown.code));

/** A status without a code of Discord's: `0`, or the status itself, as some servers answer. */
const isBare = (thrown: unknown, status: number): boolean =>
  thrown instanceof DiscordAPIError &&
  thrown.status === status &&
  [0, status].includes(Number(thrown.code));

/** A message that is gone: some servers say so with a plain 404. */
export const isVanished = (thrown: unknown): boolean =>
  isCode(thrown, codes.unknownMessage) || isBare(thrown, 404);

/** The message that was to be replied to is gone, or may not be read. */
export const isBadReference = (thrown: unknown): boolean =>
  isCode(thrown, codes.noHistory) ||
  (isCode(thrown, codes.invalidForm) && /message_reference/.test(JSON.stringify(rawOf(thrown))));

const rawOf = (thrown: unknown): unknown =>
  thrown instanceof DiscordAPIError ? thrown.rawError : undefined;

/** The bot may not do it there. */
export const isForbidden = (thrown: unknown): boolean =>
  isCode(thrown, codes.missingAccess, codes.missingPermissions) || isBare(thrown, 403);

/** A thread in which nobody may write any more. */
const isLocked = (thrown: unknown): boolean =>
  isCode(thrown, codes.lockedThread, codes.archivedThread);

/** Nothing can be sent there, however often it is tried; whoever asked can be told another way. */
export const isClosed = (thrown: unknown): boolean =>
  isForbidden(thrown) || isLocked(thrown) || isCode(thrown, codes.unknownChannel);

/** An interaction that can be answered no more through its token. */
export const isExpired = (thrown: unknown): boolean =>
  isCode(thrown, codes.unknownInteraction, codes.unknownWebhook, codes.oldToken);

export type Missing = { readonly permissions: string; readonly place: string };

/** What Discord refused, as an error that people understand. */
export function discordError(thrown: unknown, { permissions, place }: Missing): ApprenticeError {
  const options = { cause: thrown };
  if (thrown instanceof ApprenticeError) return thrown;
  if (isVanished(thrown)) return new ApprenticeError("message-vanished", {}, options);
  if (isForbidden(thrown))
    return new ApprenticeError("discord-permission", { permissions, place }, options);
  if (isLocked(thrown)) return new ApprenticeError("discord-locked", { place }, options);
  if (isCode(thrown, codes.unknownChannel)) return new ApprenticeError("discord-gone", {}, options);
  if (isCode(thrown, codes.closedPrivateChat))
    return new ApprenticeError("discord-private-closed", {}, options);
  const status = Number((Object(thrown) as { status?: unknown }).status);
  if (isCode(thrown, codes.tooLarge) || status === 413)
    return new ApprenticeError("discord-file-too-large", {}, options);
  if (thrown instanceof DiscordAPIError || thrown instanceof HTTPError)
    return new ApprenticeError("discord-failed", { reason: `HTTP ${status}` }, options);
  const reason = reasonOf(thrown);
  if (/^(E[A-Z]+|UND_ERR_\w+|TimeoutError|AbortError)$/.test(reason))
    return new ApprenticeError("discord-unreachable", { place: "discord.com", reason }, options);
  return asApprenticeError(thrown);
}
