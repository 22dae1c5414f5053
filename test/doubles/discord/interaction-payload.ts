import { channelPayload, memberPayload, userPayload } from "./payloads.ts";
import { permissionsIn } from "./permissions.ts";
import type { Channel, Interaction, World } from "./world.ts";

/** What every interaction carries: who, where, and what they and the bot may do there. */
export function interactionPayload(
  world: World,
  interaction: Interaction,
  channel: Channel,
): object {
  const { id, token, type, user } = interaction;
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId)!;
  const member = guild?.members.get(user.id);
  return {
    id,
    application_id: world.bot.id,
    type,
    token,
    version: 1,
    channel: {
      ...channelPayload(channel),
      permissions: String(permissionsIn(world, user, channel)),
    },
    channel_id: channel.id,
    app_permissions: String(permissionsIn(world, world.bot, channel)),
    locale: user.locale,
    entitlements: [],
    authorizing_integration_owners: guild ? { "0": guild.id } : { "0": "0" },
    context: guild ? 0 : 1,
    attachment_size_limit: 10 * 1024 * 1024,
    ...(guild && {
      guild_id: guild.id,
      guild: { id: guild.id, locale: guild.locale, features: [] },
      guild_locale: guild.locale,
    }),
    ...(member
      ? {
          member: {
            ...memberPayload(member),
            user: userPayload(user),
            permissions: String(permissionsIn(world, user, channel)),
          },
        }
      : { user: userPayload(user) }),
  };
}
