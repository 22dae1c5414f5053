// The baseline of the bench `discord`: the least that a discord.js bot can be. A child process.
import { Client, GatewayIntentBits, Partials } from "discord.js";
import { reportUsage } from "./discord-usage.ts";

const client = new Client({
  intents: [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.MessageContent,
    GatewayIntentBits.DirectMessages,
  ],
  partials: [Partials.Channel],
  rest: { api: process.env["BENCH_API"]!, globalRequestsPerSecond: Number.POSITIVE_INFINITY },
});
client.on("messageCreate", (message) => {
  if (!message.author.bot) void message.reply(message.content);
});
client.once("clientReady", () => process.send?.({ kind: "ready" }));
reportUsage();
await client.login(process.env["BENCH_TOKEN"]);
