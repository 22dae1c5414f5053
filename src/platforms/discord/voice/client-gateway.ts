import {
  ChannelType,
  PermissionFlagsBits,
  type Client,
  type GuildMember,
  type VoiceBasedChannel,
  type VoiceState,
} from "discord.js";
import type { Person } from "../../../core/person.ts";
import { personIdOf } from "../place.ts";
import { roleOf } from "../roles.ts";
import type { VoiceChannel, VoiceGateway, VoicePermission } from "./voice-gateway.ts";

/** Voice over the connected client of discord.js. `trainerRoles` are names or ids of Discord's roles. */
export function createVoiceGateway(
  client: Client<true>,
  trainerRoles: readonly string[],
): VoiceGateway {
  const guildOf = (guildId: string) => client.guilds.cache.get(guildId);
  return {
    botId: client.user.id,
    botName: (guildId) => guildOf(guildId)?.members.me?.displayName ?? client.user.displayName,
    guildIds: () => [...client.guilds.cache.keys()],
    adapterCreator(guildId) {
      const guild = guildOf(guildId);
      // A guild that is gone has no way to its voice: the connection learns that at once.
      if (!guild) return () => ({ sendPayload: () => false, destroy() {} });
      return guild.voiceAdapterCreator;
    },
    channelOf: (guildId, userId) =>
      guildOf(guildId)?.voiceStates.cache.get(userId)?.channelId ?? undefined,
    channel(channelId) {
      const channel = client.channels.cache.get(channelId);
      return channel?.isVoiceBased() ? channelFrom(channel) : undefined;
    },
    async people(channelId) {
      const channel = client.channels.cache.get(channelId);
      if (!channel?.isVoiceBased()) return [];
      const members = await Promise.all(statesIn(channel).map((state) => memberOf(state)));
      return members.flatMap((member) => (member ? [personFrom(member, trainerRoles)] : []));
    },
    async askToSpeak(guildId) {
      const voice = guildOf(guildId)?.members.me?.voice;
      if (!voice?.channel || !voice.suppress || !isStage(voice.channel)) return "speaks";
      const has = voice.channel.permissionsFor(client.user);
      if (has?.has(PermissionFlagsBits.MuteMembers)) {
        await voice.setSuppressed(false);
        return "speaks";
      }
      if (!has?.has(PermissionFlagsBits.RequestToSpeak)) return "audience";
      await voice.setRequestToSpeak(true);
      return "asked";
    },
    onChange(listener) {
      const tell = (_before: VoiceState, after: VoiceState): void =>
        listener({
          guildId: after.guild.id,
          userId: after.id,
          channelId: after.channelId,
          isMuted: after.serverMute === true,
          isDeafened: after.serverDeaf === true,
          isAudience: after.suppress === true && isStage(after.channel),
        });
      client.on("voiceStateUpdate", tell);
      return () => client.off("voiceStateUpdate", tell);
    },
  };
}

const needed: Readonly<Record<VoicePermission, bigint>> = {
  view: PermissionFlagsBits.ViewChannel,
  connect: PermissionFlagsBits.Connect,
  speak: PermissionFlagsBits.Speak,
};

function channelFrom(channel: VoiceBasedChannel): VoiceChannel {
  const { id, name, guildId, userLimit, client } = channel;
  const has = channel.permissionsFor(client.user);
  // Who speaks on a stage is decided there, not by the permission to speak.
  const missing = (Object.keys(needed) as VoicePermission[]).filter(
    (permission) => !has?.has(needed[permission]) && !(permission === "speak" && isStage(channel)),
  );
  const mayMove = has?.has(PermissionFlagsBits.MoveMembers) === true;
  const isFull = userLimit > 0 && statesIn(channel).length >= userLimit && !mayMove;
  return { id, guildId, name, missing, isFull };
}

const isStage = (channel: VoiceBasedChannel | null): boolean =>
  channel?.type === ChannelType.GuildStageVoice;

const statesIn = ({ guild, id }: VoiceBasedChannel): VoiceState[] =>
  [...guild.voiceStates.cache.values()].filter(({ channelId }) => channelId === id);

/** `undefined`: Discord does not know them any more. */
const memberOf = async ({ guild, id, member }: VoiceState): Promise<GuildMember | undefined> =>
  member ?? (await guild.members.fetch(id).catch(() => undefined));

const personFrom = (member: GuildMember, trainerRoles: readonly string[]): Person => ({
  id: personIdOf(member.id),
  name: member.displayName,
  role: roleOf(
    { permissions: member.permissions, roles: [...member.roles.cache.values()] },
    trainerRoles,
  ),
  isBot: member.user.bot,
});
