import {
  ChannelType,
  PermissionFlagsBits,
  PermissionsBitField,
  REST,
  Routes,
  type APIApplication,
  type APIGuildChannel,
  type APIGuildMember,
  type APIRole,
  type RESTAPIPartialCurrentUserGuild,
} from "discord.js";
import type { ApprenticeError } from "../../core/errors.ts";
import type { TextKey } from "../../texts/en.ts";
import type { TextValues, Voice } from "../../texts/say.ts";
import { findApi, placeOf, reasonOf } from "./find-api.ts";
import { inviteLink } from "./invite.ts";
import type { DiscordSettings, SlashForm } from "./parts.ts";
import { inWords, lacking, neededPermissions, type NeededPermission } from "./permissions.ts";
import { isRegistered } from "./register-commands.ts";

/** One line of what an examination found. */
export type Finding = {
  readonly state: "on" | "off" | "problem";
  readonly key: TextKey;
  readonly values: TextValues;
};

/** How much is looked at: a bot can be in thousands of guilds. */
const mostGuilds = 10;
const mostProblems = 20;
/** Application flags: Message Content, for verified applications and for others. */
const messageContentFlags = (1 << 18) | (1 << 19);

/** Asks Discord over REST alone: the token, intents, commands, permissions per channel, and the way in. */
export async function examineDiscord(
  settings: DiscordSettings,
  commands: readonly SlashForm[],
  voice: Voice,
  describe: (error: ApprenticeError) => string,
): Promise<Finding[]> {
  try {
    const api = await findApi(settings.apiUrl, settings.token);
    const rest = new REST({ retries: 1, timeout: 10_000, ...(api && { api }) }).setToken(
      settings.token,
    );
    const application = (await rest.get(Routes.currentApplication())) as APIApplication;
    const findings: Finding[] = [
      { state: "on", key: "doctor.discord", values: { name: application.name } },
      contentFinding(application, settings),
      await commandFinding(rest, application.id, settings, commands),
      ...(await permissionFindings(rest, application, voice)),
      { state: "on", key: "doctor.discord-invite", values: { link: inviteLink(application.id) } },
    ];
    return findings;
  } catch (thrown) {
    return [failureFinding(thrown, settings, describe)];
  }
}

function failureFinding(
  thrown: unknown,
  { apiUrl }: DiscordSettings,
  describe: (error: ApprenticeError) => string,
): Finding {
  const { status, code, values } = Object(thrown) as {
    status?: unknown;
    code?: unknown;
    values?: unknown;
  };
  if (status === 401) return { state: "problem", key: "doctor.discord-token", values: {} };
  if (typeof code === "string" && values !== undefined)
    return {
      state: "problem",
      key: "doctor.discord-failed",
      values: { reason: describe(thrown as ApprenticeError) },
    };
  const reason = `${placeOf(apiUrl)}: ${reasonOf(thrown)}`;
  return { state: "problem", key: "doctor.discord-failed", values: { reason } };
}

function contentFinding({ flags }: APIApplication, { messageContent }: DiscordSettings): Finding {
  if (!messageContent) return { state: "off", key: "doctor.discord-content-off", values: {} };
  return ((flags ?? 0) & messageContentFlags) === 0
    ? { state: "off", key: "doctor.discord-content-missing", values: {} }
    : { state: "on", key: "doctor.discord-content", values: {} };
}

async function commandFinding(
  rest: REST,
  applicationId: string,
  { commands: where }: DiscordSettings,
  commands: readonly SlashForm[],
): Promise<Finding> {
  if (where === "off") return { state: "off", key: "doctor.discord-commands-off", values: {} };
  if (where === "guilds") return { state: "on", key: "doctor.discord-commands-guilds", values: {} };
  return (await isRegistered({ rest, applicationId, commands }))
    ? { state: "on", key: "doctor.discord-commands", values: { count: commands.length } }
    : { state: "off", key: "doctor.discord-commands-old", values: {} };
}

async function permissionFindings(
  rest: REST,
  { id }: APIApplication,
  voice: Voice,
): Promise<Finding[]> {
  const guilds = (await rest.get(Routes.userGuilds())) as RESTAPIPartialCurrentUserGuild[];
  if (guilds.length === 0) return [{ state: "off", key: "doctor.discord-nowhere", values: {} }];
  const findings: Finding[] = [];
  for (const guild of guilds.slice(0, mostGuilds))
    findings.push(...(await guildFindings(rest, guild, id, voice)));
  const problems = findings.slice(0, mostProblems);
  return problems.length > 0
    ? problems
    : [{ state: "on", key: "doctor.discord-permissions", values: { count: guilds.length } }];
}

async function guildFindings(
  rest: REST,
  guild: RESTAPIPartialCurrentUserGuild,
  botId: string,
  voice: Voice,
): Promise<Finding[]> {
  const [roles, channels, member] = (await Promise.all([
    rest.get(Routes.guildRoles(guild.id)),
    rest.get(Routes.guildChannels(guild.id)),
    rest.get(Routes.guildMember(guild.id, botId)),
  ])) as [APIRole[], APIGuildChannel[], APIGuildMember];
  return (
    channels
      .filter(({ type }) => type === ChannelType.GuildText)
      .map((channel) => ({ channel, missing: missingIn(channel, roles, member, guild.id, botId) }))
      // A channel that the bot is not shown at all is one it is not meant for.
      .filter(({ missing }) => missing.length > 0 && !missing.includes("ViewChannel"))
      .map(({ channel, missing }) => ({
        state: "problem",
        key: "doctor.discord-permission",
        values: { place: `#${channel.name} (${guild.name})`, permissions: inWords(missing, voice) },
      }))
  );
}

/** As Discord computes it: the roles together, then the channel's overwrites for all, roles, and the bot. */
function missingIn(
  channel: APIGuildChannel,
  roles: readonly APIRole[],
  member: APIGuildMember,
  guildId: string,
  botId: string,
): readonly NeededPermission[] {
  const mine = [guildId, ...member.roles];
  let bits = roles
    .filter(({ id }) => mine.includes(id))
    .reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  if (bits & PermissionFlagsBits.Administrator) return [];
  for (const ids of [[guildId], member.roles, [botId]]) {
    const overwrites = (channel.permission_overwrites ?? []).filter(({ id }) => ids.includes(id));
    const denied = overwrites.reduce((sum, { deny }) => sum | BigInt(deny), 0n);
    const allowed = overwrites.reduce((sum, { allow }) => sum | BigInt(allow), 0n);
    bits = (bits & ~denied) | allowed;
  }
  return lacking(
    new PermissionsBitField(bits),
    Object.keys(neededPermissions) as NeededPermission[],
  );
}
