import { openDiscord } from "../../../src/compose-discord.ts";
import { discordSettings } from "../../../src/discord-settings.ts";
import type { Discord } from "../../../src/platforms/discord/discord.ts";
import type { DiscordSettings } from "../../../src/platforms/discord/parts.ts";
import { startDiscordDouble, type DiscordDouble } from "../../doubles/discord/server.ts";
import { runApp, type RunningApp } from "../../running-app.ts";

/** The whole app, connected to a loopback Discord by the real client. */
export type RunningBot = RunningApp & {
  readonly discord: DiscordDouble;
  readonly connection: Discord;
  /** Disconnects and connects again, as after a start, with other settings if given. */
  reconnect(changes?: Partial<DiscordSettings>): Promise<void>;
};

export async function runBot(
  environment: NodeJS.ProcessEnv = {},
  prepare: (discord: DiscordDouble) => void = () => {},
): Promise<RunningBot> {
  const discord = await startDiscordDouble();
  prepare(discord);
  const running = await runApp({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.world.origin,
    APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "1000",
    ...environment,
  });
  const open = async (changes: Partial<DiscordSettings> = {}): Promise<Discord> => {
    const registered = discord.world.happenings.wait(
      ({ name }) => (name === "commands.registered" ? true : undefined),
      { since: discord.world.happenings.last, what: "the registration of commands" },
    );
    const connected = discord.gateway.connected();
    const opened = openDiscord(running.app, {
      ...discordSettings(running.app.config)!,
      ...changes,
    });
    await connected;
    const isFirst = discord.world.commands.size === 0;
    if (isFirst && environment["APPRENTICE_DISCORD_COMMANDS"] !== "off") await registered;
    else registered.catch(() => {});
    return opened;
  };
  let connection = await open();
  return {
    ...running,
    get app() {
      return running.app;
    },
    discord,
    get connection() {
      return connection;
    },
    async reconnect(changes) {
      await connection.stop();
      connection = await open(changes);
    },
    async close() {
      await connection.stop();
      await running.close();
      await discord.close();
    },
  };
}
