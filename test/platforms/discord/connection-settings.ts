import type { DiscordSettings } from "../../../src/platforms/discord/parts.ts";
import type { DiscordDouble } from "../../doubles/discord/server.ts";

/** What it takes to connect to a loopback Discord and to do nothing else there. */
export const connectionSettings = (
  { token, apiUrl }: Pick<DiscordDouble, "token" | "apiUrl">,
  changes: Partial<DiscordSettings> = {},
): DiscordSettings => ({
  token,
  apiUrl,
  messageContent: false,
  commands: "off",
  trainerRoles: [],
  catchUp: 0,
  ...changes,
});
