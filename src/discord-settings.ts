import type { Config } from "./config.ts";
import type { DiscordSettings } from "./platforms/discord/parts.ts";

/** What is configured for Discord; `undefined` when no token is. */
export function discordSettings(config: Config): DiscordSettings | undefined {
  const token = config["discord.token"].trim();
  if (token === "") return undefined;
  const shards = numbersIn(config["discord.shards"]);
  return {
    token,
    messageContent: config["discord.messageContent"],
    commands: config["discord.commands"],
    trainerRoles: config["discord.trainerRoles"]
      .split(",")
      .map((role) => role.trim())
      .filter((role) => role !== ""),
    catchUp: config["discord.catchUpMinutes"] * 60_000,
    ...(config["discord.apiUrl"] && { apiUrl: config["discord.apiUrl"] }),
    ...(config["discord.shardCount"] > 0 && { shardCount: config["discord.shardCount"] }),
    ...(shards.length > 0 && { shards }),
  };
}

/** `0-3,8`: five numbers. */
const numbersIn = (text: string): readonly number[] =>
  text
    .split(",")
    .filter((part) => part !== "")
    .flatMap((part) => {
      const [first = 0, last = first] = part.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, at) => first + at);
    });
