import { createHash } from "node:crypto";
import { DiscordAPIError, Routes, type Client, type REST } from "discord.js";
import { asApprenticeError } from "../../core/errors.ts";
import { commandsJson } from "./command-json.ts";
import type { DiscordParts, SlashForm } from "./parts.ts";

/** What registering needs: a client's connection, or only its REST side. */
export type Registering = {
  readonly rest: REST;
  readonly applicationId: string;
  readonly commands: readonly SlashForm[];
};

/**
 * Registers the commands in one place, when what is there differs. `guildId`: in one guild; without:
 * for all of them. Tells whether anything was sent.
 */
export async function registerCommands(
  { rest, applicationId, commands }: Registering,
  guildId?: string,
): Promise<boolean> {
  const route = routeOf(applicationId, guildId);
  const wanted = commandsJson(commands);
  if (await isRegistered({ rest, applicationId, commands }, guildId)) return false;
  await rest.put(route, { body: wanted });
  return true;
}

/** Whether exactly these commands are registered in a place; not, where a server does not tell. */
export async function isRegistered(
  { rest, applicationId, commands }: Registering,
  guildId?: string,
): Promise<boolean> {
  const query = new URLSearchParams({ with_localizations: "true" });
  const there = await rest.get(routeOf(applicationId, guildId), { query }).catch(nothingThere);
  return Array.isArray(there) && hashOf(there as object[]) === hashOf(commandsJson(commands));
}

/** Some servers take commands and do not list them. */
function nothingThere(thrown: unknown): undefined {
  if (thrown instanceof DiscordAPIError && [404, 405, 501].includes(thrown.status))
    return undefined;
  throw thrown;
}

/**
 * Registers at every start, and in each guild that comes; what was registered elsewhere before is taken
 * away, so that nobody is shown a command twice. A failure is logged: text commands work on.
 */
export async function keepRegistered(
  client: Client<true>,
  {
    commands: forms,
    settings,
    registeredGuilds,
    log,
  }: Pick<DiscordParts, "commands" | "settings" | "registeredGuilds" | "log">,
): Promise<void> {
  const registering = { rest: client.rest, applicationId: client.application.id, commands: forms };
  const register = async (guildId?: string): Promise<void> => {
    try {
      if (await registerCommands(registering, guildId)) log.info("Slash commands registered");
    } catch (thrown) {
      const { code } = asApprenticeError(thrown);
      log.warn("Slash commands could not be registered", { code, error: thrown });
    }
  };
  const registerIn = async (guildId: string): Promise<void> => {
    await registeredGuilds.add(guildId);
    await register(guildId);
  };
  const clear = async (guildId?: string): Promise<void> => {
    try {
      const route = routeOf(client.application.id, guildId);
      const there = await client.rest.get(route).catch(nothingThere);
      if (Array.isArray(there) && there.length > 0) {
        await client.rest.put(route, { body: [] });
        log.info("Slash commands of an earlier setting were removed");
      }
      if (guildId !== undefined) await registeredGuilds.remove(guildId);
    } catch (thrown) {
      const { code } = asApprenticeError(thrown);
      log.warn("Slash commands of an earlier setting could not be removed", { code });
    }
  };
  if (settings.commands === "off") return;
  if (settings.commands === "global") {
    await register();
    for (const id of await registeredGuilds.list())
      if (client.guilds.cache.has(id)) await clear(id);
    return;
  }
  client.on("guildCreate", (guild) => void registerIn(guild.id));
  for (const id of client.guilds.cache.keys()) await registerIn(id);
  await clear();
}

const routeOf = (applicationId: string, guildId: string | undefined) =>
  guildId === undefined
    ? Routes.applicationCommands(applicationId)
    : Routes.applicationGuildCommands(applicationId, guildId);

/** The same for what is wanted and what Discord gives back of it: only what we set, in one order. */
function hashOf(commands: readonly object[]): string {
  const plain = commands.map((command) => essence(command, commandFields));
  const sorted = plain.map((command) => JSON.stringify(command)).toSorted();
  return createHash("sha256").update(sorted.join("\n")).digest("hex");
}

const commandFields = [
  "type",
  "name",
  "name_localizations",
  "description",
  "description_localizations",
  "contexts",
  "default_member_permissions",
];
const optionFields = [
  "type",
  "name",
  "description",
  "description_localizations",
  "required",
  "autocomplete",
  "choices",
];

/** What Discord leaves out when it says nothing: `false`, `null`, the empty text and the empty list. */
function essence(thing: object, fields: readonly string[]): object {
  const entries = Object.entries(thing)
    .filter(([name, value]) => fields.includes(name) && !isNothing(value))
    .map(([name, value]) => [name, name === "choices" ? choices(value) : sorted(value)] as const)
    .toSorted(([left], [right]) => left.localeCompare(right));
  const options = (thing as { options?: readonly object[] }).options ?? [];
  return Object.fromEntries([
    ...entries,
    ...(options.length > 0
      ? [["options", options.map((each) => essence(each, optionFields))]]
      : []),
  ]);
}

const isNothing = (value: unknown): boolean =>
  value === null || value === false || value === "" || (Array.isArray(value) && value.length === 0);

const choices = (value: unknown) =>
  (value as { name: string; value: unknown }[]).map((choice) => [choice.name, choice.value]);

const sorted = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).toSorted(([left], [right]) => left.localeCompare(right)),
      )
    : value;
