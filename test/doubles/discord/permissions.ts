import type { Channel, Guild, User, World } from "./world.ts";

/** The permissions that the double knows, as bits. */
export const permissionBits = {
  AddReactions: 1n << 6n,
  Administrator: 1n << 3n,
  ManageChannels: 1n << 4n,
  ManageGuild: 1n << 5n,
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  ManageMessages: 1n << 13n,
  EmbedLinks: 1n << 14n,
  AttachFiles: 1n << 15n,
  ReadMessageHistory: 1n << 16n,
  MentionEveryone: 1n << 17n,
  Connect: 1n << 20n,
  Speak: 1n << 21n,
  MuteMembers: 1n << 22n,
  UseApplicationCommands: 1n << 31n,
  RequestToSpeak: 1n << 32n,
  ManageThreads: 1n << 34n,
  CreatePublicThreads: 1n << 35n,
  SendMessagesInThreads: 1n << 38n,
} as const;
export type Permission = keyof typeof permissionBits;

export const bitsOf = (names: readonly Permission[]): bigint =>
  names.reduce((sum, name) => sum | permissionBits[name], 0n);

/** What everybody may do in a new guild. */
export const everyonesPermissions = bitsOf([
  "AddReactions",
  "ViewChannel",
  "SendMessages",
  "EmbedLinks",
  "AttachFiles",
  "ReadMessageHistory",
  "Connect",
  "Speak",
  "RequestToSpeak",
  "UseApplicationCommands",
  "CreatePublicThreads",
  "SendMessagesInThreads",
]);

const all = (1n << 53n) - 1n;

/**
 * What a user may do in a channel: the roles together, then the channel's overwrites for everybody,
 * for the roles, for the user (Discord's documentation, "Permission Overwrites"). A thread has those
 * of its channel.
 */
export function permissionsIn(world: World, user: User, channel: Channel): bigint {
  if (channel.guildId === undefined) return all;
  const guild = world.guilds.get(channel.guildId)!;
  const base = permissionsOf(guild, user);
  if (base === all) return all;
  const place =
    channel.parentId !== undefined && isThread(channel)
      ? (world.channels.get(channel.parentId) ?? channel)
      : channel;
  const member = guild.members.get(user.id)!;
  const apply = (bits: bigint, ids: readonly string[]): bigint => {
    const overwrites = place.overwrites.filter(({ id }) => ids.includes(id));
    const denied = overwrites.reduce((sum, { deny }) => sum | deny, 0n);
    const allowed = overwrites.reduce((sum, { allow }) => sum | allow, 0n);
    return (bits & ~denied) | allowed;
  };
  return apply(apply(apply(base, [guild.id]), member.roles), [user.id]);
}

/** What a user may do in a guild by its roles. Nothing for somebody who is not there. */
export function permissionsOf(guild: Guild, user: User): bigint {
  if (guild.ownerId === user.id) return all;
  const member = guild.members.get(user.id);
  if (!member) return 0n;
  const bits = [guild.id, ...member.roles].reduce(
    (sum, id) => sum | (guild.roles.get(id)?.permissions ?? 0n),
    0n,
  );
  return bits & permissionBits.Administrator ? all : bits;
}

export const isThread = ({ type }: Channel): boolean => type === 11 || type === 12;

export const may = (world: World, user: User, channel: Channel, name: Permission): boolean =>
  (permissionsIn(world, user, channel) & permissionBits[name]) !== 0n;
