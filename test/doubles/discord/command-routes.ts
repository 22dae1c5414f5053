import { commandProblems } from "./guards.ts";
import {
  guildPayload,
  memberPayload,
  rolePayload,
  userPayload,
  channelPayload,
} from "./payloads.ts";
import { permissionsOf } from "./permissions.ts";
import { refusals } from "./refusal.ts";
import { found, route, type Call, type Fields, type Result, type Route } from "./routes.ts";
import type { Command, Guild, World } from "./world.ts";

/** The application itself, its commands, and the guilds it is in. */
export const commandRoutes: readonly Route[] = [
  route("GET", "/gateway", ({ world }) => found({ url: world.origin.replace("http", "ws") }), {
    isOpen: true,
  }),
  route("GET", "/gateway/bot", ({ world }) =>
    found({
      url: world.origin.replace("http", "ws"),
      shards: 1,
      session_start_limit: { total: 1_000, remaining: 999, reset_after: 0, max_concurrency: 1 },
    }),
  ),
  route("GET", "/users/@me", ({ world }) =>
    found({ ...userPayload(world.bot), mfa_enabled: false, locale: "en-US", verified: true }),
  ),
  route("GET", "/users/@me/guilds", ({ world }) =>
    found(
      botsGuilds(world).map((guild) => ({
        id: guild.id,
        name: guild.name,
        icon: null,
        banner: null,
        owner: false,
        permissions: String(permissionsOf(guild, world.bot)),
        features: [],
      })),
    ),
  ),
  route("GET", "/applications/@me", ({ world }) => found(applicationPayload(world))),
  route("GET", "/oauth2/applications/@me", ({ world }) => found(applicationPayload(world))),
  route("GET", "/applications/:application/commands", (call) => found(listed(call, "global"))),
  route("PUT", "/applications/:application/commands", (call) => replaced(call, "global")),
  route("GET", "/applications/:application/guilds/:guild/commands", (call) =>
    found(listed(call, guildOf(call, 1).id)),
  ),
  route("PUT", "/applications/:application/guilds/:guild/commands", (call) =>
    replaced(call, guildOf(call, 1).id),
  ),
  route("GET", "/guilds/:guild", (call) => found(guildPayload(guildOf(call, 0)))),
  route("GET", "/guilds/:guild/channels", (call) => {
    const guild = guildOf(call, 0);
    const channels = [...call.world.channels.values()];
    return found(
      channels.filter(({ guildId, type }) => guildId === guild.id && type < 10).map(channelPayload),
    );
  }),
  route("GET", "/guilds/:guild/roles", (call) =>
    found([...guildOf(call, 0).roles.values()].map(rolePayload)),
  ),
  route("GET", "/guilds/:guild/members/:user", (call) => {
    const member = guildOf(call, 0).members.get(call.ids[1]!);
    if (!member) throw refusals.unknownMember();
    return found({ ...memberPayload(member), user: userPayload(member.user) });
  }),
  route("GET", "/users/:user", ({ world, ids }) => {
    const user = world.users.get(ids[0]!);
    if (!user) throw refusals.unknownUser();
    return found(userPayload(user));
  }),
];

const botsGuilds = (world: World): Guild[] =>
  [...world.guilds.values()].filter(({ members }) => members.has(world.bot.id));

function guildOf({ world, ids }: Call, at: number): Guild {
  const guild = world.guilds.get(ids[at]!);
  if (!guild) throw refusals.unknownGuild();
  if (!guild.members.has(world.bot.id)) throw refusals.missingAccess();
  return guild;
}

function listed({ world, ids }: Call, scope: string): readonly Command[] {
  if (ids[0] !== world.bot.id) throw refusals.missingAccess();
  return world.commands.get(scope) ?? [];
}

function replaced(call: Call, scope: string): Result {
  const { world } = call;
  const before = listed(call, scope);
  const wanted = call.body as unknown as readonly Fields[];
  const problems = commandProblems(wanted);
  if (problems.length > 0) throw refusals.invalid(problems);
  const commands = wanted.map((command) => asStored(world, command, scope, before));
  world.commands.set(scope, commands);
  world.happenings.tell({ name: "commands.registered", about: scope, detail: commands.length });
  return found(commands);
}

function asStored(
  world: World,
  command: Fields,
  scope: string,
  before: readonly Command[],
): Command {
  const type = Number(command["type"] ?? 1);
  const name = String(command["name"]);
  const same = before.find((known) => known.name === name && known.type === type);
  return {
    default_member_permissions: null,
    nsfw: false,
    description: "",
    ...command,
    id: same?.id ?? world.clock.id(),
    application_id: world.bot.id,
    version: world.clock.id(),
    name,
    type,
    ...(scope !== "global" && { guild_id: scope, guildId: scope }),
  };
}

const applicationPayload = (world: World) => ({
  id: world.bot.id,
  name: world.bot.name,
  icon: null,
  description: "",
  type: null,
  verify_key: "0".repeat(64),
  // Message Content, limited: what an unverified application has.
  flags: world.allowed.messageContent ? 1 << 19 : 0,
  flags_new: "0",
  redirect_uris: [],
  interactions_endpoint_url: null,
  role_connections_verification_url: null,
  owner: userPayload({ ...world.bot, id: "1", name: "Owner", bot: false }),
  approximate_guild_count: world.guilds.size,
  approximate_user_install_count: 0,
  approximate_user_authorization_count: 0,
  explicit_content_filter: 0,
  team: null,
  eligible_oauth2_scopes: [],
  bot: userPayload(world.bot),
  bot_public: true,
  bot_require_code_grant: false,
});
