import { intents } from "./intents.ts";
import {
  channelPayload,
  mentionedUsers,
  memberPayload,
  messagePayload,
  userPayload,
} from "./payloads.ts";
import { refusals } from "./refusal.ts";
import {
  messageIn,
  type Channel,
  type StoredFile,
  type StoredMessage,
  type User,
  type World,
} from "./world.ts";

// What changes the world, whoever does it: each change is stored, told over the gateway, and noted
// among the happenings.

export type NewMessage = {
  readonly content: string;
  readonly files?: readonly Omit<StoredFile, "id">[];
  readonly components?: StoredMessage["components"];
  readonly embeds?: object[];
  readonly flags?: number;
  readonly nonce?: string | number;
  readonly replyTo?: string;
  readonly pings?: readonly string[];
  readonly interactionId?: string;
  readonly onlyFor?: string;
  readonly type?: number;
  readonly extra?: object;
};

export function postMessage(
  world: World,
  channel: Channel,
  author: User,
  given: NewMessage,
): StoredMessage {
  const message: StoredMessage = {
    id: world.clock.id(),
    channelId: channel.id,
    author,
    type: given.type ?? (given.replyTo === undefined ? 0 : 19),
    content: given.content,
    files: storeFiles(world, given.files ?? []),
    components: withIds(given.components ?? []),
    embeds: given.embeds ?? [],
    flags: given.flags ?? 0,
    ...(given.nonce !== undefined && { nonce: given.nonce }),
    ...(given.replyTo !== undefined && { replyTo: given.replyTo }),
    ...(given.interactionId !== undefined && { interactionId: given.interactionId }),
    ...(given.onlyFor !== undefined && { onlyFor: given.onlyFor }),
    ...(given.extra !== undefined && { extra: given.extra }),
    pings: given.pings ?? [],
    reactions: new Map(),
  };
  const there = world.messages.get(channel.id) ?? new Map<string, StoredMessage>();
  world.messages.set(channel.id, there.set(message.id, message));
  channel.lastMessageId = message.id;
  tellMessage(world, "MESSAGE_CREATE", message);
  return message;
}

export function storeFiles(world: World, files: readonly Omit<StoredFile, "id">[]): StoredFile[] {
  const stored = files.map((file) => ({ ...file, id: world.clock.id() }));
  for (const file of stored) world.files.set(file.id, file);
  return stored;
}

/** Each component has a number of its own, as Discord gives them. */
function withIds(components: StoredMessage["components"]): StoredMessage["components"] {
  let last = 0;
  const number = (component: StoredMessage["components"][number]): typeof component => {
    const id = ++last;
    const inner = component["components"];
    return { ...component, id, ...(Array.isArray(inner) && { components: inner.map(number) }) };
  };
  return components.map(number);
}

export type MessageChange = Partial<
  Pick<NewMessage, "content" | "components" | "embeds" | "flags" | "files">
>;

export function changeMessage(world: World, message: StoredMessage, change: MessageChange): void {
  if (change.content !== undefined) message.content = change.content;
  if (change.components !== undefined) message.components = withIds(change.components);
  if (change.embeds !== undefined) message.embeds = change.embeds;
  if (change.flags !== undefined) message.flags = change.flags;
  if (change.files !== undefined) message.files.push(...storeFiles(world, change.files));
  message.editedAt = world.clock.now();
  tellMessage(world, "MESSAGE_UPDATE", message);
}

export function removeMessage(world: World, message: StoredMessage): void {
  const channel = world.channels.get(message.channelId)!;
  world.messages.get(channel.id)!.delete(message.id);
  world.happenings.tell({ name: "MESSAGE_DELETE", about: message.id, channelId: channel.id });
  if (message.onlyFor !== undefined) return;
  world.dispatch({
    name: "MESSAGE_DELETE",
    data: { id: message.id, channel_id: channel.id, ...guildKey(channel) },
    ...placeOf(channel),
    intents: messageIntent(channel),
  });
}

export function react(
  world: World,
  message: StoredMessage,
  user: User,
  emoji: string,
  isAdded: boolean,
): void {
  const users = message.reactions.get(emoji) ?? new Set<string>();
  if (users.has(user.id) === isAdded) return;
  if (isAdded) users.add(user.id);
  else users.delete(user.id);
  message.reactions.set(emoji, users);
  const channel = world.channels.get(message.channelId)!;
  const member = channel.guildId && world.guilds.get(channel.guildId)?.members.get(user.id);
  const name = isAdded ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE";
  world.happenings.tell({
    name,
    about: message.id,
    channelId: channel.id,
    detail: { emoji, user },
  });
  world.dispatch({
    name,
    data: {
      user_id: user.id,
      channel_id: channel.id,
      message_id: message.id,
      ...guildKey(channel),
      emoji: { id: null, name: emoji },
      burst: false,
      type: 0,
      ...(isAdded && { message_author_id: message.author.id }),
      ...(isAdded && member && { member: { ...memberPayload(member), user: userPayload(user) } }),
    },
    ...placeOf(channel),
    intents: channel.guildId ? intents.guildMessageReactions : intents.directMessageReactions,
  });
}

export function openThread(
  world: World,
  channel: Channel,
  name: string,
  owner: User,
  from?: StoredMessage,
): Channel {
  if (from?.threadId !== undefined) throw refusals.hasThread();
  const thread: Channel = {
    // A thread that starts at a message has the message's id.
    id: from?.id ?? world.clock.id(),
    type: 11,
    name,
    guildId: channel.guildId!,
    parentId: channel.id,
    ownerId: owner.id,
    recipients: [],
    overwrites: [],
    archived: false,
  };
  world.channels.set(thread.id, thread);
  world.messages.set(thread.id, new Map());
  if (from) from.threadId = thread.id;
  world.happenings.tell({ name: "THREAD_CREATE", about: thread.id, channelId: channel.id });
  world.dispatch({
    name: "THREAD_CREATE",
    data: { ...channelPayload(thread), newly_created: true },
    ...placeOf(channel),
    intents: intents.guilds,
  });
  return thread;
}

/** The private chat of the bot with a user, made at its first use. */
export function privateChannel(world: World, user: User): Channel {
  const known = [...world.channels.values()].find(
    ({ type, recipients }) => type === 1 && recipients[0]?.id === user.id,
  );
  if (known) return known;
  const channel: Channel = {
    id: world.clock.id(),
    type: 1,
    name: user.name,
    recipients: [user],
    overwrites: [],
    archived: false,
  };
  world.channels.set(channel.id, channel);
  world.messages.set(channel.id, new Map());
  return channel;
}

function tellMessage(
  world: World,
  name: "MESSAGE_CREATE" | "MESSAGE_UPDATE",
  message: StoredMessage,
): void {
  const channel = world.channels.get(message.channelId)!;
  world.happenings.tell({
    name,
    about: message.id,
    channelId: channel.id,
    detail: { content: message.content },
  });
  // Only its reader sees an ephemeral message, and the application that sent it.
  if (message.onlyFor !== undefined) return;
  world.dispatch({ ...messageEvent(world, name, message), name });
}

/** The event that carries a message, for a repetition too. */
export function messageEvent(world: World, name: string, message: StoredMessage) {
  const channel = world.channels.get(message.channelId)!;
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
  const member = guild?.members.get(message.author.id);
  const mentions = mentionedUsers(world, message).map((user) => {
    const there = guild?.members.get(user.id);
    return { ...userPayload(user), ...(there && { member: memberPayload(there) }) };
  });
  return {
    name,
    data: {
      ...messagePayload(world, message),
      channel_type: channel.type,
      mentions,
      ...guildKey(channel),
      ...(member && { member: memberPayload(member) }),
    },
    ...placeOf(channel),
    intents: messageIntent(channel),
    message,
  };
}

export const placeOf = (channel: Channel) => ({
  channel,
  ...(channel.guildId !== undefined && { guildId: channel.guildId }),
});

const guildKey = ({ guildId }: Channel) => (guildId === undefined ? {} : { guild_id: guildId });

const messageIntent = ({ guildId }: Channel): number =>
  guildId === undefined ? intents.directMessages : intents.guildMessages;

/** The message, or Discord's refusal. */
export function wantedMessage(world: World, channelId: string, messageId: string): StoredMessage {
  const message = messageIn(world, channelId, messageId);
  if (!message) throw refusals.unknownMessage();
  return message;
}
