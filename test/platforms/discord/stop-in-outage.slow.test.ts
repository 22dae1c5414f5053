import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer, testInFolder, wrapper } from "../../cli/running-process.ts";
import { startDiscordDouble } from "../../doubles/discord/server.ts";

/** Milliseconds within which SIGTERM ends the program, whatever happens. */
const longestEnd = 10_000;

for (const outage of ["refuses connections", "takes connections and says nothing"] as const)
  testInFolder(
    `while Discord ${outage}, SIGTERM ends the program, and its successor answers what was asked, once`,
    async (folder) => {
      const discord = await startDiscordDouble();
      const command = [process.execPath, wrapper, "start"];
      const settings = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
      const start = async () => {
        const connected = discord.gateway.connected();
        const server = await startServer(folder, command, settings);
        await connected;
        return server;
      };
      try {
        const [ann, ben] = [discord.person("Ann"), discord.person("Ben")];
        const channel = discord.channel(discord.guild("Mill", [ann, ben]), "general");
        const first = await start();
        await ann.asks(channel, "!teach ping? => pong");
        if (outage === "refuses connections") await discord.down();
        else {
          discord.gateway.mute();
          discord.gateway.cut();
        }
        const asked = ben.says(channel, `<@${discord.bot.id}> ping?`);
        await sleep(4_000);
        const stopped = performance.now();
        const { code, err } = await first.stop();
        const took = performance.now() - stopped;
        assert.ok(took < longestEnd, `it took ${Math.round(took)} ms`);
        assert.equal(code, 0, err);

        if (outage === "refuses connections") await discord.up();
        else discord.gateway.mute(false);
        const second = await start();
        const answers = () =>
          discord.messages(channel).filter(({ replyTo }) => replyTo === asked.id);
        const answer = await discord.until(channel, ({ replyTo }) => replyTo === asked.id);
        assert.equal(answer.content, "pong");
        await sleep(1_000);
        assert.equal(answers().length, 1);
        assert.equal(discord.gateway.open, 1, "one socket");
        await second.stop();
      } finally {
        await discord.close();
      }
    },
  );
