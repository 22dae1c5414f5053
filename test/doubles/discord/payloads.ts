import { isoTime, momentOf } from "./clock.ts";
import { isThread } from "./permissions.ts";
import type {
  Channel,
  Guild,
  Member,
  Role,
  StoredFile,
  StoredMessage,
  User,
  World,
} from "./world.ts";

// Everything here is what Discord sends: the shapes of its documentation, without keys that a client
// expects to be absent.

export const userPayload = (user: User) => ({
  id: user.id,
  username: user.name.toLowerCase().replaceAll(/[^a-z0-9_.]/g, "_"),
  global_name: user.bot ? null : user.name,
  avatar: null,
  discriminator: "0",
  public_flags: 0,
  flags: 0,
  primary_guild: null,
  ...(user.bot && { bot: true }),
});

export const memberPayload = ({ roles, joinedAt }: Member) => ({
  avatar: null,
  banner: null,
  communication_disabled_until: null,
  flags: 0,
  joined_at: isoTime(joinedAt),
  nick: null,
  pending: false,
  premium_since: null,
  roles,
  mute: false,
  deaf: false,
});

export const rolePayload = (role: Role, position: number) => ({
  id: role.id,
  name: role.name,
  permissions: String(role.permissions),
  position,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  managed: false,
  mentionable: false,
  icon: null,
  unicode_emoji: null,
  flags: 0,
  ...(role.botId !== undefined && { tags: { bot_id: role.botId } }),
});

export function channelPayload(channel: Channel): object {
  const { id, type, name, guildId, parentId, ownerId, lastMessageId = null } = channel;
  const common = { id, type, flags: 0, last_message_id: lastMessageId };
  if (type === 1) return { ...common, recipients: channel.recipients.map(userPayload) };
  if (isThread(channel)) {
    return {
      ...common,
      guild_id: guildId,
      name,
      parent_id: parentId,
      owner_id: ownerId,
      rate_limit_per_user: 0,
      thread_metadata: {
        archived: channel.archived,
        archive_timestamp: isoTime(0),
        auto_archive_duration: 1440,
        locked: false,
      },
      message_count: 0,
      member_count: 1,
      total_message_sent: 0,
    };
  }
  return {
    ...common,
    guild_id: guildId,
    name,
    position: 0,
    parent_id: null,
    nsfw: false,
    permission_overwrites: channel.overwrites.map((overwrite) => ({
      ...overwrite,
      allow: String(overwrite.allow),
      deny: String(overwrite.deny),
    })),
    ...((type === 2 || type === 13) && { bitrate: 64_000, user_limit: 0, rtc_region: null }),
    ...(type === 0 && { topic: null, rate_limit_per_user: 0 }),
  };
}

export const guildPayload = (guild: Guild) => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  description: null,
  home_header: null,
  splash: null,
  discovery_splash: null,
  features: [],
  banner: null,
  owner_id: guild.ownerId,
  application_id: null,
  region: "us-west",
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  widget_enabled: false,
  widget_channel_id: null,
  verification_level: 0,
  roles: [...guild.roles.values()].map(rolePayload),
  default_message_notifications: 0,
  mfa_level: 0,
  explicit_content_filter: 0,
  max_presences: null,
  max_members: 500_000,
  max_stage_video_channel_users: 50,
  max_video_channel_users: 25,
  vanity_url_code: null,
  premium_tier: 0,
  premium_subscription_count: 0,
  preferred_locale: guild.locale,
  rules_channel_id: null,
  safety_alerts_channel_id: null,
  public_updates_channel_id: null,
  premium_progress_bar_enabled: false,
  nsfw: false,
  nsfw_level: 0,
  emojis: [],
  stickers: [],
  incidents_data: null,
});

export function attachmentPayload(world: World, channelId: string, file: StoredFile) {
  const address = `${world.origin}/attachments/${channelId}/${file.id}/${encodeURIComponent(fileNameOf(file.name))}`;
  return {
    id: file.id,
    filename: fileNameOf(file.name),
    size: file.bytes.length,
    url: address,
    proxy_url: address,
    ...(file.contentType !== undefined && { content_type: file.contentType }),
  };
}

/** Discord keeps Latin letters, digits and a few signs of a file's name. */
const fileNameOf = (name: string): string =>
  name.replaceAll(/[^\w.()-]+/g, "_").replace(/^[_.]+(?=.)/, "") || "unknown";

/** A message as everybody sees it who may read its content. */
export function messagePayload(world: World, message: StoredMessage): Record<string, unknown> {
  const replied =
    message.replyTo === undefined
      ? undefined
      : world.messages.get(message.channelId)?.get(message.replyTo);
  const channel = world.channels.get(message.channelId);
  const thread = message.threadId === undefined ? undefined : world.channels.get(message.threadId);
  return {
    ...basicPayload(world, message),
    ...message.extra,
    ...(message.replyTo !== undefined && {
      message_reference: {
        type: 0,
        channel_id: message.channelId,
        message_id: message.replyTo,
        ...(channel?.guildId !== undefined && { guild_id: channel.guildId }),
      },
      referenced_message: replied ? basicPayload(world, replied) : null,
    }),
    ...(message.reactions.size > 0 && { reactions: reactionsPayload(world, message) }),
    ...(thread && { thread: channelPayload(thread) }),
  };
}

/** An embed as Discord gives it back: fields say whether they stand side by side. */
function embedPayload(embed: object): object {
  const { fields } = embed as { readonly fields?: readonly object[] };
  return {
    type: "rich",
    ...embed,
    ...(fields && { fields: fields.map((field) => ({ inline: false, ...field })) }),
  };
}

/** A poll as it stands in a message. */
export const pollPayload = ({
  question,
  answers,
}: {
  readonly question: string;
  readonly answers: readonly string[];
}): object => ({
  poll: {
    question: { text: question },
    answers: answers.map((text, index) => ({ answer_id: index + 1, poll_media: { text } })),
    expiry: "2030-01-01T00:00:00.000Z",
    results: { is_finalized: false, answer_counts: [] },
    allow_multiselect: false,
    layout_type: 1,
  },
});

/** A forward: an empty message that holds a snapshot of another one. */
export const forwardPayload = (world: World, message: StoredMessage): object => {
  const { content, attachments, embeds, timestamp, edited_timestamp, mentions, type } =
    basicPayload(world, message);
  return {
    message_reference: { type: 1, channel_id: message.channelId, message_id: message.id },
    message_snapshots: [
      {
        message: {
          content,
          attachments,
          embeds,
          timestamp,
          edited_timestamp,
          mentions,
          mention_roles: [],
          type,
          flags: 0,
          components: [],
        },
      },
    ],
  };
};

const basicPayload = (world: World, message: StoredMessage) => ({
  id: message.id,
  channel_id: message.channelId,
  type: message.type,
  content: message.content,
  author: userPayload(message.author),
  timestamp: isoTime(momentOf(message.id)),
  edited_timestamp: message.editedAt === undefined ? null : isoTime(message.editedAt),
  tts: false,
  mention_everyone: false,
  mentions: mentionedUsers(world, message).map(userPayload),
  mention_roles: [
    ...new Set([...message.content.matchAll(/<@&(\d+)>/g)].map((match) => match[1]!)),
  ],
  attachments: message.files.map((file) => attachmentPayload(world, message.channelId, file)),
  embeds: message.embeds.map(embedPayload),
  components: message.components,
  pinned: false,
  flags: message.flags,
  ...(message.nonce !== undefined && { nonce: message.nonce }),
  ...(message.interactionId !== undefined && {
    application_id: world.bot.id,
    webhook_id: world.bot.id,
  }),
});

/** Whom the text names, and for a reply whom it answers when that pings. */
export function mentionedUsers(world: World, message: StoredMessage): User[] {
  const named = [...message.content.matchAll(/<@!?(\d+)>/g)].map((match) => match[1]!);
  return [...new Set([...named, ...message.pings])].flatMap((id) => world.users.get(id) ?? []);
}

const reactionsPayload = (world: World, { reactions }: StoredMessage) =>
  [...reactions]
    .filter(([, users]) => users.size > 0)
    .map(([name, users]) => ({
      emoji: { id: null, name },
      count: users.size,
      count_details: { burst: 0, normal: users.size },
      burst_colors: [],
      me_burst: false,
      me: users.has(world.bot.id),
    }));
