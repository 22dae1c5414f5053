import type {
  Client,
  MessageReaction,
  PartialMessageReaction,
  PartialUser,
  User,
} from "discord.js";
import { now } from "../../core/clock.ts";
import type { Message } from "../../core/message.ts";
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

/** A thumb that somebody puts under an answer rates it. */
export function listenToReactions(
  client: Client,
  parts: DiscordParts,
  outward: Outward,
  work: Work,
): void {
  client.on("messageReactionAdd", (reaction, user) => work.run(() => rate(reaction, user)));

  async function rate(
    reaction: MessageReaction | PartialMessageReaction,
    user: User | PartialUser,
  ) {
    const { message, emoji } = reaction;
    const rating = ratings.find(([pattern]) => pattern.test(emoji.name ?? ""))?.[1];
    const { channel, guild } = message;
    if (!rating || user.bot || user.id === client.user?.id || !channel.isSendable()) return;
    const workspace = workspaceOf(message.guildId, user.id);
    const room = roomOf(message.channelId);
    if (!(await parts.turn(workspace, room, message.id))) return;
    const member = guild ? await guild.members.fetch(user.id).catch(() => undefined) : undefined;
    const standing = member && {
      permissions: member.permissions,
      roles: [...member.roles.cache.values()],
    };
    // In a guild somebody who cannot be looked up is a member, never more.
    const role = guild && !standing ? "member" : roleOf(standing, parts.settings.trainerRoles);
    const language = languageOfLocale(guild?.preferredLocale);
    const call: Message = {
      id: `discord:${message.id}/${user.id}/${rating}/${now()}`,
      platform: "discord",
      workspace,
      room,
      person: { id: personIdOf(user.id), name: member?.displayName ?? user.username ?? "", role },
      text: "",
      files: [],
      via: "command",
      call: { name: "feedback", values: { rating, turn: message.id } },
      addressed: true,
      language,
      sentAt: now(),
    };
    const { voice } = await parts.manners(workspace, language);
    await parts.receive(call, reactionOutbound(outward, { channel, voice }, message.id));
  }
}
