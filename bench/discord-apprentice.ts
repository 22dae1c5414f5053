// What the bench `discord` measures: Apprentice in Discord, answering from recall. A child process.
import { openDiscord } from "../src/compose-discord.ts";
import { discordSettings } from "../src/discord-settings.ts";
import { runApp } from "../test/running-app.ts";
import { reportUsage } from "./discord-usage.ts";

const { app } = await runApp({
  DISCORD_TOKEN: process.env["BENCH_TOKEN"]!,
  DISCORD_API_URL: process.env["BENCH_API"]!,
  APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "100000",
  APPRENTICE_DISCORD_COMMANDS: "off",
  ...(process.env["BENCH_MODEL"] && {
    APPRENTICE_MODEL_PROVIDER: "openai-compatible",
    APPRENTICE_MODEL_URL: process.env["BENCH_MODEL"],
    APPRENTICE_MODEL_NAME: "echo",
  }),
});
const discord = openDiscord(app, discordSettings(app.config)!);
const waiting = setInterval(() => {
  if (discord.state().kind !== "connected") return;
  clearInterval(waiting);
  process.send?.({ kind: "ready" });
}, 20);
reportUsage();
