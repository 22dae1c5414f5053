import type {
  Client,
  MessageReaction,
  PartialMessageReaction,
  PartialUser,
  User,
} from "discord.js";
import { now } from "../../core/clock.ts";
import type { CommandCall, Message } from "../../core/message.ts";
import { reactionOutbound, type Outward } from "./outbound.ts";
import type { DiscordParts } from "./parts.ts";
import { languageOfLocale, personIdOf, roomOf, workspaceOf } from "./place.ts";
import { roleOf } from "./roles.ts";
import type { Work } from "./work.ts";

/** A thumb, whatever its colour. */
const ratings: readonly (readonly [RegExp, "good" | "bad"])[] = [
  [/^👍\p{Emoji_Modifier}?$/u, "good"],
  [/^👎\p{Emoji_Modifier}?$/u, "bad"],
];

/** A thumb that somebody puts under an answer rates it; one that is taken away takes the rating back. */
export function listenToReactions(
  client: Client,
  parts: DiscordParts,
  outward: Outward,
  work: Work,
): void {
  client.on("messageReactionAdd", (reaction, user) =>
    work.run(() => changed(reaction, user, true)),
  );
  client.on("messageReactionRemove", (reaction, user) =>
    work.run(() => changed(reaction, user, false)),
  );

  async function changed(
    { message, emoji }: MessageReaction | PartialMessageReaction,
    user: User | PartialUser,
    isPut: boolean,
  ): Promise<void> {
    const rating = ratings.find(([pattern]) => pattern.test(emoji.name ?? ""))?.[1];
    const { channel, guild } = message;
    if (!rating || user.bot || user.id === client.user?.id || !channel.isSendable()) return;
    const workspace = workspaceOf(message.guildId, user.id);
    const room = roomOf(message.channelId);
    if (!(await parts.turn(workspace, room, message.id))) return;
    const call = isPut
      ? { name: "feedback", values: { rating, turn: message.id } }
      : await takingBack(workspace, message.id, user.id, rating);
    if (!call) return;
    const member = guild ? await guild.members.fetch(user.id).catch(() => undefined) : undefined;
    const standing = member && {
      permissions: member.permissions,
      roles: [...member.roles.cache.values()],
    };
    // In a guild somebody who cannot be looked up is a member, never more.
    const role = guild && !standing ? "member" : roleOf(standing, parts.settings.trainerRoles);
    const language = languageOfLocale(guild?.preferredLocale);
    const received: Message = {
      id: `discord:${message.id}/${user.id}/${isPut ? "" : "no "}${rating}/${now()}`,
      platform: "discord",
      workspace,
      room,
      person: { id: personIdOf(user.id), name: member?.displayName ?? user.username ?? "", role },
      text: "",
      files: [],
      via: "command",
      call,
      addressed: true,
      language,
      sentAt: now(),
    };
    const { voice } = await parts.manners(workspace, language);
    const confirm = isPut ? "put" : "removed";
    await parts.receive(
      received,
      reactionOutbound(outward, { channel, voice }, { messageId: message.id, confirm }),
    );
  }

  /** The call that undoes a rating, if that is what the person thinks of the answer now. */
  async function takingBack(
    workspace: string,
    messageId: string,
    userId: string,
    rating: "good" | "bad",
  ): Promise<CommandCall | undefined> {
    const stands = await parts.rating(workspace, messageId, personIdOf(userId));
    if (stands?.rating !== rating) return undefined;
    return { name: "undo", values: { action: stands.actionId } };
  }
}
