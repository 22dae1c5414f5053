// The baseline of the bench `discord`: the least that a discord.js bot can be; with BENCH_BUTTONS it sends
// what Apprentice sends: five buttons, nobody pinged, known by its nonce. A child process.
import { ButtonStyle, Client, ComponentType, GatewayIntentBits, Partials } from "discord.js";
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
const components = [
  {
    type: ComponentType.ActionRow as const,
    components: ["👍", "👎", "✏️", "🔄", "❓"].map((name) => ({
      type: ComponentType.Button as const,
      style: ButtonStyle.Secondary as const,
      // As long as Apprentice's.
      customId: name.padEnd(60, "x"),
      emoji: { name },
    })),
  },
];
const withButtons = process.env["BENCH_BUTTONS"] === "yes";
client.on("messageCreate", (message) => {
  if (message.author.bot) return;
  const { content, id: nonce } = message;
  void (withButtons
    ? message.reply({
        content,
        components,
        nonce,
        enforceNonce: true,
        allowedMentions: { parse: [], repliedUser: false },
      })
    : message.reply(content));
});
client.once("clientReady", () => process.send?.({ kind: "ready" }));
reportUsage();
await client.login(process.env["BENCH_TOKEN"]);
